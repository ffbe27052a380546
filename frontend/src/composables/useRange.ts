import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** Ranges of the tiles in their order; `days` 0 is the whole history. Keys are those of /performance/stats. */
export const RANGES = [
  { key: '7d', days: 7 },
  { key: '14d', days: 14 },
  { key: '30d', days: 30 },
  { key: '60d', days: 60 },
  { key: '90d', days: 90 },
  { key: '180d', days: 180 },
  { key: '1y', days: 365 },
  { key: '2y', days: 730 },
  { key: 'total', days: 0 },
] as const;

export type RangeKey = (typeof RANGES)[number]['key'];

export const DEFAULT_RANGE: RangeKey = '1y';

/** The range a URL asks for; anything unknown falls back to the default. */
export function rangeFromQuery(value: unknown): RangeKey {
  const wanted: unknown = Array.isArray(value) ? value[0] : value;
  return RANGES.find((range) => range.key === wanted)?.key ?? DEFAULT_RANGE;
}

export function daysOf(key: RangeKey): number {
  return RANGES.find((range) => range.key === key)?.days ?? 365;
}

/** The chosen range, kept in the URL so that a link shows the same page. */
export function useRange(): WritableComputedRef<RangeKey> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => rangeFromQuery(route.query.range),
    set: (range) => void router.replace({ query: { ...route.query, range } }),
  });
}
