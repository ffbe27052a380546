import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { type Component, type MaybeRefOrGetter, toValue } from 'vue';
import ExplainDrawer from '@/components/performance/ExplainDrawer.vue';
import { EXPLAIN, readOpened, writeOpened } from '@/components/performance/explaining';
import AgainstBenchmark from '@/components/overview/AgainstBenchmark.vue';
import TotalValue from '@/components/overview/TotalValue.vue';
import DailyPanel from '@/components/performance/DailyPanel.vue';
import DrawdownTable from '@/components/performance/DrawdownTable.vue';
import LatestPanel from '@/components/performance/LatestPanel.vue';
import MonthlyReturns from '@/components/performance/MonthlyReturns.vue';
import RiskPanel from '@/components/performance/RiskPanel.vue';
import ShadowPanel from '@/components/performance/ShadowPanel.vue';
import type { Input, Opened } from '@/composables/useExplain';
import type { Drawdowns } from '@/composables/useRisk';
import { setDisplay } from '@/lib/display';
import { monthly, overview, period, ready, stats } from '../overview/builders';
import { show } from '../mounting';
import { benchmark, daily, explained, risk } from './builders';

const proof = vi.hoisted(() => ({ resource: null as unknown, asked: [] as unknown[], csv: vi.fn(), address: () => '/api' }));
vi.mock('@/composables/useExplain', async (original) => ({
  ...(await original<object>()),
  useExplain: (asked: MaybeRefOrGetter<unknown>) => {
    proof.asked.push(toValue(asked));
    return proof;
  },
}));
const words = (text: string): string => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ');
const row = (over: Partial<Input>): Input => ({
  kind: 'daily_return', table: 'snapshots', id: 7, at: '2026-10-02T00:00:00Z', label: '2026-10-01', quantity: null, price: null, value: null, factor: null, returned: null, benchmark: null,
  weight: null, part: null, pairs: null, ids: [], status: 'exact', reason: null, ...over,
});

beforeEach(() => setDisplay({ timeZone: 'UTC', hidden: false, locale: 'en-GB', currency: 'USDT' }));
afterEach(() => {
  document.body.innerHTML = '';
  proof.asked.length = 0;
});

async function open(body: ReturnType<typeof explained>, props: Record<string, unknown>): Promise<string> {
  proof.resource = ready(body);
  await show(ExplainDrawer, { props });
  await flushPromises();
  return words(document.querySelector('.drawer')?.textContent ?? '');
}

describe('an opened risk figure', () => {
  const inputs = [row({ returned: '0.02', benchmark: '0.01', part: '0.4' }), row({ label: '2026-10-02', id: 8, returned: '-0.01', benchmark: '0.03', part: '0.7' })];
  const body = explained({ metric: 'beta', unit: 'ratio', result: 1.1, formula: 'sum of (return - mean) = +1.1', sub_periods: [], product: null, totals: null, why_differs: null, inputs, inputs_total: 2, parts_total: '1.1' });

  it('names each day with its return, the benchmark’s, and its share; the shares add up', async () => {
    const text = await open(body, { metric: 'beta', range: '1y' });
    expect(text).toContain('2026-10-01snapshots 7');
    expect(text).toMatch(/\+2\.00% ?\+1\.00% ?\+0\.4000/);
    expect(text).toMatch(/Sum ?\+1\.1000/);
    expect(document.querySelector('[data-testid="explained"]')?.textContent).toContain('+1.10');
  }, 20_000); // the first one reads all messages

  it('tells shares of percentages in percent', async () => {
    const text = await open({ ...body, metric: 'volatility', unit: 'percent', result: 43.38, parts_total: '0.4338' }, { metric: 'volatility', range: '1y' });
    expect(text).toMatch(/Sum ?\+43\.3800%/);
  });

  it('says whose figure it is, and asks for that of the benchmark', async () => {
    const text = await open(body, { metric: 'sharpe', range: '1y', of: 'benchmark' });
    expect(text).toMatch(/^Sharpe of .+, one year/);
    expect(proof.asked[0]).toMatchObject({ metric: 'sharpe', of: 'benchmark' });
  });
});

