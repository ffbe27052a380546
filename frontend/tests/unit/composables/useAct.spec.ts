import { expect, it } from 'vitest';
import { useAct } from '@/composables/useAct';

it('does one thing at a time, and tells what went wrong until the next attempt', async () => {
  const { busy, failed, act } = useAct();
  let finish = (): void => undefined;
  const first = act(() => new Promise<void>((done) => (finish = done)));
  expect(busy.value).toBe(true);
  expect(await act(() => Promise.reject(new Error('never begun')))).toBe(false);
  expect(failed.value).toBeNull();
  finish();
  expect(await first).toBe(true);
  expect(busy.value).toBe(false);
  expect(await act(() => Promise.reject(new Error('refused')))).toBe(false);
  expect([busy.value, failed.value]).toEqual([false, new Error('refused')]);
  expect(await act(() => Promise.resolve())).toBe(true);
  expect(failed.value).toBeNull();
});
