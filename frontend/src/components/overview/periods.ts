import type { Period } from '@/composables/types';

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
  const wanted = Array.isArray(value) ? (value[0] as unknown) : value;
  return RANGES.find((range) => range.key === wanted)?.key ?? DEFAULT_RANGE;
}

export function daysOf(key: RangeKey): number {
  return RANGES.find((range) => range.key === key)?.days ?? 365;
}

export type TileState = 'exact' | 'estimated' | 'not_yet' | 'unavailable';

/**
 * How a tile reads a period: a figure, an estimated figure, "not yet" where history is too short, or not
 * available for another reason. A period without its figure is never shown as zero.
 */
export function tileState(period: Period | undefined): TileState {
  if (!period || period.twr_percent === null || period.status === 'unavailable') {
    const short = !period || period.available_from !== null || (period.needs_days ?? 0) > (period.has_days ?? 0);
    return short ? 'not_yet' : 'unavailable';
  }
  return period.status === 'estimated' ? 'estimated' : 'exact';
}