describe('an opened position', () => {
  it('has its lots with their events, and no second column for what they are worth', async () => {
    const inputs = [row({ kind: 'lot', table: 'ledger_events', id: null, ids: [3, 4], label: 'trade main', quantity: '0.5', price: '60000', value: '30000', part: '30000' })];
    const text = await open(
      explained({ metric: 'position_cost', unit: 'money', result: '30000', formula: 'BTC: sum of 1 rows = 30000', sub_periods: [], product: null, totals: null, why_differs: null, inputs, inputs_total: 1, parts_total: '30000' }),
      { metric: 'position_cost', position: '1-BTC-1', costs: 'fifo', subject: 'BTC' },
    );
    expect(text).toContain('Cost, BTC');
    expect(text).toContain('trade mainledger_events 3, 4');
    expect(text).not.toContain('Share');
    expect(document.querySelector('[data-testid="explained"]')?.textContent).not.toContain('+');
    expect(proof.asked[0]).toMatchObject({ metric: 'position_cost', position: '1-BTC-1', method: 'fifo' });
  });
});

describe('the table of risk', () => {
  it('opens the proof of a figure by a click on it, the portfolio’s and the benchmark’s', async () => {
    const asked = vi.fn();
    const wrapper = await show(RiskPanel, { props: { risk: ready(risk()), range: '1y' }, provide: { [EXPLAIN as symbol]: asked } });
    const [own, other] = wrapper.get('[data-measure="volatility"]').findAll('button.figure');
    await own?.trigger('click');
    await other?.trigger('click');
    expect(asked.mock.calls).toEqual([[{ metric: 'volatility' }], [{ metric: 'volatility', of: 'benchmark' }]]);
  });
});

describe('an opened figure in the URL', () => {
  it('is written and read back: of a month, a year, a day, a fall, the benchmark', () => {
    const figures: Opened[] = [{ metric: 'twr' }, { metric: 'twr', month: '2026-10' }, { metric: 'excess', year: '2026' }, { metric: 'day_average', date: '2026-10-31' }, { metric: 'drawdown', number: 2 }, { metric: 'sharpe', of: 'benchmark', month: '2026-10' }];
    expect(figures.map(writeOpened)).toEqual(['twr', 'twr@2026-10', 'excess@2026', 'day_average@2026-10-31', 'drawdown@2', 'sharpe@benchmark@2026-10']);
    for (const figure of figures) expect(readOpened(writeOpened(figure))).toEqual(expect.objectContaining(figure));
    expect([readOpened(''), readOpened('nonsense@2026')]).toEqual([null, null]);
  });

  it('is named with the time that it is of', async () => {
    const body = explained({ sub_periods: [], product: null, totals: null, why_differs: null });
    expect(await open(body, { metric: 'twr', month: '2026-10', range: '1y' })).toMatch(/^TWR, Oct 26/);
    expect(proof.asked.at(-1)).toMatchObject({ metric: 'twr', month: '2026-10' });
    document.body.innerHTML = '';
    expect(await open(body, { metric: 'drawdown', number: 2, range: '90d' })).toMatch(/^Drawdown 2, 90 days/);
    document.body.innerHTML = '';
    expect(await open({ ...body, unit: 'money', result: '1000' }, { metric: 'day_average', date: '2026-10-31', range: '90d' })).toMatch(/^Average of the day, 31 Oct 2026/);
    expect(document.querySelector('[data-testid="explained"]')?.textContent).toContain('$1,000.00');
    document.body.innerHTML = '';
    expect(await open({ ...body, unit: 'money', result: '1000' }, { metric: 'value' })).toMatch(/^Total value/);
  });

  it('has the weights of the coins of the benchmark, and formulas in words', async () => {
    const inputs = [row({ kind: 'benchmark_reset', label: 'BTC', quantity: '0.5', price: '60000', weight: '0.5' })];
    const text = await open(explained({ metric: 'benchmark_value', unit: 'money', result: '30000', formula: 'held only = 0.5 x 60000 = 30000', sub_periods: [], product: null, totals: null, why_differs: null, inputs, inputs_total: 1 }), { metric: 'hold_value', range: '1y' });
    expect(text).toMatch(/Weight.*50\.00%/);
    expect(text).toContain('held only = 0.5 × 60000');
  });
});

