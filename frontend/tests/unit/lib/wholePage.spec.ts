import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drawFirst, useWholePage } from '@/lib/wholePage';

describe('the first screen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is drawn alone, and the rest of the page follows its first frame', async () => {
    const whole = useWholePage();
    expect(whole.value).toBe(true); // a page whose figures are not at hand is built at once
    const seen: boolean[] = [];
    const done = drawFirst(() => seen.push(whole.value));
    expect([seen, whole.value]).toEqual([[false], false]);
    vi.advanceTimersToNextFrame();
    expect(whole.value).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(whole.value).toBe(true);
  });

  it('is completed in a tab that is given no frames', async () => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const done = drawFirst(() => undefined);
    await vi.advanceTimersByTimeAsync(300);
    await done;
    expect(useWholePage().value).toBe(true);
    vi.unstubAllGlobals();
  });
});
