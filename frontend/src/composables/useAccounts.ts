// All accounts of the environment, whichever is chosen: the switcher must lead from any to any.
import { computed, type ComputedRef } from 'vue';
import { useSessionStore } from '@/stores/session';
import type { AccountShare, Overview } from './types';
import { useOverview } from './useOverview';
import { useResource } from './useResource';

export interface Accounts {
  accounts: ComputedRef<readonly AccountShare[]>;
  choose: (id: number | null) => void;
}

/**
 * Sorted by name. One of which nothing was told yet is in no sum, and listed while it is chosen. While all accounts are
 * shown this is the page's own overview: one request serves both. A page that is of some accounts only leaves out the others.
 */
export function useAccounts(): Accounts {
  const session = useSessionStore();
  const { data } = useResource<Overview>('/api/portfolio/overview');
  const { data: own } = useOverview();
  const found = computed(() => [...new Map([...(data.value?.accounts ?? []), ...(own.value?.accounts ?? [])].map((one) => [one.id, one])).values()]);
  return {
    accounts: computed(() => found.value.filter(({ id }) => session.offered?.includes(id) !== false || id === session.account).sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))),
    choose: session.choose,
  };
}
