import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import BenchmarkForm from '@/components/settings/BenchmarkForm.vue';
import { equalWeights, readMix, rowsOf } from '@/components/settings/mix';
import RiskFreeRate from '@/components/settings/RiskFreeRate.vue';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';

const KEPT = { coins: [{ coin: 'BTC', weight: '0.5' }, { coin: 'ETH', weight: '0.5' }], reset: { weekday: 0, hour: 12 }, withdrawal: 'benchmark', hold_since: null };

/** A server that keeps what it is sent, or refuses it. */
function server(kept: Record<string, unknown>, refusal?: { status: number; errors?: { field: string; message: string }[] }): unknown[] {
  const sent: unknown[] = [];
  let now = kept;
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    if (request.method === 'PUT') {
      const body = (await request.json()) as Record<string, unknown>;
      sent.push(body);
      if (refusal) return new Response(JSON.stringify({ title: 'Refused', errors: refusal.errors ?? [] }), { status: refusal.status, headers: { 'Content-Type': 'application/problem+json' } });
      now = { ...now, ...body };
    }
    return new Response(JSON.stringify(now), { headers: { 'Content-Type': 'application/json' } });
  }));
  return sent;
}

async function form(refusal?: Parameters<typeof server>[1], kept: Record<string, unknown> = { ...KEPT, recomputing: false }) {
  const sent = server(kept, refusal);
  const wrapper = await show(BenchmarkForm);
  await flushPromises();
  const fields = () => wrapper.findAll<HTMLInputElement>('.mix input');
  const button = (name: string) => wrapper.findAll('button').find((one) => one.text() === name);
  const save = async () => {
    await wrapper.get('form').trigger('submit');
    await flushPromises();
  };
  return { wrapper, sent, fields, button, save, setter: () => wrapper.get('button[type="submit"]').attributes('disabled') };
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('weights as they are typed', () => {
  const row = (coin: string, percent: string) => ({ coin, percent });
  it('are a benchmark once they are the whole, with comma or point', () => {
    expect(readMix([row('btc', '62,5'), row(' eth ', '37.5')]).coins).toEqual([{ coin: 'BTC', weight: '0.625' }, { coin: 'ETH', weight: '0.375' }]);
    expect(readMix([row('BTC', '33.33'), row('ETH', '33.33'), row('SOL', '33.33')]).coins).not.toBeNull();
  });
  it('are none while something is left or too much', () => {
    const less = readMix([row('BTC', '50'), row('ETH', '49.5')]);
    expect([less.coins, less.left.toString()]).toEqual([null, '0.5']);
    expect(readMix([row('BTC', '50'), row('ETH', '50.02')]).left.toString()).toBe('-0.02');
  });
  it('name what is wrong with each row', () => {
    expect(readMix([row('BTC', '50'), row('btc', '50')]).errors).toEqual([null, 'twice']);
    expect(readMix([row('', '50'), row('TWO WORDS', '50')]).errors).toEqual(['noCoin', 'noCoin']);
    expect(readMix([row('BTC', '0'), row('ETH', '-5'), row('SOL', 'x'), row('ADA', '100.5')]).errors).toEqual(Array(4).fill('badWeight'));
  });
  it('are equal to a hundredth and still the whole', () => {
    const thirds = equalWeights([row('A', ''), row('B', ''), row('C', '')]);
    expect(thirds.map((one) => one.percent)).toEqual(['33.33', '33.33', '33.34']);
    expect(readMix(thirds).left.isZero()).toBe(true);
  });
  it('come back from the server as they went', () => {
    expect(rowsOf([{ coin: 'BTC', weight: '0.333' }])).toEqual([{ coin: 'BTC', percent: '33.3' }]);
  });
});

describe('the form of the benchmark', () => {
  it('shows what is set, and cannot be sent before something changed', async () => {
    const { fields, setter, wrapper } = await form();
    expect(fields().map((one) => one.element.value)).toEqual(['BTC', '50', 'ETH', '50']);
    expect(wrapper.findAll('option:checked').map((one) => one.text())).toEqual(['every Monday', '12:00 UTC']);
    expect(setter()).toBeDefined();
  });

  it('says what is left, cannot be sent meanwhile, and sends the whole', async () => {
    const { wrapper, fields, button, save, sent, setter } = await form();
    await fields()[1]?.setValue('60');
    await fields()[3]?.setValue('30');
    expect(wrapper.get('[data-testid="mix-total"]').text()).toContain('90.00%, 10.00% left');
    expect(wrapper.text()).toContain('not saved');
    expect(setter()).toBeDefined();
    await save();
    expect(sent).toEqual([]);
    await button('Add a coin')?.trigger('click');
    expect(wrapper.find('.err').exists()).toBe(false); // an empty row is not wrong yet
    await fields()[4]?.setValue('sol');
    await fields()[5]?.setValue('10');
    await wrapper.findAll('select')[0]?.setValue(-1);
    await wrapper.get('input[type="date"]').setValue('2026-03-01');
    await save();
    expect(sent).toEqual([{
      coins: [{ coin: 'BTC', weight: '0.6' }, { coin: 'ETH', weight: '0.3' }, { coin: 'SOL', weight: '0.1' }],
      reset: null, withdrawal: 'benchmark', hold_since: '2026-03-01T00:00:00Z',
    }]);
    const [toast] = useToastStore().toasts;
    expect(toast?.text).toBe('Benchmark set: 60/30/10 BTC/ETH/SOL.');
    useToastStore().undo(toast?.id ?? 0);
    await flushPromises();
    expect(sent.at(-1)).toEqual(KEPT);
    expect(fields().map((one) => one.element.value)).toEqual(['BTC', '50', 'ETH', '50']);
  });

  it('keeps the instant of a day that is not changed', async () => {
    const { fields, save, sent } = await form(undefined, { ...KEPT, hold_since: '2026-01-05T13:37:00Z', recomputing: false });
    await fields()[1]?.setValue('40');
    await fields()[3]?.setValue('60');
    await save();
    expect(sent).toMatchObject([{ hold_since: '2026-01-05T13:37:00Z' }]);
  });

  it('says why it was refused, and keeps what was written', async () => {
    const { wrapper, fields, save } = await form({ status: 422, errors: [{ field: 'coins', message: 'There is no price of NOPE on this exchange' }] });
    await fields()[2]?.setValue('nope');
    await save();
    expect(wrapper.get('[role="alert"]').text()).toBe('Not set: There is no price of NOPE on this exchange');
    expect(fields()[2]?.element.value).toBe('nope');
  });

  it('says that figures are still those of before', async () => {
    expect((await form(undefined, { ...KEPT, recomputing: true })).wrapper.text()).toContain('Being computed anew');
    expect((await form()).wrapper.text()).not.toContain('Being computed anew');
  });

  it('asks before what was written is lost', async () => {
    const asked = vi.fn(() => false);
    vi.stubGlobal('confirm', asked);
    const { wrapper, fields, button } = await form();
    const { $router: router } = wrapper.vm;
    await router.push('/trades');
    expect(asked).not.toHaveBeenCalled();
    await fields()[1]?.setValue('60');
    await router.push('/system');
    expect([asked.mock.calls.length, router.currentRoute.value.name]).toEqual([1, 'trades']);
    await button('Cancel')?.trigger('click');
    await router.push('/system');
    expect([asked.mock.calls.length, router.currentRoute.value.name]).toEqual([1, 'system']);
  });
});

describe('the risk-free rate', () => {
  async function rate() {
    const sent = server({ reporting_currency: 'USDT', hidden_coins: { minimum_usd: '5', unpriced: false, assets: [] }, risk: { risk_free_rate_percent: 0 } });
    const wrapper = await show(RiskFreeRate);
    await flushPromises();
    const set = async (text: string) => {
      await wrapper.get('input').setValue(text);
      await wrapper.get('form').trigger('submit');
      await flushPromises();
    };
    return { wrapper, sent, set };
  }
  it('is sent as it is typed, once, and can be undone', async () => {
    const { sent, set } = await rate();
    await set('0');
    expect(sent).toEqual([]);
    await set('4,5');
    expect(sent).toEqual([{ risk: { risk_free_rate_percent: 4.5 } }]);
    const [toast] = useToastStore().toasts;
    useToastStore().undo(toast?.id ?? 0);
    await flushPromises();
    expect(sent.at(-1)).toEqual({ risk: { risk_free_rate_percent: 0 } });
  });
  it('is not sent while it is none', async () => {
    const { wrapper, sent, set } = await rate();
    for (const text of ['', 'x', '101', '-51']) await set(text);
    expect(sent).toEqual([]);
    expect(wrapper.get('.err').text()).toContain('from -50 to 100');
  });
});
