import type { Composer } from 'vue-i18n';
import type { Period } from '@/composables/types';
import type { Format } from '@/lib/format';
import { reasonText } from '@/lib/reasons';
import type { Missing } from '@/lib/states';

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

/** How its missing figures look. */
export const missingIn = (state: TileState): Missing => (state === 'not_yet' ? 'not-yet' : 'not-applicable');

/** Why a figure of a period is missing or estimated: the return's own reason, or that of another figure; `page` has words
 *  of its own for some reasons. */
export function periodNote(i18n: Pick<Composer, 't' | 'te'>, f: Format, period: Period | undefined, page?: string, reason = period?.reason ?? null): string {
  if (period && reason === 'history_too_short') return i18n.t('overview.needsDays', { needs: f.number(period.needs_days), has: f.number(period.has_days) });
  return reasonText(i18n, reason, page);
}
