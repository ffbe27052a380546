import type { Overview } from './types';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

/** Total value, today's change, profit, accounts, what needs attention, and the state of the sync. */
export function useOverview(): Resource<Overview> {
  return useResource<Overview>('/api/portfolio/overview', {
    query: useFiguresQuery(),
    topics: ['balances', 'snapshot', 'cashflow', 'sync', 'alert', 'import'],
  });
}
