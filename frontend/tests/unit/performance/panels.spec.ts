import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import ChangeParts from '@/components/performance/ChangeParts.vue';
import ComparePanel from '@/components/performance/ComparePanel.vue';
import CompareChoice from '@/components/performance/CompareChoice.vue';
import { compareModel } from '@/components/performance/compareModel';
import { dayRows } from '@/components/performance/daily';
import DailyPanel from '@/components/performance/DailyPanel.vue';
import ExplainDrawer from '@/components/performance/ExplainDrawer.vue';
import LatestPanel from '@/components/performance/LatestPanel.vue';
import MonthlyReturns from '@/components/performance/MonthlyReturns.vue';
import PerformanceStrip from '@/components/performance/PerformanceStrip.vue';
import RiskPanel from '@/components/performance/RiskPanel.vue';
import ShadowPanel from '@/components/performance/ShadowPanel.vue';
import type { AccountShare } from '@/composables/types';
import type { Attribution } from '@/composables/useAttribution';
import { display, setDisplay } from '@/lib/display';
import { createFormat } from '@/lib/format';
import { failed, monthly, period, ready, stats } from '../overview/builders';
import { useSessionStore } from '@/stores/session';
import { mixOf } from '../mix';
import { show } from '../mounting';
import { i18n } from '@/locales';
import { benchmark, comparison, daily, explained, risk } from './builders';

vi.mock('@/components/charts/engine', () => ({ createEngine: () => ({ show: vi.fn(), point: vi.fn(), frame: () => null, destroy: vi.fn() }) }));
const proof = vi.hoisted(() => ({ resource: null as unknown, csv: vi.fn(), address: () => '/api/performance/explain?metric=twr&days=90' }));
vi.mock('@/composables/useExplain', async (original) => ({ ...(await original<object>()), useExplain: () => proof }));
const words = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ');

beforeEach(() => setDisplay({ timeZone: 'UTC', hidden: false, locale: 'en-GB', currency: 'USDT' }));
afterEach(() => {
  document.body.innerHTML = '';
});

const attribution = (over: Partial<Attribution> = {}): Attribution => ({
  as_of: null, environment: 'demo', reporting_currency: 'USDT', stale: false, reporting_currency_depeg: false, days: 365, start: '2025-11-20T12:00:00Z', end: '2026-11-20T12:00:00Z',
  start_value_usd: '100', end_value_usd: '150', change_usd: '50', flows_usd: '20', realized_pnl_usd: '10', unrealized_change_usd: '21', income_usd: '0', fees_usd: '1', residual_usd: '0',
  tolerance_usd: '0.1', findings: [], findings_total: 0, status: 'exact', reason: null, available_from: null, ...over,
});

