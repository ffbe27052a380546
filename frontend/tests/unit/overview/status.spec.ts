import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import StatusPanel from '@/components/overview/StatusPanel.vue';
import type { Streams } from '@/composables/types';
import { show } from '../mounting';
import { overview, ready } from './builders';

// The moment of the built answers: how long ago something was hangs on the clock.
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T13:00:09Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function shown(streams: Partial<Streams>): Promise<string> {
  const page = overview();
  const sync = { ...page.sync, streams: { ...page.sync.streams, ...streams } };
  return (await show(StatusPanel, { props: { overview: ready({ ...page, sync }) } })).text();
}

describe('where prices come from', () => {
  it('says that they stream', async () => {
    expect(await shown({ state: 'live' })).toMatch(/Prices9\ss ago streamSync/);
  });

  it('says that the stream is interrupted', async () => {
    expect(await shown({ state: 'reconnecting', detail: 'The connection was cut' })).toContain('stream interrupted');
  });

  it('says nothing of streams where there are none', async () => {
    expect(await shown({ state: 'off' })).not.toContain('stream');
  });
});
