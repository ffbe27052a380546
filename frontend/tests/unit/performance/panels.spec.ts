import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import ChangeParts from '@/components/performance/ChangeParts.vue';
import ComparePanel from '@/components/performance/ComparePanel.vue';
import { compareModel } from '@/components/performance/compareModel';
import ExplainDrawer from '@/components/performance/ExplainDrawer.vue';
import MonthlyReturns from '@/components/performance/MonthlyReturns.vue';
import PerformanceStrip from '@/components/performance/PerformanceStrip.vue';
import RiskPanel from '@/components/performance/RiskPanel.vue';
import ShadowPanel from '@/components/performance/ShadowPanel.vue';
import type { Attribution } from '@/composables/useAttribution';
import { display, setDisplay } from '@/lib/display';
import { createFormat } from '@/lib/format';
import { failed, monthly, period, ready, stats } from '../overview/builders';
import { useSessionStore } from '@/stores/session';
import { mixOf } from '../mix';
import { show } from '../mounting';
import { benchmark, comparison, explained, risk } from './builders';

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
    const cell = await strip({ days: 90, needs_days: 90, twr_annualized_percent: null }, '90d');
    expect(cell('annualised')).toContain('shown from 365 days on');
    expect(cell('annualised')).not.toContain('%');
  });

  it('are "not yet" with what is missing while the history is too short, never zero', async () => {
    const none = { twr_percent: null, twr_annualized_percent: null, pnl_usd: null, benchmark_twr_percent: null, excess_percent: null, xirr_percent: null, xirr_reason: 'history_too_short' };
    const cell = await strip({ ...none, status: 'unavailable', reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z', needs_days: 365, has_days: 12 });
    expect(cell('twr')).toContain('not yet needs 365 days, has 12');
    for (const id of ['twr', 'annualised', 'pnl', 'xirr', 'benchmark', 'excess']) expect(cell(id)).not.toMatch(/0\.00/);
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
    const item = { end_value_usd: '1', net_flows_usd: '0', status: 'exact' as const, reason: null, complete: false };
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
    const hold = { ...benchmark().hold_only, since: '2026-03-01T00:00:00Z', hold_percent: null, value_usd: null, difference_usd: null, status: 'unavailable' as const, reason: 'no_price' };
    const { wrapper, row } = await rows({ hold_only: hold });
    expect(wrapper.text()).toContain('held from 1 Mar 2026 on');
    expect(row('hold')).toMatch(/a coin has no price/);
    expect(row('hold')).not.toMatch(/0\.00/);
  });
});

describe('accounts compared', () => {
  it('have a line each, joined across instants of the others, and a row even without a figure', async () => {
    const model = compareModel(comparison(), createFormat(display));
    expect([model.join, model.series.map(({ label, values }) => [label, values])]).toEqual([true, [['Calm', [0, 20, 35.93]], ['Bold', [0, null, 12.5]]]]);
    const wrapper = await show(ComparePanel, { props: { comparison: ready(comparison()), range: '1y' } });
    const lines = wrapper.findAll('tbody tr').map((one) => words(one.text()));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('estimated');
    expect(lines[2]).toMatch(/^New ?the history is too short/);
    expect(lines[2]).toContain('not yet');
  });
});
