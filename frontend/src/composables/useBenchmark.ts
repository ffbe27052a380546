import { computed, toValue, type MaybeRefOrGetter, type WritableComputedRef } from 'vue';
import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useQueryText } from './useQueryState';
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
/** As many accounts as one answer compares. */
export const MOST_COMPARED = 10;

/** Accounts side by side over the last `days` days, without `accounts` those worth most; asked for only while `wanted`. */
export function useComparison(days: MaybeRefOrGetter<number>, wanted: () => boolean, accounts: MaybeRefOrGetter<readonly number[]>): Resource<Comparison> {
  return useResource<Comparison>(() => (wanted() ? '/api/performance/compare' : null), { query: () => ({ days: toValue(days), points: POINTS, accounts: toValue(accounts).join() || undefined }), topics: ['snapshot', 'cashflow'] });
}

/** The accounts that the URL asks to compare, of those that there are. */
export function useCompared(known: () => readonly { readonly id: number }[]): WritableComputedRef<readonly number[]> {
  const text = useQueryText<string>('compare', '');
  return computed({
    get: () => {
      const ids = new Set(known().map(({ id }) => id));
      return [...new Set(text.value.split(',').map(Number))].filter((id) => ids.has(id)).slice(0, MOST_COMPARED);
    },
    set: (ids) => (text.value = ids.join()),
  });
}
