import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Benchmark = Answer<'/api/performance/benchmark'>;
export type Comparison = Answer<'/api/performance/compare'>;
export type Compared = Comparison['accounts'][number];

/** What the same money would have done in the benchmark, and held without a trade, over the last `days` days. */
export function useBenchmark(days: MaybeRefOrGetter<number>): Resource<Benchmark> {
  const account = useAccountQuery();
  return useResource<Benchmark>('/api/performance/benchmark', { query: () => ({ days: toValue(days), ...account() }), topics: ['snapshot', 'cashflow'] });
}

const POINTS = 300;

/** All accounts side by side over the last `days` days; asked for only while `wanted`. */
export function useComparison(days: MaybeRefOrGetter<number>, wanted: () => boolean): Resource<Comparison> {
  return useResource<Comparison>(() => (wanted() ? '/api/performance/compare' : null), { query: () => ({ days: toValue(days), points: POINTS }), topics: ['snapshot', 'cashflow'] });
}
