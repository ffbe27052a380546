import type { Monthly, Stats } from './types';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

/** Returns, profit and drawdowns of all windows. */
export function useStats(): Resource<Stats> {
  return useResource<Stats>('/api/performance/stats', { query: useFiguresQuery(), topics: ['snapshot', 'cashflow'] });
}

/** Month-end values and net flows of the last `months` months, the running one included. */
export function useMonthly(months: number): Resource<Monthly> {
  const figures = useFiguresQuery();
  return useResource<Monthly>('/api/performance/monthly', {
    query: () => ({ months, ...figures() }),
    topics: ['snapshot', 'cashflow'],
  });
}
