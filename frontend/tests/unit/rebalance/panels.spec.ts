import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/problem';
import ConfirmDialog from '@/components/rebalance/ConfirmDialog.vue';
import ExecutionPanel from '@/components/rebalance/ExecutionPanel.vue';
import PlanPanel from '@/components/rebalance/PlanPanel.vue';
import RunsPanel from '@/components/rebalance/RunsPanel.vue';
import StepBar from '@/components/rebalance/StepBar.vue';
import StrategyPanel from '@/components/rebalance/StrategyPanel.vue';
import TargetsPanel from '@/components/rebalance/TargetsPanel.vue';
import { useTargetEditor } from '@/components/rebalance/useTargetEditor';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';
import { ready } from '../overview/builders';
import { detailed, leg, plan, planning, run, runList, scores, settings, waiting } from './builders';

// All messages are read once before the clock of a test runs.
beforeAll(async () => (await show(StepBar, { props: { steps: [] } })).unmount(), 60_000);
afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});
const button = (wrapper: VueWrapper, words: RegExp) => wrapper.findAll('button').find((one) => words.test(one.text()));
const primaries = (wrapper: VueWrapper): string[] => wrapper.findAll('.btn.pri').map((one) => one.text());

describe('targets', () => {
  const HELD = [{ asset: 'BTC', name: 'Bitcoin', percent: 60 }, { asset: 'USDT', name: 'Tether', percent: 38 }, { asset: 'FET', name: 'Fetch', percent: 2 }].map((one) => ({ ...one, base: null, targeted: false }));
  async function targets(weights: Record<string, number>, over: Record<string, unknown> = {}) {
    const editor = useTargetEditor(() => weights);
    return { editor, wrapper: await show(TargetsPanel, { props: { editor, held: HELD, base: 'USDT', band: 5, status: 'ready', error: null, refused: {}, saving: false, ...over } }) };
  }
  it('empty: one sentence and one primary action, which starts from what is held', async () => {
    const { editor, wrapper } = await targets({});
    expect(primaries(wrapper)).toEqual(['Start from what you hold']);
    await wrapper.get('.btn.pri').trigger('click');
    expect(editor.rows.value.map(({ coin, percent }) => `${coin} ${percent}`)).toEqual(['BTC 60.00', 'USDT 38.00', 'FET 2.00']);
  });
  it('the sum is always in sight; off by some, it says so and offers two ways to the whole', async () => {
    const { editor, wrapper } = await targets({ BTC: 60, USDT: 40 });
    expect(wrapper.get('[data-testid="target-sum"]').text()).toContain('Sum 100.00%');
    await wrapper.get('[data-coin="BTC"] input').setValue('59,5');
    expect(wrapper.get('[data-testid="target-sum"]').text()).toContain('99.50%, 0.50% left');
    expect(button(wrapper, /Save targets/)?.attributes('disabled')).toBeDefined();
    expect(button(wrapper, /Scale to 100/)).toBeDefined();
    await button(wrapper, /Add to USDT/)?.trigger('click');
    expect(editor.reading.value.weights).toEqual({ BTC: 59.5, USDT: 40.5 });
    await button(wrapper, /Undo/)?.trigger('click');
    expect(wrapper.get('[data-testid="target-sum"]').text()).toContain('99.50%');
  });
  it('shows how far each coin is from its target, and what has none', async () => {
    const { wrapper } = await targets({ BTC: 52, USDT: 48 });
    expect(wrapper.get('[data-coin="BTC"]').text()).toContain('+9.22');
    expect(wrapper.find('[data-coin="BTC"] .warnc').exists()).toBe(true);
    expect(wrapper.get('tfoot').text()).toContain('2.00% has no target');
  });
  it('says at the field what to change, typed or refused by the server', async () => {
    const { wrapper } = await targets({ BTC: 60, WAT: 40 }, { refused: { WAT: 'Not on this exchange' } });
    expect(wrapper.text()).toContain('Not on this exchange');
    const field = wrapper.get('[data-coin="BTC"] input');
    await field.setValue('x');
    expect(field.attributes('aria-invalid')).toBe('true');
    expect(wrapper.get(`#${field.attributes('aria-describedby') ?? ''}`).text()).toContain('Type a percent from 0 to 100');
  });
  it('adds a coin once', async () => {
    const { editor, wrapper } = await targets({ BTC: 100 });
    await button(wrapper, /Add asset/)?.trigger('click');
    await wrapper.get('form input').setValue('btc');
    await wrapper.get('form').trigger('submit');
    expect(wrapper.text()).toContain('It is in the list already');
    await wrapper.get('form input').setValue('sol');
    await wrapper.get('form').trigger('submit');
    expect(editor.rows.value.map(({ coin }) => coin)).toEqual(['BTC', 'SOL']);
  });
});

