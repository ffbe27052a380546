import { computed, type ComputedRef } from 'vue';
import { useNow } from '@/lib/useNow';
import { useLiveStore } from '@/stores/live';
import type { Overview } from './types';

export type Freshness = Overview['freshness'];

/** Stale after 2 refresh intervals, unknown after 10: the server's own limits. */
const STALE_AFTER = 2;
const UNKNOWN_AFTER = 10;

/**
 * How fresh the figures are: what the server said, or worse when nothing has been heard from it since. Only time
 * on this machine's clock is counted, so a clock that differs from the server's cannot make good data look old.
 */
export function useFreshness(overview: () => Overview | null): ComputedRef<Freshness> {
  const live = useLiveStore();
  const now = useNow();
  return computed(() => {
    const body = overview();
    if (!body) return 'unknown';
    const silentS = live.lastGoodAt === null ? 0 : (now.value - live.lastGoodAt) / 1000;
    if (body.freshness === 'unknown' || silentS > UNKNOWN_AFTER * body.sync.interval_s) return 'unknown';
    return body.freshness === 'stale' || silentS > STALE_AFTER * body.sync.interval_s ? 'stale' : 'fresh';
  });
}
