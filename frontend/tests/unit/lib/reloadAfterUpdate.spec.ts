import { expect, it, vi } from 'vitest';
import { reloadAfterUpdate } from '@/lib/reloadAfterUpdate';

it('loads a new build when files of the old one are gone, but not again and again', () => {
  sessionStorage.clear();
  const reload = vi.fn();
  reloadAfterUpdate(reload);
  const lost = (): Event => new Event('vite:preloadError', { cancelable: true });
  const [first, second] = [lost(), lost()];
  window.dispatchEvent(first);
  window.dispatchEvent(second);
  expect(reload).toHaveBeenCalledTimes(1);
  expect([first.defaultPrevented, second.defaultPrevented]).toEqual([true, false]);
});
