import type { Answer } from '@/api/answers';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

export type Daily = Answer<'/api/performance/daily'>;
export type Day = Daily['items'][number];
export type Latest = NonNullable<Daily['latest']>;

/** As many days as the table has rows. */
export const DAYS = 30;

/** What each of the last days was worth beside the benchmark, how both stand now, and how they stood in the last 24 hours. */
export function useDaily(): Resource<Daily> {
  const figures = useFiguresQuery();
  return useResource<Daily>('/api/performance/daily', { query: () => ({ days: DAYS, ...figures() }), topics: ['snapshot', 'cashflow'] });
}
