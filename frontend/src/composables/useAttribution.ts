import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Attribution = Answer<'/api/performance/attribution'>;
export type Finding = Attribution['findings'][number];

/** The closing equation since the first snapshot: what the change of value is made of, and what nothing explains. */
export function useAttribution(): Resource<Attribution> {
  const account = useAccountQuery();
  return useResource<Attribution>('/api/performance/attribution', { query: () => ({ days: 0, ...account() }), topics: ['snapshot', 'cashflow', 'alert'] });
}
