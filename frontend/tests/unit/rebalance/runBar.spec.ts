import { enableAutoUnmount, flushPromises } from '@vue/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import * as client from '@/api/client';
import RunBar from '@/components/rebalance/RunBar.vue';
import { show } from '../mounting';
import { detailed, run } from './builders';

enableAutoUnmount(afterEach);
afterEach(() => void vi.restoreAllMocks());

it('asks for the runs that are not over, whatever their age, and tells of one that waits for a review', async () => {
  const read = vi.spyOn(client, 'read').mockResolvedValue({ environment: 'testnet', items: [run({ id: 12, state: 'needs_review' })], next_cursor: null });
  const wrapper = await show(RunBar);
  await flushPromises();
  expect(read).toHaveBeenCalledWith('/api/rebalancing/runs', expect.objectContaining({ query: { open: true } }));
  expect(wrapper.get('[data-testid="run-bar"]').text()).toContain('Run 12 needs a review');
});

it('tells of the one that goes on before one that waits', async () => {
  const items = [run({ id: 40, state: 'needs_review' }), run({ id: 39, state: 'running' })];
  vi.spyOn(client, 'read').mockImplementation((path: string) => Promise.resolve(path.endsWith('/39') ? detailed({ id: 39, state: 'running' }) : { environment: 'testnet', items, next_cursor: null }));
  const wrapper = await show(RunBar);
  await flushPromises();
  expect(wrapper.get('[data-testid="run-bar"]').text()).toContain('Open run 39');
});

it('is silent where every run is over', async () => {
  vi.spyOn(client, 'read').mockResolvedValue({ environment: 'testnet', items: [], next_cursor: null });
  const wrapper = await show(RunBar);
  await flushPromises();
  expect(wrapper.find('[data-testid="run-bar"]').exists()).toBe(false);
});
