import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLive } from '@/composables/useLive';
import type { Health } from '@/composables/useHealth';
import { useResource } from '@/composables/useResource';
import { afterFirstScreen, drawFirst, useWholePage } from '@/lib/wholePage';
import { inApp } from '../mounting';

describe('the first screen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is drawn alone, and the rest of the page is fetched behind its first frame', async () => {
    const whole = useWholePage();
    expect(whole.value).toBe(true); // a page of which nothing is drawn ahead is built at once
    const seen: string[] = [];
    let arrive: () => void = () => undefined;
    const done = drawFirst(
      () => seen.push(`drawn ${whole.value}`),
      () => new Promise<void>((there) => (arrive = () => there(void seen.push('rest')))),
    );
    expect([seen, whole.value]).toEqual([['drawn false'], false]);
    vi.advanceTimersToNextFrame();
    expect(whole.value).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(whole.value).toBe(false); // its file is on its way
    arrive();
    await done;
    expect([seen, whole.value]).toEqual([['drawn false', 'rest'], true]);
  });

  it('is completed in a tab that is given no frames, and where the rest cannot be fetched', async () => {
    vi.stubGlobal('requestAnimationFrame', () => 0);
    const done = drawFirst(() => undefined, () => Promise.reject(new Error('gone')));
    await vi.advanceTimersByTimeAsync(300);
    await done;
    expect(useWholePage().value).toBe(true);
  });

  it('holds back all requests but its own, and the event stream', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(new URL(request.url).pathname);
      return Promise.resolve(new Response('{}'));
    });
    vi.stubGlobal('EventSource', class {
      readonly addEventListener = vi.fn();
      readonly close = vi.fn();
      constructor(url: string) {
        asked.push(url);
      }
    });
    const done = drawFirst(() => undefined, () => Promise.resolve());
    const { stop } = await inApp(() => [useLive(), useResource<Health>('/health')]);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    await done;
    await afterFirstScreen();
    await vi.advanceTimersByTimeAsync(0);
    await flushPromises();
    expect(asked.sort()).toEqual(['/api/events', '/health']);
    stop();
  });
});
