import { computed, type ComputedRef } from 'vue';
import type { Figures, Snapshot } from './types';
import { useResource, type Resource } from './useResource';

type Page = Figures & { readonly items: readonly Snapshot[] };

/** The last snapshot not later than `at`: the value a flow at that instant is measured from. */
export function useSnapshotBefore(
  at: () => Date | null,
  account: () => number | null,
): { snapshot: ComputedRef<Snapshot | null>; resource: Resource<Page> } {
  const resource = useResource<Page>(() => (at() ? '/api/performance/snapshots' : null), {
    query: () => ({ before: at()?.toISOString(), limit: 1, account: account() ?? undefined }),
  });
  return { snapshot: computed(() => resource.data.value?.items[0] ?? null), resource };
}
