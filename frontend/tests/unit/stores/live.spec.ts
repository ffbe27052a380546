import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { TOPICS } from '@/lib/topics';
import { useLiveStore } from '@/stores/live';

beforeEach(() => setActivePinia(createPinia()));

describe('live', () => {
  it('counts one revision per topic', () => {
    const live = useLiveStore();
    live.bump(['balances']);
    live.bump(['balances', 'sync']);
    expect([live.revisions.balances, live.revisions.sync, live.revisions.snapshot]).toEqual([2, 1, 0]);
  });
  it('asks for everything again after a break, since events may have been missed', () => {
    const live = useLiveStore();
    live.opened();
    expect(TOPICS.map((topic) => live.revisions[topic])).toEqual(TOPICS.map(() => 0));
    live.broke(1000);
    live.opened();
    expect(TOPICS.map((topic) => live.revisions[topic])).toEqual(TOPICS.map(() => 1));
    expect(live.failures).toBe(0);
  });
  it('says away only when mending failed once and plain requests fail too', () => {
    const live = useLiveStore();
    live.broke(1000);
    live.silent();
    expect(live.away).toBe(false);
    live.broke(3000);
    expect(live.away).toBe(true);
    live.heard(5);
    expect(live.away).toBe(false);
    expect(live.lastGoodAt).toBe(5);
  });
});
