import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, nextTick, ref } from 'vue';
import * as client from '@/api/client';
import { ApiError } from '@/api/problem';
import PlanPanel from '@/components/rebalance/PlanPanel.vue';
import { useRunShown } from '@/components/rebalance/useRunShown';
import { usePlan } from '@/composables/usePlan';
import { useQueryText } from '@/composables/useQueryState';
import type { RunList } from '@/composables/useRuns';
import { inApp, show } from '../mounting';
import { detailed, plan, planning, run } from './builders';

const NOW = Date.parse('2026-11-20T13:00:20Z');
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});
const gone = (): ApiError => new ApiError(404, 'not-found', 'x', '/p', undefined, [], undefined);

describe('the plan that the URL names', () => {
  it('is read, with its age by the exchange’s clock', async () => {
    const read = vi.spyOn(client, 'read').mockResolvedValue(plan({ plan_id: 'shared-1' }));
    const named = ref('shared-1');
    const { result, stop } = await inApp(() => usePlan(() => 1, named, () => NOW));
    await flushPromises();
    expect(read).toHaveBeenCalledWith('/api/rebalancing/plan/shared-1');
    expect(result.plan.value?.plan_id).toBe('shared-1');
    expect([result.ageS.value, result.old.value]).toEqual([22, false]);
    stop();
  });
  it('is shown as too old where it has expired, and is never another', async () => {
    vi.spyOn(client, 'read').mockResolvedValue(plan({ plan_id: 'shared-2', expired: true }));
    const { result, stop } = await inApp(() => usePlan(() => 1, ref('shared-2'), () => NOW));
    await flushPromises();
    expect([result.plan.value?.plan_id, result.old.value]).toEqual(['shared-2', true]);
    stop();
  });
  it('that is not there is told, and the one made before is not shown in its place', async () => {
    vi.spyOn(client, 'create').mockResolvedValue(plan({ plan_id: 'mine-3' }));
    vi.spyOn(client, 'read').mockRejectedValue(gone());
    const named = ref('');
    const { result, stop } = await inApp(() => usePlan(() => 1, named, () => NOW));
    await result.make('full', null);
    expect([named.value, result.plan.value?.plan_id]).toEqual(['mine-3', 'mine-3']);
    named.value = 'lost-3';
    await flushPromises();
    expect(result.plan.value).toBeNull();
    expect(result.lost.value).toBeInstanceOf(ApiError);
    named.value = 'mine-3';
    await nextTick();
    expect([result.plan.value?.plan_id, result.lost.value]).toEqual(['mine-3', null]);
    stop();
  });
  it('of another account is not shown as this one’s', async () => {
    vi.spyOn(client, 'read').mockResolvedValue(plan({ plan_id: 'other-4', account: 2 }));
    const { result, stop } = await inApp(() => usePlan(() => 1, ref('other-4'), () => NOW));
    await flushPromises();
    expect([result.plan.value, result.foreign.value?.plan_id]).toEqual([null, 'other-4']);
    stop();
  });
  it('is put into the URL when the page is come back to, and taken out once it is forgotten', async () => {
    vi.spyOn(client, 'create').mockResolvedValue(plan({ plan_id: 'kept-5', account: 5 }));
    const first = await inApp(() => usePlan(() => 5, ref(''), () => NOW));
    await first.result.make('full', null);
    first.stop();
    const named = ref('');
    const { result, stop } = await inApp(() => usePlan(() => 5, named, () => NOW));
    expect([named.value, result.plan.value?.plan_id]).toEqual(['kept-5', 'kept-5']);
    vi.setSystemTime(NOW + 61_000);
    vi.advanceTimersByTime(1000);
    expect(result.old.value).toBe(true);
    result.forget();
    expect([named.value, result.plan.value]).toEqual(['', null]);
    stop();
  });
  it('the panel says that it is gone, and offers a new one', async () => {
    const wrapper = await show(PlanPanel, { props: { planning: planning(null, { lost: gone() }), demo: true, ready: true, leading: true, amountError: false, busy: false, executeError: null, mode: 'full', amount: '' } });
    expect(wrapper.get('[data-testid="plan-lost"]').text()).toContain('is not there any more. Make a new one.');
    expect(wrapper.findAll('.btn.pri').map((one) => one.text())).toEqual(['Make plan']);
  });
});

describe('the run that the URL names', () => {
  const list = (items: ReturnType<typeof run>[]): RunList => ({ runs: computed(() => items) }) as unknown as RunList; // it looks at the runs alone
  it('is one that goes on where none is named, so that a reload shows it after its end too', async () => {
    vi.spyOn(client, 'read').mockResolvedValue(detailed({ id: 41, account: 1 }));
    const { result, stop } = await inApp(() => ({ shown: useRunShown(list([run({ id: 41, state: 'running' })]), () => 1), named: useQueryText<string>('run', '') }));
    await flushPromises();
    expect([result.named.value, result.shown.id.value, result.shown.foreign.value]).toEqual(['41', 41, null]);
    stop();
  });
  it('of another account is told as that', async () => {
    vi.spyOn(client, 'read').mockResolvedValue(detailed({ id: 42, account: 2 }));
    const { result, stop } = await inApp(() => ({ shown: useRunShown(list([]), () => 1), named: useQueryText<string>('run', '') }));
    await flushPromises();
    result.named.value = '42';
    await flushPromises();
    expect([result.shown.id.value, result.shown.foreign.value]).toEqual([42, 2]);
    stop();
  });
});