describe('plan', () => {
  const panel = (over: Record<string, unknown> = {}) => show(PlanPanel, { props: { planning: planning(), demo: false, ready: true, leading: true, amountError: false, busy: false, executeError: null, mode: 'full', amount: '', ...over } });
  it('keeps what is skipped in the list, with its reason and the number that caused it', async () => {
    const text = (await panel()).text();
    for (const words of ['$118.40 is under the minimum trade of $150.00', 'BTC', '0.025747', '$2,508.10', '4.04%', 'Prices 12', '1 skipped']) expect(text).toContain(words);
  });
  it('fresh: the dry run leads, and orders are a red button apart', async () => {
    const wrapper = await panel();
    expect(primaries(wrapper)).toEqual(['Dry run']);
    expect(button(wrapper, /Place 1 order/)?.attributes('disabled')).toBeUndefined();
  });
  it('while the account is not armed no orders can be placed, and it leads to where it is armed', async () => {
    const wrapper = await panel({ armed: false });
    expect(button(wrapper, /Place 1 order/)?.attributes('disabled')).toBeDefined();
    expect(button(wrapper, /Dry run/)?.attributes('disabled')).toBeUndefined();
    await button(wrapper, /Not armed: go to Trading/)?.trigger('click');
    expect(wrapper.emitted('arm')).toHaveLength(1);
  });
  it('older than it may be: nothing can be executed, and refreshing leads', async () => {
    const wrapper = await panel({ planning: planning(plan(), { ageS: 61, old: true }) });
    expect(primaries(wrapper)).toEqual(['Refresh plan']);
    for (const words of [/Dry run/, /Place 1 order/]) expect(button(wrapper, words)?.attributes('disabled')).toBeDefined();
    expect(wrapper.get('[data-testid="plan-age"]').text()).toContain('Older than 60 s');
  });
  it('blocked: says why, and executes nothing', async () => {
    const wrapper = await panel({ planning: planning(plan({ executable: false, blocked: [{ code: 'not-reconciled', detail: 'x' }] })) });
    expect(wrapper.get('[data-testid="plan-blocked"]').text()).toContain('do not agree with the history');
    expect(button(wrapper, /Dry run/)?.attributes('disabled')).toBeDefined();
  });
  it('in a demo the orders are simulated', async () => {
    expect(button(await panel({ demo: true }), /Simulate 1 order/)).toBeDefined();
  });
  it('an amount that is refused is told at its field', async () => {
    const refused = new ApiError(422, 'cash-too-short', 'x', '/p', undefined, [], undefined);
    const wrapper = await panel({ mode: 'buy_only', amount: '1e9', planning: planning(null, { failure: refused }) });
    expect(wrapper.get('.f .err').text()).toContain('type less, or deposit first');
  });
  it('without whole targets it says what is needed', async () => {
    const wrapper = await panel({ planning: planning(null), ready: false });
    expect(wrapper.text()).toContain('exactly 100');
    expect(primaries(wrapper)).toEqual([]);
  });
});

describe('confirm', () => {
  it('begins on Cancel, wants the name as it is, and only then places', async () => {
    const wrapper = await show(ConfirmDialog, { props: { plan: plan(), ageS: 12, old: false, slippage: 0.5, busy: false, failed: null } });
    await flushPromises();
    await new Promise((done) => requestAnimationFrame(done));
    const dialog = document.querySelector('[role="alertdialog"]');
    expect(document.activeElement?.textContent).toBe('Cancel');
    expect(dialog?.textContent).toContain('Place 1 order on Binance?');
    const field = dialog?.querySelector('input');
    const form = dialog?.querySelector('form');
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(dialog?.textContent).toContain('Type the name exactly as it is');
    expect(wrapper.emitted('place')).toBeUndefined();
    if (field) field.value = 'main-spot';
    field?.dispatchEvent(new Event('input'));
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(wrapper.emitted('place')).toEqual([['main-spot']]);
  });
});

describe('execution', () => {
  it('one line an order, with price and slippage, and a stop that is always there', async () => {
    const stop = vi.fn(() => Promise.resolve());
    const wrapper = await show(ExecutionPanel, { props: { run: ready(detailed({ state: 'running', finished_at: null, legs: [leg(), waiting({ state: 'SENDING', hop: 2, hops: 2 }), waiting({ n: 3 })] })), stop } });
    expect(wrapper.get('[data-testid="run-state"]').text()).toBe('Order 2 of 3');
    expect(wrapper.get('[data-leg="1"]').text()).toMatch(/97,373\.54.*slippage \+4\.0 bp.*Filled/);
    expect(wrapper.get('[data-leg="2"]').text()).toContain('hop 2 of 2');
    expect(wrapper.get('[data-leg="3"]').text()).toContain('waits for the sells');
    expect(wrapper.get('[role="progressbar"]').attributes()).toMatchObject({ 'aria-valuenow': '1', 'aria-valuemax': '3' });
    await button(wrapper, /Stop after this order/)?.trigger('click');
    expect(stop).toHaveBeenCalledWith(37);
  });
  it('a refused order shows what the exchange said, and what was not sent', async () => {
    const wrapper = await show(ExecutionPanel, { props: { run: ready(detailed({ state: 'failed', legs: [waiting({ n: 1, state: 'REJECTED', error: 'order-rejected', detail: 'Account has insufficient balance (-2010)' }), waiting({ state: 'STOPPED' })] })), stop: vi.fn() } });
    expect(wrapper.text()).toContain('Account has insufficient balance (-2010)');
    expect(wrapper.get('[data-leg="2"]').text()).toContain('Not sent');
    expect(button(wrapper, /Stop after/)).toBeUndefined();
  });
});

