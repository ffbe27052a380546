import type { Monthly, Stats } from './types';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

/** Returns, profit and drawdowns of all windows. */
export function useStats(): Resource<Stats> {
  return useResource<Stats>('/api/performance/stats', { query: useAccountQuery(), topics: ['snapshot', 'cashflow'] });
}

/** Month-end values and net flows of the last `months` months, the running one included. */
export function useMonthly(months: number): Resource<Monthly> {
  const account = useAccountQuery();
  return useResource<Monthly>('/api/performance/monthly', {
    query: () => ({ months, ...account() }),
    topics: ['snapshot', 'cashflow'],
  });
}
