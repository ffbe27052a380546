// What sidebar, top bar, status line and strips share: the overview's sync part, and actions on the page.
import { computed, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { create } from '@/api/client';
import { ApiError } from '@/api/problem';
import { useFormat } from '@/lib/useFormat';
import { useNow } from '@/lib/useNow';
import { useLiveStore } from '@/stores/live';
import { useToastStore } from '@/stores/toasts';
import type { Overview } from './types';
import { useClocks } from './useClocks';
import { useOverview } from './useOverview';

export interface SyncWords {
  state: 'ok' | 'warn' | 'bad' | 'idle';
  /** "9 s ago", or null before the first sync. */
  ago: string | null;
  text: string;
}

export interface FrameState {
  overview: ComputedRef<Overview | null>;
  synced: ComputedRef<SyncWords>;
  /** Seconds behind schedule, null before the first sync. */
  lagS: ComputedRef<number | null>;
  now: Readonly<Ref<number>>;
  exchangeNow: ComputedRef<number>;
}

const STATE_OF = { fresh: 'ok', stale: 'warn', unknown: 'bad' } as const;

export function useFrame(): FrameState {
  const { t } = useI18n();
  const f = useFormat();
  const live = useLiveStore();
  const { data } = useOverview();
  const now = useNow();
  const { exchangeNow } = useClocks(() => data.value);
  const synced = computed<SyncWords>(() => {
    const at = data.value?.sync.refreshed_at;
    if (live.away) return { state: 'bad', ago: null, text: t('frame.status.away') };
    if (!data.value || !at) return { state: 'idle', ago: null, text: t('frame.status.neverSynced') };
    const ago = f.ago(at, now.value);
    return { state: STATE_OF[data.value.freshness], ago, text: t('frame.status.synced', { ago }) };
  });
  const lagS = computed(() => {
    const sync = data.value?.sync;
    return sync?.refreshed_at ? Math.max(0, (now.value - Date.parse(sync.refreshed_at)) / 1000 - sync.interval_s) : null;
  });
  return { overview: data, synced, lagS, now, exchangeNow };
}

/** Ask the server to refresh the balances; the figures follow by event. */
export function useRefresh(): () => Promise<void> {
  const { t } = useI18n();
  const toasts = useToastStore();
  return async () => {
    try {
      await create('/api/portfolio/refresh', undefined);
      toasts.push(t('frame.refreshStarted'));
    } catch (error) {
      toasts.push(error instanceof ApiError ? error.message : t('frame.refreshFailed'), { tone: 'bad' });
    }
  };
}
