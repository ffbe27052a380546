import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import * as client from '@/api/client';
import AutomaticLog from '@/components/rebalance/AutomaticLog.vue';
import RunScore from '@/components/rebalance/RunScore.vue';
import RunsPanel from '@/components/rebalance/RunsPanel.vue';
import StepBar from '@/components/rebalance/StepBar.vue';
import type { Due } from '@/composables/useAutomatic';
import { show, until } from '../mounting';
import { ready } from '../overview/builders';
import { run, runList, scores } from './builders';

beforeAll(async () => (await show(StepBar, { props: { steps: [] } })).unmount(), 60_000);
afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});

describe('scores in the list of runs', () => {
  const list = [run({ id: 37, score_usd: '-3.87' }), run({ id: 36, score_usd: '4.20', score_status: 'estimated', score_reason: 'old_price:DOGE' }), run({ id: 35, score_usd: null, score_status: 'unavailable', score_reason: 'no_price:WAT' }), run({ id: 34, dry_run: true, score_usd: null, score_status: 'unavailable', score_reason: 'dry_run' })];
  const panel = (over = scores()) => show(RunsPanel, { props: { list: runList(list), scores: ready(over) } });
  it('say why they are estimates, or not there', async () => {
    const rows = (await panel()).findAll('tbody tr').map((one) => one.text());
    expect(rows[0]).toContain('-$3.87');
    expect(rows[1]).toMatch(/\+\$4\.20 estimated.*the price of DOGE is old/);
    expect(rows[2]).toMatch(/no price.*WAT has no price now/);
    expect(rows[3]).toMatch(/not applicable.*a dry run trades nothing/);
  });
  it('add up to what the account is worth beside not having traded, coin by coin', async () => {
    const wrapper = await panel();
    expect(wrapper.get('[data-testid="score-all"]').text()).toContain('+$0.33');
    await wrapper.get('[data-testid="score-all"]').trigger('click');
    await until(() => expect(document.querySelector('[data-testid="score-sum"]')).not.toBeNull());
    expect(document.querySelector('[data-testid="score-sum"]')?.textContent).toMatch(/Worth now.*1,000\.33.*Worth without the runs.*1,000\.00.*\+\$0\.33/s);
    expect(document.querySelector('[data-testid="score-lines"]')?.textContent).toMatch(/BTC.*-0\.010000.*-\$974\.12.*ETH.*\+0\.300000.*\+\$974\.45.*\+\$0\.33/s);
  });
  it('have no sum before a first run', async () => {
    const none = scores({ items: [{ account: 1, actual_usd: '10', hold_usd: '10', score_usd: '0', status: 'exact', reason: null, lines: [] }] });
    expect((await panel(none)).find('[data-testid="score-all"]').exists()).toBe(false);
  });
});

it('the score of a run opens to its lines', async () => {
  const { lines } = scores().items[0] ?? { lines: [] };
  vi.spyOn(client, 'read').mockResolvedValue({ run_id: 37, score_usd: '0.33', actual_usd: '1000.33', hold_usd: '1000.00', status: 'exact', reason: null, lines });
  const wrapper = await show(RunScore, { props: { id: 37 } });
  await flushPromises();
  expect(client.read).toHaveBeenCalledWith('/api/rebalancing/runs/37/score', expect.anything());
  expect(wrapper.text()).toMatch(/Score\+\$0\.33.*Worth without this run.*1,000\.00.*BTC.*ETH.*Sum\+\$0\.33/s);
});

describe('the log of automatic runs', () => {
  const due = (over: Partial<Due> = {}): Due => ({ account: 1, due: '2026-11-20T12:00:00Z', time: '2026-11-20T12:00:04Z', strategy: 'threshold', dry_run: true, outcome: 'inside_band', reason: null, detail: '', largest_drift_percent: -1.42, largest_drift_asset: 'ETH', put_off: null, run_id: null, ...over });
  const panel = (items: Due[]) => show(AutomaticLog, { props: { log: { resource: ready({ environment: 'demo', items, next_cursor: null }), items: ref(items), more: ref(false), loadMore: vi.fn(), moreError: ref(null) } } });
  it('tells what came of each due instant, and why', async () => {
    const wrapper = await panel([
      due(), due({ outcome: 'run', run_id: 40, dry_run: false, put_off: 'cooldown', due: '2026-11-20T11:00:00Z' }),
      due({ outcome: 'not_started', reason: 'kill-switch', detail: 'The kill switch is on', due: '2026-11-20T10:00:00Z', largest_drift_percent: null, largest_drift_asset: null }),
      due({ outcome: 'put_off', reason: 'settling', put_off: 'settling', due: '2026-11-20T09:00:00Z', largest_drift_percent: null, largest_drift_asset: null }),
    ]);
    const rows = wrapper.findAll('li').map((one) => one.text());
    expect(rows[0]).toMatch(/Threshold, Dry run.*Inside the band.*largest drift ETH -1\.42/s);
    expect(rows[1]).toMatch(/Threshold.*run 40.*waited for the pause after a run/s);
    expect(rows[2]).toMatch(/Not started.*lift it under Safety limits/s);
    expect(rows[3]).toMatch(/Waited.*waited for a deposit to settle$/s);
    await wrapper.get('li button').trigger('click');
    expect(wrapper.emitted('open')).toEqual([[40]]);
  });
  it('empty: says what will stand there', async () => {
    expect((await panel([])).text()).toContain('Each time a strategy is due stands here');
  });
});
