import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { useResource } from '@/composables/useResource';
import type { Health } from '@/composables/useHealth';
import { useLiveStore } from '@/stores/live';
import { inApp } from '../mounting';

interface Call {
  url: URL;
  signal: AbortSignal;
  reply: (body: unknown, status?: number) => void;
  fail: () => void;
}
const calls: Call[] = [];
const call = (index: number): Call => {
  const found = calls[index];
  if (!found) throw new Error(`there was no request ${String(index)}`);
  return found;
};
const stops: (() => void)[] = [];
async function app<T>(use: () => T): Promise<T> {
  const { result, stop } = await inApp(use);
  stops.push(stop);
  await flushPromises();
  return result;
}

beforeEach(() => {
  vi.stubGlobal('fetch', (request: Request) => {
    return new Promise<Response>((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      calls.push({
        url: new URL(request.url),
        signal: request.signal,
        reply: (body, status = 200) => resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })),
        fail: () => reject(new TypeError('network')),
      });
    });
  });
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  calls.length = 0;
  vi.unstubAllGlobals();
});
const health = () => useResource<Health>('/health', { topics: ['sync'] });

describe('a resource', () => {
  it('is loading, then ready', async () => {
    const one = await app(health);
    expect([one.status.value, one.data.value]).toEqual(['loading', null]);
    call(0).reply({ version: '1' });
    await flushPromises();
    expect([one.status.value, one.data.value?.version]).toEqual(['ready', '1']);
  });
  it('asks once for all who show it', async () => {
    const both = await app(() => [health(), health()] as const);
    expect(calls).toHaveLength(1);
    call(0).reply({ version: '1' });
    await flushPromises();
    expect(both.map((one) => one.data.value?.version)).toEqual(['1', '1']);
  });
  it('asks again when a topic of its own changes, and only then', async () => {
    const one = await app(health);
    call(0).reply({ version: '1' });
    await flushPromises();
    useLiveStore().bump(['balances']);
    await flushPromises();
    expect(calls).toHaveLength(1);
    useLiveStore().bump(['sync']);
    await flushPromises();
    expect(calls).toHaveLength(2);
    expect([one.status.value, one.refreshing.value, one.data.value?.version]).toEqual(['ready', true, '1']);
  });
  it('asks once more when a change comes while it is asking', async () => {
    await app(health);
    useLiveStore().bump(['sync']);
    await flushPromises();
    expect(calls).toHaveLength(1);
    call(0).reply({ version: 'old' });
    await flushPromises();
    expect(calls).toHaveLength(2);
  });
  it('keeps the old data when a refresh fails', async () => {
    const one = await app(health);
    call(0).reply({ version: '1' });
    await flushPromises();
    void one.reload();
    await flushPromises();
    call(1).fail();
    await flushPromises();
    expect([one.status.value, one.data.value?.version]).toEqual(['ready', '1']);
    expect(one.error.value).not.toBeNull();
  });
  it('shows the error while there is nothing else, and recovers', async () => {
    const one = await app(health);
    call(0).reply({ detail: 'exchange down', code: 'down' }, 503);
    await flushPromises();
    expect([one.status.value, one.error.value?.status]).toEqual(['error', 503]);
    void one.reload();
    await flushPromises();
    call(1).reply({ version: '2' });
    await flushPromises();
    expect([one.status.value, one.error.value]).toEqual(['ready', null]);
  });
  it('drops the older request when its query changes', async () => {
    const days = ref(7);
    const one = await app(() => useResource<Health>('/health', { query: () => ({ days: days.value }) }));
    days.value = 30;
    await flushPromises();
    expect(call(0).signal.aborted).toBe(true);
    expect(call(1).url.search).toBe('?days=30');
    call(1).reply({ version: '30' });
    await flushPromises();
    expect(one.data.value?.version).toBe('30');
  });
  it('is asked for anew by who comes after the last one has left', async () => {
    const { stop } = await inApp(health);
    await flushPromises();
    stop();
    const later = await app(health);
    call(1).reply({ version: '2' });
    await flushPromises();
    expect(later.data.value?.version).toBe('2');
  });
  it('is not asked for again by who comes while another shows the answer that has just come', async () => {
    const [one, two] = await app(() => {
      const shown = ref(false);
      const later = useResource<Health>(() => (shown.value ? '/health' : null));
      return [health(), { later, show: () => (shown.value = true) }] as const;
    });
    call(0).reply({ version: '1' });
    await flushPromises();
    two.show();
    await flushPromises();
    expect([calls.length, one.data.value?.version, two.later.data.value?.version]).toEqual([1, '1', '1']);
    useLiveStore().bump(['sync']);
    await flushPromises();
    call(1).reply({ version: '2' });
    await flushPromises();
    expect([calls.length, two.later.data.value?.version]).toEqual([2, '2']);
  });
  it('is asked for again by who comes when the last attempt has failed', async () => {
    const shown = ref(false);
    const later = await app(() => {
      health();
      return useResource<Health>(() => (shown.value ? '/health' : null));
    });
    call(0).reply({ version: '1' });
    await flushPromises();
    useLiveStore().bump(['sync']);
    await flushPromises();
    call(1).fail();
    await flushPromises();
    shown.value = true;
    await flushPromises();
    call(2).reply({ version: '3' });
    await flushPromises();
    expect(later.data.value?.version).toBe('3');
  });
  it('is dropped when nobody shows it any more', async () => {
    const { stop } = await inApp(health);
    await flushPromises();
    stop();
    expect(call(0).signal.aborted).toBe(true);
  });
});
