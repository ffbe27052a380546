import { toValue, type MaybeRefOrGetter } from 'vue';
import type { TwrHistory } from './types';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

/** A point for every two pixels of a wide chart; the server keeps the extremes when it thins. */
export const CHART_POINTS = 500;

/** Chart points of the last `days` days (0: the whole history), returns rebased to their start. */
export function useTwrHistory(days: MaybeRefOrGetter<number>): Resource<TwrHistory> {
  const figures = useFiguresQuery();
  return useResource<TwrHistory>('/api/performance/twr-history', {
    query: () => ({ days: toValue(days), points: CHART_POINTS, ...figures() }),
    topics: ['snapshot', 'cashflow'],
  });
}
