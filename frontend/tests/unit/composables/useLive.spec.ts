import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVENTS_PATH, LAST_RETRY_MS, RELEASE_MS, retryDelay, useLive } from '@/composables/useLive';
import { useLiveStore } from '@/stores/live';
import { inApp } from '../mounting';

class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
}
const newest = (): FakeSource => {
  const source = FakeSource.all.at(-1);
  if (!source) throw new Error('no stream was opened');
  return source;
};
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the event stream', () => {
  it('is one, and each event counts for its topic', async () => {
    ({ stop } = await inApp(useLive));
    newest().onopen?.();
    newest().dispatchEvent(new MessageEvent('balances', { data: '{"id":1}' }));
    const live = useLiveStore();
    expect([FakeSource.all.length, newest().url, live.connection]).toEqual([1, EVENTS_PATH, 'open']);
    expect([live.revisions.balances, live.revisions.snapshot]).toEqual([1, 0]);
  });
  it('asks for nothing by itself while it flows', async () => {
    ({ stop } = await inApp(useLive));
    newest().onopen?.();
    vi.advanceTimersByTime(3_600_000);
    expect(useLiveStore().revisions.balances).toBe(0);
    expect(FakeSource.all).toHaveLength(1);
  });
  it('is opened again after a wait that grows, with one poll at each attempt', async () => {
    ({ stop } = await inApp(useLive));
    const live = useLiveStore();
    newest().onopen?.();
    newest().onerror?.();
    expect([live.connection, FakeSource.all.length]).toEqual(['broken', 1]);
    vi.advanceTimersByTime(1000);
    expect([FakeSource.all.length, live.revisions.balances]).toEqual([2, 1]);
    newest().onerror?.();
    vi.advanceTimersByTime(1999);
    expect(FakeSource.all).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(FakeSource.all).toHaveLength(3);
  });
  it('mended, it polls no longer and asks for everything once', async () => {
    ({ stop } = await inApp(useLive));
    const live = useLiveStore();
    newest().onerror?.();
    vi.advanceTimersByTime(1000);
    newest().onopen?.();
    const after = live.revisions.balances;
    vi.advanceTimersByTime(3_600_000);
    expect([live.connection, live.revisions.balances - after]).toEqual(['open', 0]);
    expect(after).toBe(2);
  });
  it('tries at once when told to', async () => {
    const { result, stop: end } = await inApp(useLive);
    stop = end;
    newest().onerror?.();
    result.tryNow();
    expect(FakeSource.all).toHaveLength(2);
    vi.advanceTimersByTime(LAST_RETRY_MS);
    expect(FakeSource.all).toHaveLength(2);
  });
  it('is given back by a tab that nobody looks at, and opened again with fresh data when it is seen', async () => {
    ({ stop } = await inApp(useLive));
    newest().onopen?.();
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(RELEASE_MS - 1);
    expect(newest().closed).toBe(false);
    vi.advanceTimersByTime(1);
    expect([newest().closed, useLiveStore().revisions.balances]).toEqual([true, 0]);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    expect([FakeSource.all.length, useLiveStore().revisions.balances]).toEqual([2, 1]);
  });
  it('stays open when the tab is left for a moment only', async () => {
    ({ stop } = await inApp(useLive));
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(RELEASE_MS);
    expect([FakeSource.all.length, newest().closed]).toEqual([1, false]);
  });
  it('closes with the page', async () => {
    const { stop: end } = await inApp(useLive);
    stop = end;
    end();
    expect(newest().closed).toBe(true);
    stop = () => undefined;
  });
});

it('waits 1, 2, 4 s and so on, 30 s at most', () => {
  expect([1, 2, 3, 5, 6, 40].map(retryDelay)).toEqual([1000, 2000, 4000, 16000, 30000, 30000]);
});