describe('figures of the range', () => {
  const strip = async (over: Parameters<typeof period>[0] = {}, range = '1y') => {
    const wrapper = await show(PerformanceStrip, { props: { stats: ready(stats({ [range]: period(over) })), attribution: ready(attribution()), range } });
    return (id: string): string => words(wrapper.get(`[data-testid="${id}"]`).text());
  };

  it('are the six of the range, each with its proof', async () => {
    const cell = await strip();
    expect(cell('twr')).toMatch(/^TWR, one year ?\+46\.50% ?Explain$/);
    expect(cell('annualised')).toMatch(/^Annualised, one year ?\+46\.50% ?since 20 Nov 2025 ?Explain$/);
    expect(cell('pnl')).toMatch(/\+\$47,424\.84 ?after \$1\.00 of fees/);
    expect(cell('xirr')).toContain('+43.36%');
    expect(cell('excess')).toContain('+19.41 pp');
  });

  it('have no yearly rate below 365 days, and say so', async () => {
    const cell = await strip({ days: 90, needs_days: 90, twr_annualized_percent: null, twr_annualized_reason: 'period_too_short' }, '90d');
    expect(cell('annualised')).toContain('shown from 365 days on');
    expect(cell('annualised')).not.toContain('%');
  });

  it('are "not yet" with what is missing while the history is too short, never zero', async () => {
    const short = 'history_too_short';
    const none = { pnl_reason: short, twr_annualized_reason: short, benchmark_reason: short, excess_reason: short, twr_percent: null, twr_annualized_percent: null, pnl_usd: null, benchmark_twr_percent: null, excess_percent: null, xirr_percent: null, xirr_reason: 'history_too_short' };
    const cell = await strip({ ...none, status: 'unavailable', reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z', needs_days: 365, has_days: 12 });
    expect(cell('twr')).toContain('not yet needs 365 days, has 12');
    for (const id of ['twr', 'annualised', 'pnl', 'xirr', 'benchmark', 'excess']) expect(cell(id)).not.toMatch(/0\.00/);
  });

  it('tell each how far to trust it: one may be estimated beside an exact one, and say why', async () => {
    const cell = await strip({ benchmark_status: 'estimated', benchmark_reason: 'old_price', excess_status: 'estimated', excess_reason: 'old_price' });
    expect(cell('benchmark')).toMatch(/\+27\.09%.*estimated ?a price is old/);
    expect(cell('excess')).toContain('estimated');
    for (const id of ['twr', 'annualised', 'pnl', 'xirr']) expect(cell(id)).not.toContain('estimated');
  });

  it('are known or not each on its own: a profit after a total loss, and why there is no return', async () => {
    const cell = await strip({ twr_percent: null, status: 'unavailable', reason: 'total_loss_before', twr_annualized_percent: null, twr_annualized_reason: 'total_loss_before', excess_percent: null, excess_status: 'unavailable', excess_reason: 'total_loss_before', xirr_percent: null, xirr_status: 'unavailable', xirr_reason: 'no_solution' });
    expect(cell('pnl')).toMatch(/\+\$47,424\.84.*Explain$/);
    expect(cell('benchmark')).toMatch(/\+27\.09%/);
    for (const id of ['twr', 'annualised', 'excess']) expect(cell(id)).toContain('worth nothing before');
    expect(cell('xirr')).toContain('no rate fits the payments');
  });

  it('flag a money-weighted return that is one of several', async () => {
    const restart = { at: '2026-03-05T10:00:00Z', twr_percent: 20, status: 'exact', reason: null } as const;
    expect((await strip({ twr_percent: -100, restart }))('twr')).toMatch(/everything was lost on .*2026; \+20\.00/);
    expect((await strip())('twr')).not.toContain('lost');
    expect((await strip({ xirr_several_roots: true }))('xirr')).toContain('several rates fit; the one nearest to zero');
    expect((await strip())('xirr')).not.toContain('several');
  });

  it('tell fees only of the very period of the profit', async () => {
    const wrapper = await show(PerformanceStrip, { props: { stats: ready(stats({ '1y': period() })), attribution: ready(attribution({ end: '2026-11-20T11:00:00Z' })), range: '1y' } });
    expect(wrapper.get('[data-testid="pnl"]').text()).not.toContain('fees');
  });
});

describe('risk', () => {
  it('stands beside the benchmark, in its own units', async () => {
    const wrapper = await show(RiskPanel, { props: { risk: ready(risk()), range: '1y' } });
    const row = (key: string): string => words(wrapper.get(`[data-measure="${key}"]`).text());
    expect(row('volatility')).toMatch(/^Volatility ?43\.38% ?49\.21%$/);
    expect(row('max_drawdown')).toContain('20 Oct 2026');
    expect(row('sharpe')).toMatch(/^Sharpe ?1\.10 ?0\.73$/);
    expect(row('beta')).toContain('not applicable');
    expect(row('expectancy')).toContain('+$12.34');
    expect(wrapper.findAll('tbody tr')).toHaveLength(18);
  });

  it('defines each name, with the risk-free rate that was used', async () => {
    const wrapper = await show(RiskPanel, { props: { risk: ready(risk()), range: '1y' } });
    await wrapper.get('[data-measure="sharpe"] button').trigger('focusin');
    await flushPromises();
    expect(words(document.querySelector('[role="tooltip"]')?.textContent ?? '')).toContain('Risk-free rate 4.50% a year');
    await wrapper.get('[data-measure="sharpe"] button').trigger('click');
    expect(document.querySelector('[role="tooltip"]')).not.toBeNull();
  });

  it('names why a figure is missing, and marks one that is estimated', async () => {
    const body = risk();
    const gone = { ...body.sortino, value: null, status: 'unavailable' as const, reason: 'no_loss' };
    const doubt = { ...body.volatility, status: 'estimated' as const, reason: 'missing_days' };
    const wrapper = await show(RiskPanel, { props: { risk: ready(risk({ sortino: gone, volatility: doubt })), range: '1y' } });
    expect(words(wrapper.get('[data-measure="sortino"]').text())).toMatch(/^Sortino ?nothing was lost ?–/);
    expect(wrapper.get('[data-measure="volatility"]').text()).toContain('estimated');
  });

  it('says once that there are too few days, with how many there are', async () => {
    const body = risk();
    const keys = ['volatility', 'max_drawdown', 'max_drawdown_hourly', 'sharpe', 'sortino', 'calmar', 'var_95', 'cvar_95', 'best_day', 'worst_day', 'positive_days', 'beta', 'alpha', 'tracking_error', 'information_ratio', 'win_rate', 'expectancy', 'profit_factor'] as const;
    const few = Object.fromEntries(keys.map((key) => [key, { ...body[key], value: null, status: 'unavailable', reason: 'too_few_days', count: 12 }])) as Partial<typeof body>; // every figure alike
    const wrapper = await show(RiskPanel, { props: { risk: ready(risk(few)), range: '30d' } });
    expect(words(wrapper.get('.common').text())).toBe('needs 30 daily returns, has 12');
    expect(wrapper.text()).not.toMatch(/0\.00/);
  });
});

describe('the proof of a figure', () => {
  const open = async (body = explained(), props: { metric: string; range: string } = { metric: 'twr', range: '90d' }, language: 'en' | 'fr' = 'en') => {
    proof.resource = ready(body);
    await show(ExplainDrawer, { props, language });
    await flushPromises();
    const drawer = document.querySelector('.drawer');
    return { drawer, text: words(drawer?.textContent ?? '') };
  };

  it('has the formula with its numbers, the pieces, the data and why profit differs', async () => {
    const { drawer, text } = await open();
    expect(text).toContain('TWR, 90 days');
    expect(text).toContain('TWR = (1 + 0.0585) × (1 - 0.0191) - 1 = +3.831 %');
    expect([...(drawer?.querySelectorAll('[data-testid="pieces"] tbody tr') ?? [])].map((row) => words(row.textContent ?? ''))[0]).toMatch(/1 22 Aug ?to ?4 Sept? ?\$130,611.69 ?\$138,248.64 ?\+5.85% ?\+\$9,000.00/);
    expect(text).toMatch(/Linked ?\+3.83% ?\+\$9,000.00/);
    expect(text).toMatch(/Snapshots ?2,158 of 2,160 expected/);
    expect(text).toMatch(/Gaps ?1, of 2 h on 9 Oct 2026/);
    expect(text).toContain('TWR is +3.83%, P&L is +$4,824.50');
    expect(text).not.toContain('English words');
  });

  it('leaves out the columns of money where the pieces are of an index', async () => {
    const piece = { ...explained().sub_periods[0], kind: 'index', start_value: null, end_value_before_flow: null, flow: null, profit: null } as ReturnType<typeof explained>['sub_periods'][number]; // one is there
    const { drawer } = await open(explained({ metric: 'drawdown', sub_periods: [piece], totals: null, why_differs: null }), { metric: 'drawdown', range: '90d' });
    expect([...(drawer?.querySelectorAll('[data-testid="pieces"] th') ?? [])].map((one) => one.textContent?.trim())).toEqual(['Piece', 'Return']);
    expect(words(drawer?.querySelector('[data-testid="pieces"] tbody tr')?.textContent ?? '')).toMatch(/4 Sept? ?\+5\.85%$/);
  });

  it('speaks French, the formula too', async () => {
    const { text } = await open(explained({ metric: 'pnl', unit: 'money', result: '30', formula: 'P&L = end 150 - start 100 - flows 20 = 30' }), { metric: 'pnl', range: '90d' }, 'fr');
    expect(text).toContain('P&L = fin 150 - début 100 - flux 20 = 30');
    expect(text).toContain('Données utilisées');
  }, 20_000); // the first test in another language reads all its messages

  it('hides sums with the other amounts, in the formula and for copying too', async () => {
    setDisplay({ hidden: true });
    const { drawer, text } = await open(explained({ metric: 'pnl', unit: 'money', result: '4824.50', formula: 'P&L = end 150 - start 100 = 50' }), { metric: 'pnl', range: '90d' });
    expect(text).not.toMatch(/4,?824|130,?611|= 50/);
    expect([...(drawer?.querySelectorAll('button') ?? [])].some((one) => one.textContent?.includes('CSV'))).toBe(false);
  });

  it('says why there is no figure', async () => {
    const { drawer } = await open(explained({ result: null, status: 'unavailable', reason: 'needs_two_snapshots', sub_periods: [], product: null, totals: null, why_differs: null }));
    expect(words(drawer?.querySelector('[data-testid="explained"]')?.textContent ?? '')).toContain('not yet needs two snapshots');
  });

  it('copies every row, and saves a file where copying is not allowed', async () => {
    proof.csv.mockResolvedValue('\uFEFFnumber\r\n1\r\n');
    const writeText = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    const { drawer } = await open();
    const button = [...(drawer?.querySelectorAll('footer button') ?? [])].at(-1) as HTMLButtonElement; // the footer has one
    button.click();
    await flushPromises();
    expect(writeText).toHaveBeenCalledWith('number\r\n1\r\n');
    expect(drawer?.querySelector('[role="status"]')?.textContent).toBe('Copied');
    vi.unstubAllGlobals();
  });
});

describe('panels', () => {
  it('say that a part of the change is not explained, and where to look', async () => {
    const quiet = await show(ChangeParts, { props: { attribution: ready(attribution()), range: '1y' } });
    expect(quiet.find('a').exists()).toBe(false);
    const loud = await show(ChangeParts, { props: { attribution: ready(attribution({ residual_usd: '-5' })), range: '1y' } });
    expect(loud.get('[data-step="residual"]').classes()).toContain('warnc');
    expect(loud.get('a').attributes('href')).toContain('#closing');
  });

  it('leave the bars out where the equation is not known', async () => {
    const wrapper = await show(ChangeParts, { props: { attribution: ready(attribution({ status: 'unavailable', reason: 'history_too_short', residual_usd: null })), range: '1y' } });
    expect(wrapper.find('li').exists()).toBe(false);
    expect(wrapper.text()).toContain('not yet');
  });

  it('read each month in a sentence and hatch what is not there', async () => {
    const item = { end_value_usd: '1', net_flows_usd: '0', status: 'exact' as const, reason: null, benchmark_status: 'exact' as const, benchmark_reason: null, complete: false };
    const body = { ...monthly([{ ...item, month: '2026-11', twr_percent: -3.67, benchmark_twr_percent: -4.95 }]), years: [{ ...item, year: 2026, twr_percent: 22.7, benchmark_twr_percent: 5 }] };
    const wrapper = await show(MonthlyReturns, { props: { monthly: ready(body), now: Date.parse('2026-11-20T12:00:00Z') } });
    useSessionStore().learn(mixOf());
    await nextTick();
    expect(words(wrapper.get('[data-month="2026-11"] .sr').text())).toBe('Nov 26: -3.67%, 50/50 -4.95%, month in progress');
    expect(wrapper.findAll('.na')).toHaveLength(11);
    await wrapper.findAll('[role="radio"]')[1]?.trigger('click');
    expect(words(wrapper.get('[data-month="2026-11"]').text())).toContain('+1.3');
  });

  it('offer to try again when they could not be loaded', async () => {
    const wrapper = await show(RiskPanel, { props: { risk: failed(), range: '1y' } });
    expect(wrapper.text()).toContain('Try again');
  });
});

describe('the same money elsewhere', () => {
  const rows = async (over: Parameters<typeof benchmark>[0] = {}) => {
    const wrapper = await show(ShadowPanel, { props: { benchmark: ready(benchmark(over)), range: '1y' } });
    useSessionStore().learn(mixOf());
    await nextTick();
    return { wrapper, row: (key: string): string => words(wrapper.get(`[data-shadow="${key}"]`).text()) };
  };

  it('stands beside the portfolio with its difference', async () => {
    const { wrapper, row } = await rows();
    expect(row('own')).toMatch(/^Portfolio ?\+35\.93% ?\$43,903\.54$/);
    expect(row('benchmark')).toMatch(/^50\/50 ?\+65\.29% ?\$54,265\.55 ?-\$10,362\.01$/);
    expect(row('hold')).toMatch(/^Held, never traded ?\+5\.62% ?\$34,726\.70 ?\+\$9,176\.84$/);
    expect(words(wrapper.text())).toContain('50% BTC · 50% ETH · next reset 23 Nov 2026, 12:00');
    expect(wrapper.text()).not.toContain('held from');
  });

  it('says from when on coins are held where that is later, and why a line has no figure', async () => {
    const hold = { ...benchmark().hold_only, since: '2026-03-01T00:00:00Z', hold_percent: null, value_usd: null, difference_usd: null, status: 'unavailable' as const, reason: 'no_price', difference_status: 'unavailable' as const, difference_reason: 'no_price' };
    const { wrapper, row } = await rows({ hold_only: hold });
    expect(wrapper.text()).toContain('held from 1 Mar 2026 on');
    expect(row('hold')).toMatch(/a coin has no price/);
    expect(row('hold')).not.toMatch(/0\.00/);
  });
});

describe('days', () => {
  const panel = async () => {
    const wrapper = await show(DailyPanel, { props: { daily: ready(daily()) } });
    useSessionStore().learn(mixOf());
    await nextTick();
    return wrapper;
  };

  it('are a row each, the newest first, with averages, closes, returns and a mark of their own', async () => {
    const wrapper = await panel();
    expect(wrapper.findAll('thead th').map((one) => words(one.text()))).toEqual(['Day', 'Average', 'Close', '50/50, average', '50/50, close', 'Return', '50/50, return']);
    const rows = wrapper.findAll('tbody tr').map((one) => words(one.text()));
    expect(rows[0]).toMatch(/^20 Nov 2026 so far ?\$1,020\.00 ?\$1,010\.00 ?\$990\.00 ?\$995\.00 ?\+1\.00% ?\+0\.50%$/);
    expect(rows[1]).toMatch(/19 Nov 2026 ?estimated ?a value at its start or end is estimated/);
    expect(rows[2]).toMatch(/estimated ?50\/50: a price is old/);
    expect(wrapper.findAll('.list-m > li')).toHaveLength(3);
  });

  it('are a file with every digit, and a chart', async () => {
    const wrapper = await panel();
    const [head, first] = dayRows(daily().items, '50/50', { t: i18n.global.t } as never, createFormat(display)); // the words it needs
    expect(head?.slice(0, 6)).toEqual(['Day', 'Average', 'Close', '50/50, average', '50/50, close', 'Return (%)']);
    expect(first).toEqual(['2026-11-18', '1000.00', '1010.00', '990.00', '995.00', 1, 0.5, 'exact', null, 'estimated', 'old_price']);
    expect(dayRows(daily().items, '50/50', { t: i18n.global.t } as never, createFormat({ ...display, hidden: true }))[1]?.[1]).not.toBe('1000.00');
    await wrapper.findAll('[role="radio"]')[1]?.trigger('click');
    await flushPromises();
    expect(words(wrapper.get('[role="img"]').attributes('aria-label') ?? '')).toContain('Average value from $1,000.00 to $1,020.00, 50/50 from $990.00 to $990.00.');
  });

  it('say why there are none', async () => {
    const wrapper = await show(DailyPanel, { props: { daily: ready(daily({ items: [], latest: null, last_24_hours: [], status: 'unavailable', reason: 'no_history' })) } });
    expect(words(wrapper.text())).toContain('not yet no snapshot yet');
  });
});

describe('now against the benchmark', () => {
  const panel = (over: Parameters<typeof daily>[0] = {}) => show(LatestPanel, { props: { daily: ready(daily(over)), now: Date.parse('2026-11-20T13:30:00Z') } });

  it('is the difference in money and percent, and the last 24 hours on demand', async () => {
    const wrapper = await panel();
    expect(words(wrapper.text())).toMatch(/\+\$30\.00.*\+3\.00%.*\$1,030\.00.*\$1,000\.00.*at 13:00/);
    expect(wrapper.find('tbody').exists()).toBe(false);
    await wrapper.get('button[aria-expanded]').trigger('click');
    expect(wrapper.findAll('tbody tr').map((one) => words(one.text()))[1]).toMatch(/12:00 ?\$990\.00 ?\$1,000\.00 ?-\$10\.00 ?-1\.00%/);
  });

  it('says why there is none, and shows no zero', async () => {
    const wrapper = await panel({ latest: { timestamp: '2026-11-20T13:00:00Z', nav_usd: '1', benchmark_usd: null, difference: null, outperformance_pct: null, status: 'unavailable', reason: 'no_price' }, last_24_hours: [] });
    expect(words(wrapper.text())).toContain('a coin has no price');
    expect(wrapper.text()).not.toMatch(/0\.00/);
  });
});

describe('accounts compared', () => {
  const share = (id: number): AccountShare => ({ id, name: `account ${id}`, has_key: true, value_usd: '1', percentage: 1, complete: true, refreshed_at: null, as_of: null });
  const choice = (chosen: readonly number[], shown: readonly number[], count: number) => show(CompareChoice, { props: { accounts: Array.from({ length: count }, (_, i) => share(i + 1)), shown, modelValue: chosen } });

  it('are at most ten, chosen by the reader', async () => {
    const ten = Array.from({ length: 10 }, (_, i) => i + 1);
    const wrapper = await choice([], ten, 12);
    const boxes = wrapper.findAll<HTMLInputElement>('input');
    expect(boxes.map((one) => [one.element.checked, one.element.disabled])).toEqual([...ten.map(() => [true, false]), [false, true], [false, true]]);
    await boxes[2]?.trigger('change');
    expect(wrapper.emitted('update:modelValue')?.[0]).toEqual([[1, 2, 4, 5, 6, 7, 8, 9, 10]]);
    const two = await choice([1], ten, 12);
    expect(two.findAll<HTMLInputElement>('input')[0]?.element.disabled).toBe(true); // one stays
    await two.findAll('input')[11]?.trigger('change');
    await two.findAll('button').at(-1)?.trigger('click');
    expect(two.emitted('update:modelValue')).toEqual([[[1, 12]], [[]]]);
  });

  it('say how many are left out', async () => {
    const wrapper = await show(ComparePanel, { props: { comparison: ready({ ...comparison(), left_out: 2 }), range: '1y', accounts: [share(1), share(2), share(3)], modelValue: [] } });
    expect(wrapper.get('[data-testid="left-out"]').text()).toContain('2 more are left out');
    expect(wrapper.findAll('input')).toHaveLength(3);
  });

  it('have a line each, joined across instants of the others, and a row even without a figure', async () => {
    const model = compareModel(comparison(), createFormat(display));
    expect([model.join, model.series.map(({ label, values }) => [label, values])]).toEqual([true, [['Calm', [0, 20, 35.93]], ['Bold', [0, null, 12.5]]]]);
    const wrapper = await show(ComparePanel, { props: { comparison: ready(comparison()), range: '1y', accounts: [], modelValue: [] } });
    const lines = wrapper.findAll('tbody tr').map((one) => words(one.text()));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('estimated');
    expect(lines[2]).toMatch(/^New ?the history is too short/);
    expect(lines[2]).toContain('not yet');
  });
});
