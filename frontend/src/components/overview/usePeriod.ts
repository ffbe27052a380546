import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Period, Stats, TwrHistory } from '@/composables/types';
import type { RangeKey } from '@/composables/useRange';
import type { Resource } from '@/composables/useResource';
import type { Missing, PanelStatus } from '@/lib/states';
import { useFormat } from '@/lib/useFormat';
import { missingIn, periodNote, type TileState, tileState } from './periods';

export interface ShownPeriod {
  readonly period: ComputedRef<Period | undefined>;
  readonly state: ComputedRef<TileState>;
  /** How its missing figures look. */
  readonly missing: ComputedRef<Missing>;
  /** What it needs, or why it is estimated. */
  readonly why: ComputedRef<string>;
  /** The same of a figure with a reason of its own. */
  readonly whyOf: (reason: string | null | undefined) => string;
}

/** The figures of a range and what is to be said of them; `page` has words of its own for some reasons. */
export function usePeriod(stats: () => Resource<Stats>, range: () => RangeKey, page?: string): ShownPeriod {
  const i18n = useI18n();
  const f = useFormat();
  const period = computed(() => stats().data.value?.periods[range()]);
  const state = computed(() => tileState(period.value));
  const whyOf = (reason: string | null | undefined): string => periodNote(i18n, f, period.value, page, reason ?? null);
  return { period, state, missing: computed(() => missingIn(state.value)), why: computed(() => whyOf(period.value?.reason)), whyOf };
}

/** What a chart of a history says of it: whether there is anything to draw, that it is shorter than the range, and up to
 *  when nobody saw it happen. */
export function useHistoryNotes(history: () => Resource<TwrHistory>, period: ComputedRef<Period | undefined>) {
  const i18n = useI18n();
  const f = useFormat();
  const data = computed(() => history().data.value);
  const status = computed<PanelStatus>(() => {
    if (history().status.value !== 'ready') return history().status.value;
    return (data.value?.series.length ?? 0) < 2 ? 'empty' : 'ready';
  });
  const short = computed(() => (period.value?.reason === 'history_too_short' ? periodNote(i18n, f, period.value) : null));
  const replayed = computed(() => {
    const until = data.value?.replayed_until;
    const first = data.value?.series[0];
    return until && first && first.t < until ? i18n.t('overview.replayedNote', { date: f.date(until) }) : null;
  });
  return { status, short, replayed };
}
