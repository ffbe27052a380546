import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useFormat } from '@/lib/useFormat';
import { useNow } from '@/lib/useNow';
import type { Overview } from './types';
import { useFreshness } from './useFreshness';

export interface ValueMarks {
  /** How old the value is, in words; null while it is fresh, or where nothing was read yet. */
  readonly age: ComputedRef<string | null>;
  /** Whether it is so old that it is shown grey. */
  readonly grey: ComputedRef<boolean>;
  /** "2 of 3 accounts"; null when all of them are in it. */
  readonly partial: ComputedRef<string | null>;
}

/** What has to be said beside the total value, and beside every figure made of it. */
export function useValueMarks(overview: () => Overview | null): ValueMarks {
  const { t } = useI18n();
  const f = useFormat();
  const now = useNow();
  const freshness = useFreshness(overview);
  const refreshed = computed(() => overview()?.refreshed_at ?? null);
  return {
    age: computed(() => {
      if (refreshed.value === null || freshness.value === 'fresh') return null;
      return t('states.old', { age: f.duration(Math.max(0, (now.value - Date.parse(refreshed.value)) / 1000)) });
    }),
    grey: computed(() => refreshed.value !== null && freshness.value === 'unknown'),
    partial: computed(() => {
      const sync = overview()?.sync;
      return sync && sync.accounts_total > 1 && sync.accounts_ok < sync.accounts_total ? t('overview.partial', { ok: sync.accounts_ok, total: sync.accounts_total }) : null;
    }),
  };
}
