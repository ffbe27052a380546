import { computed, watch, type ComputedRef } from 'vue';
import { useQueryText } from '@/composables/useQueryState';
import type { RunDetail } from '@/composables/rebalanceTypes';
import type { Resource } from '@/composables/useResource';
import { isGoingOn, type RunList, useRun } from '@/composables/useRuns';

export interface RunShown {
  id: ComputedRef<number | null>;
  run: Resource<RunDetail>;
  /** The account of the run that the URL names, where it is not the page's. */
  foreign: ComputedRef<number | null>;
}

const numberOf = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/** The run that the URL names; one that goes on is put into it, so that a reload shows the same. */
export function useRunShown(runs: RunList, account: () => number): RunShown {
  const named = useQueryText<string>('run', '');
  const id = computed(() => numberOf(named.value));
  const run = useRun(id);
  watch(() => (id.value === null ? runs.runs.value.find(isGoingOn)?.id : undefined), (going) => {
    if (going !== undefined) named.value = String(going);
  }, { immediate: true });
  return { id, run, foreign: computed(() => (run.data.value && run.data.value.account !== account() ? run.data.value.account : null)) };
}

/** The run whose plan stands beside its fills, by the URL too. */
export function useRunOpened(): { opened: ComputedRef<number | null>; open: (id: number | null) => void } {
  const named = useQueryText<string>('details', '');
  return { opened: computed(() => numberOf(named.value)), open: (id) => void (named.value = id === null ? '' : String(id)) };
}
