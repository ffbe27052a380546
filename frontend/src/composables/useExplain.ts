import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { readText } from '@/api/client';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Explained = Answer<'/api/performance/explain'>;
export type Piece = Explained['sub_periods'][number];
export type Input = Explained['inputs'][number];

/** Figures whose rows can be shown, in the words of the server. */
export const METRICS = ['twr', 'twr_annualized', 'pnl', 'xirr', 'benchmark_twr', 'excess', 'realized', 'unrealized', 'profit'] as const;
export type Metric = (typeof METRICS)[number];

/** Figures of a window; the others are of now. */
const OF_WINDOW: ReadonlySet<Metric> = new Set(['twr', 'twr_annualized', 'pnl', 'xirr', 'benchmark_twr', 'excess']);
export const isOfWindow = (metric: Metric): boolean => OF_WINDOW.has(metric);

const PATH = '/api/performance/explain';
const PIECES = 100;

export interface Explanation {
  readonly resource: Resource<Explained>;
  /** Every row as the server writes it into a file. */
  readonly csv: () => Promise<string>;
  /** Where another program gets the same. */
  readonly address: () => string;
}

/** Where a figure comes from: formula, linked pieces, rows. */
export function useExplain(metric: MaybeRefOrGetter<Metric>, days: MaybeRefOrGetter<number>): Explanation {
  const account = useAccountQuery();
  const query = () => ({ metric: toValue(metric), days: isOfWindow(toValue(metric)) ? toValue(days) : undefined, ...account() });
  return {
    resource: useResource<Explained>(PATH, { query: () => ({ ...query(), limit: PIECES }), topics: ['snapshot', 'cashflow'] }),
    csv: () => readText(PATH, { query: { ...query(), format: 'csv' } }),
    address: () => `${PATH}?${new URLSearchParams(Object.entries(query()).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()}`,
  };
}
