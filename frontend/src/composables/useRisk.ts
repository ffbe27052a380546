import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Risk = Answer<'/api/performance/risk'>;
export type Drawdowns = Answer<'/api/performance/drawdowns'>;
export type Fall = Drawdowns['items'][number];

/** Risk figures of the last `days` days (0: total), each beside the benchmark's. */
export function useRisk(days: MaybeRefOrGetter<number>): Resource<Risk> {
  const account = useAccountQuery();
  return useResource<Risk>('/api/performance/risk', { query: () => ({ days: toValue(days), ...account() }), topics: ['snapshot', 'cashflow', 'positions'] });
}

/** The deepest falls from a peak, deepest first. */
export function useDrawdowns(days: MaybeRefOrGetter<number>): Resource<Drawdowns> {
  const account = useAccountQuery();
  return useResource<Drawdowns>('/api/performance/drawdowns', { query: () => ({ days: toValue(days), ...account() }), topics: ['snapshot', 'cashflow'] });
}
