import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ExplainDrawer from '@/components/performance/ExplainDrawer.vue';
import { EXPLAIN } from '@/components/performance/explaining';
import RiskPanel from '@/components/performance/RiskPanel.vue';
import type { Input } from '@/composables/useExplain';
import { setDisplay } from '@/lib/display';
import { ready } from '../overview/builders';
import { show } from '../mounting';
import { explained, risk } from './builders';

const proof = vi.hoisted(() => ({ resource: null as unknown, asked: [] as unknown[], csv: vi.fn(), address: () => '/api' }));
vi.mock('@/composables/useExplain', async (original) => ({
  ...(await original<object>()),
  useExplain: (asked: () => unknown) => {
    proof.asked.push(asked());
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
    expect(asked.mock.calls).toEqual([['volatility'], ['volatility', 'benchmark']]);
  });
});