describe('figures of the pages', () => {
  const opened = async (component: Component, props: Record<string, unknown>): Promise<{ asked: Mock; names: (string | undefined)[] }> => {
    const asked = vi.fn();
    const wrapper = await show(component, { props, provide: { [EXPLAIN as symbol]: asked } });
    const buttons = wrapper.findAll('[data-explain]').filter((one) => one.element.tagName === 'BUTTON' && one.attributes('role') === undefined);
    for (const button of buttons) {
      expect(`${button.text()}${button.attributes('title') ?? ''}`).not.toBe('');
      await button.trigger('click');
    }
    expect(asked.mock.calls.map(([figure]) => writeOpened(figure as Opened))).toEqual(buttons.map((one) => one.attributes('data-explain')));
    return { asked, names: buttons.map((one) => one.attributes('data-explain')) };
  };

  it('open on Overview: what there is, today, deposits, profit, and the benchmark', async () => {
    expect((await opened(TotalValue, { overview: ready(overview()) })).names).toEqual(['value', 'change_today', 'net_deposits', 'profit']);
    expect((await opened(AgainstBenchmark, { stats: ready(stats({ '1y': period() })), range: '1y' })).names).toEqual(['excess', 'twr', 'benchmark_twr', 'max_drawdown', 'max_drawdown@benchmark']);
  });

  it('open in the table of months, cell by cell and year by year; what is not known does not', async () => {
    const item = { end_value_usd: '1', net_flows_usd: '0', status: 'exact' as const, reason: null, benchmark_status: 'exact' as const, benchmark_reason: null, complete: true, twr_percent: 3, benchmark_twr_percent: 2 };
    const body = { ...monthly([{ ...item, month: '2026-09' }, { ...item, month: '2026-10', twr_percent: null, status: 'unavailable', reason: 'no_snapshots' }]), years: [{ ...item, year: 2026 }] };
    expect((await opened(MonthlyReturns, { monthly: ready(body), now: Date.parse('2026-11-20T12:00:00Z') })).names).toEqual(['twr@2026-09', 'twr@2026']);
  });

  it('open in the tables of falls, of the same money elsewhere, and of days', async () => {
    const fall = (peak: string, depth: number): Drawdowns['items'][number] => ({ depth_percent: depth, peak, trough: peak, recovered: null, days: 3, status: 'exact', reason: null }) as Drawdowns['items'][number]; // what the table shows
    const falls = { items: [fall('2026-08-15T00:00:00Z', -20), fall('2026-02-01T00:00:00Z', -10)], status: 'exact', reason: null } as unknown as Drawdowns; // likewise
    expect(new Set((await opened(DrawdownTable, { falls: ready(falls), range: '1y' })).names)).toEqual(new Set(['drawdown@1', 'drawdown@2']));
    expect((await opened(ShadowPanel, { benchmark: ready(benchmark()), range: '1y' })).names).toEqual(['twr', 'end_value', 'benchmark_twr', 'benchmark_value', 'benchmark_difference', 'hold_twr', 'hold_value', 'hold_difference']);
    expect((await opened(DailyPanel, { daily: ready(daily()) })).names).toEqual(expect.arrayContaining(['day_average@2026-11-20', 'day_close@2026-11-19', 'day_return@2026-11-18', 'day_benchmark_average@2026-11-18', 'day_benchmark_return@2026-11-18']));
    expect((await opened(LatestPanel, { daily: ready(daily()), now: Date.parse('2026-11-20T13:30:00Z') })).names).toEqual(['benchmark_difference', 'outperformance', 'end_value', 'benchmark_value']);
  });
});
