import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as client from '@/api/client';
import { useBacktest } from '@/composables/useBacktests';
import { inApp } from '../mounting';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('is asked for again while it is worked on, also after an answer that is as the last', async () => {
  const same = { state: 'computing', progress: 0.25 };
  const read = vi.spyOn(client, 'read').mockResolvedValue(same);
  const { result, stop } = await inApp(() => useBacktest(7));
  await vi.advanceTimersByTimeAsync(3000);
  expect(read.mock.calls.length).toBeGreaterThan(3);
  read.mockResolvedValue({ state: 'done', progress: 1 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(result.data.value?.state).toBe('done');
  const asked = read.mock.calls.length;
  await vi.advanceTimersByTimeAsync(3000);
  expect(read.mock.calls.length).toBe(asked);
  stop();
});
