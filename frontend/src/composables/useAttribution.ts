import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Attribution = Answer<'/api/performance/attribution'>;
export type Finding = Attribution['findings'][number];

/** The closing equation of the last `days` days (0: since the first snapshot): what the change of value is made of, and
 *  what nothing explains. */
export function useAttribution(days: MaybeRefOrGetter<number> = 0): Resource<Attribution> {
  const account = useAccountQuery();
  return useResource<Attribution>('/api/performance/attribution', { query: () => ({ days: toValue(days), ...account() }), topics: ['snapshot', 'cashflow', 'alert'] });
}
