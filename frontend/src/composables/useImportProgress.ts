// How far the exchange's history has been read, and the switch that lets it rest.
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import type { Answer } from '@/api/answers';
import { create } from '@/api/client';
import { toFailure } from '@/api/problem';
import { useLiveStore } from '@/stores/live';
import { useAccountQuery } from './useAccountQuery';
import { useResource } from './useResource';

type Progress = Answer<'/api/imports/progress'>;

/** The imports of all accounts shown that are not through, as one. */
export interface Importing {
  readonly state: 'waiting' | 'running' | 'paused' | 'computing';
  /** Steps of what is read now, 0 of 0 before the first; while the past is computed, months of it. */
  readonly done: number;
  readonly total: number;
  readonly symbolsLeft: number;
  readonly windowsLeft: number;
  /** Accounts are read side by side: the slowest counts. null: no forecast yet. */
  readonly secondsLeft: number | null;
  readonly accounts: number;
}

export function importingOf(items: Progress['items']): Importing | null {
  const open = items.filter(({ state }) => state !== 'complete');
  if (!open.length) return null;
  const running = open.filter(({ state }) => state === 'running');
  const computing = open.filter(({ state }) => state === 'computing');
  // Months and steps do not add up: what is computed is told once nothing is read.
  const shown = computing.length && computing.length < open.length ? open.filter(({ state }) => state !== 'computing') : open;
  const add = (of: (item: Progress['items'][number]) => number): number => shown.reduce((sum, item) => sum + of(item), 0);
  const forecasts = running.map((item) => item.seconds_left).filter((seconds) => seconds !== null);
  return {
    state: running.length ? 'running' : shown.every(({ state }) => state === 'computing') ? 'computing' : shown.some(({ state }) => state === 'paused') ? 'paused' : 'waiting',
    done: add((item) => item.done), total: add((item) => item.total),
    symbolsLeft: add((item) => item.symbols_left), windowsLeft: add((item) => item.windows_left),
    secondsLeft: forecasts.length ? Math.max(...forecasts) : null, accounts: shown.length,
  };
}

export interface ImportProgress {
  importing: ComputedRef<Importing | null>;
  busy: Readonly<Ref<boolean>>;
  failure: Readonly<Ref<string | null>>;
  /** Stop at the next question, or go on there. */
  pause: (rest: boolean) => Promise<void>;
}

export function useImportProgress(): ImportProgress {
  const account = useAccountQuery();
  const live = useLiveStore();
  const { data } = useResource<Progress>('/api/imports/progress', { query: account, topics: ['import', 'sync'] });
  const busy = ref(false);
  const failure = ref<string | null>(null);

  async function pause(rest: boolean): Promise<void> {
    busy.value = true;
    failure.value = null;
    try {
      await create(rest ? '/api/imports/pause' : '/api/imports/resume', undefined, { query: account() });
      live.bump(['import']);
    } catch (error) {
      failure.value = toFailure(error).message;
    } finally {
      busy.value = false;
    }
  }
  return { importing: computed(() => importingOf(data.value?.items ?? [])), busy, failure, pause };
}
