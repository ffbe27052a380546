import type { Period } from '@/composables/types';

export type TileState = 'exact' | 'estimated' | 'not_yet' | 'unavailable';

/** Reasons that time alone will cure. */
const TOO_EARLY: ReadonlySet<string> = new Set(['history_too_short', 'needs_two_snapshots', 'no_history']);

/**
 * How a tile reads a period: a figure, an estimated figure, "not yet" where history is too short, or not
 * available for another reason. A period without its figure is never shown as zero.
 */
export function tileState(period: Period | undefined): TileState {
  if (!period) return 'not_yet';
  if (period.twr_percent === null || period.status === 'unavailable') {
    return period.available_from !== null || TOO_EARLY.has(period.reason ?? '') ? 'not_yet' : 'unavailable';
  }
  return period.status;
}