describe('runs', () => {
  it('tell trigger, mode, orders, score and result; a dry run has no score', async () => {
    const wrapper = await show(RunsPanel, { props: { scores: ready(scores()), list: runList([run(), run({ id: 36, dry_run: true, score_usd: null, score_status: 'unavailable', score_reason: 'dry_run' }), run({ id: 35, state: 'failed', filled: 1, source: 'strategy' })]) } });
    const rows = wrapper.findAll('tbody tr').map((one) => one.text());
    expect(rows[0]).toMatch(/37.*By hand.*TESTNET.*2 \/ 2.*-\$3\.87.*Complete/s);
    expect(rows[1]).toMatch(/Dry run.*not applicable/s);
    expect(rows[2]).toMatch(/Automatic.*1 \/ 2.*Failed/s);
  });
  it('none yet: says what to try first', async () => {
    expect((await show(RunsPanel, { props: { scores: ready(scores()), list: runList([]) } })).text()).toContain('A dry run is the first one to try');
  });
});

describe('strategy', () => {
  it('every field has its unit, and a refused one says what to type', async () => {
    const keep = vi.fn(() => Promise.reject(new ApiError(422, 'bad-input', 'x', '/p', undefined, [{ field: 'base_asset', message: 'Choose USDT' }], undefined)));
    const wrapper = await show(StrategyPanel, { props: { settings: settings(), status: 'ready', error: null, bases: ['USDT', 'BTC'], keep } });
    expect(wrapper.findAll('.affix .unit').slice(0, 3).map((one) => one.text())).toEqual(['pp', 'h', 'USDT']);
    const band = wrapper.get('.affix input');
    await band.setValue('0');
    expect(wrapper.text()).toMatch(/Type a number from 0\.01 to 100/);
    expect(button(wrapper, /Save strategy/)?.attributes('disabled')).toBeDefined();
    await band.setValue('0.75');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(keep).toHaveBeenCalledWith(expect.objectContaining({ threshold_percent: 0.75, dry_run: true }));
    expect(wrapper.get('.err').text()).toBe('Choose USDT');
  });
  it('asks which coin a shared name means, and takes its number', async () => {
    const keep = vi.fn(() => Promise.resolve());
    const wrapper = await show(StrategyPanel, { props: { settings: settings({ coin_ids: { LUNA: 20314 } }), status: 'ready', error: null, bases: ['USDT'], ambiguous: ['UNI'], keep } });
    const ids = wrapper.get('[data-testid="coin-ids"]');
    expect(ids.findAll('label').map((one) => one.text())).toEqual(['LUNA', 'UNI']);
    const [luna, uni] = ids.findAll('input');
    expect(luna?.element.value).toBe('20314');
    await uni?.setValue('uniswap');
    expect(ids.get('.err').text()).toBe('Type the number of the coin at CoinMarketCap, such as 7083, or leave it empty.');
    await uni?.setValue('7083');
    await luna?.setValue('');
    await wrapper.get('form').trigger('submit');
    expect(keep).toHaveBeenCalledWith(expect.objectContaining({ coin_ids: { UNI: 7083 } }));
  });
  it('reads numbers in French, shows what was understood, and asks where it could be two', async () => {
    setDisplay({ locale: 'fr-FR' });
    try {
      const wrapper = await show(StrategyPanel, { language: 'fr', props: { settings: settings({ threshold_percent: 0.75 }), status: 'ready', error: null, bases: ['USDT'], keep: vi.fn() } });
      const [band, , least] = wrapper.findAll<HTMLInputElement>('.affix input');
      expect(band?.element.value).toBe('0,75');
      await least?.setValue('1\u202f500,00');
      expect(wrapper.text()).toMatch(/lu 1\s500/);
      await least?.setValue('3.000');
      expect(wrapper.get('.err').text()).toBe('3.000 peut se lire de deux façons\u00a0: tapez 3000 ou 3,0.');
    } finally {
      setDisplay({ locale: 'en-GB' });
    }
  });
});
