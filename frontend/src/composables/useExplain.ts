import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { readText } from '@/api/client';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Explained = Answer<'/api/performance/explain'>;
export type Piece = Explained['sub_periods'][number];
export type Input = Explained['inputs'][number];

/** Risk figures, in the words of the server. */
export const RISKS = [
  'volatility', 'max_drawdown', 'max_drawdown_hourly', 'sharpe', 'sortino', 'calmar', 'var_95', 'cvar_95', 'best_day', 'worst_day', 'positive_days', 'beta', 'alpha',
  'tracking_error', 'information_ratio', 'win_rate', 'expectancy', 'profit_factor',
] as const;
/** Figures of the page Performance whose rows can be shown. */
export const METRICS = ['twr', 'twr_annualized', 'pnl', 'xirr', 'benchmark_twr', 'excess', 'realized', 'unrealized', 'profit', ...RISKS] as const;
export const OF_POSITIONS = ['position_cost', 'position_average_price', 'position_realized', 'position_unrealized'] as const;
export type RiskMetric = (typeof RISKS)[number];
export type PositionMetric = (typeof OF_POSITIONS)[number];
export type Metric = (typeof METRICS)[number] | PositionMetric;
export type PageMetric = (typeof METRICS)[number];
/** Whose figure: a line of the table of risk has two. */
export type Side = 'portfolio' | 'benchmark';

export interface Asked {
  readonly metric: Metric;
  readonly of?: Side;
  /** Ids of positions, with commas between them, and the method of their costs. */
  readonly position?: string;
  readonly method?: string;
}

/** Figures of a window; the others are of now. */
const OF_WINDOW: ReadonlySet<Metric> = new Set<Metric>(['twr', 'twr_annualized', 'pnl', 'xirr', 'benchmark_twr', 'excess', ...RISKS]);
export const isOfWindow = (metric: Metric): boolean => OF_WINDOW.has(metric);
export const isRisk = (metric: Metric): metric is RiskMetric => (RISKS as readonly string[]).includes(metric);
export const isOfPositions = (metric: Metric): metric is PositionMetric => (OF_POSITIONS as readonly string[]).includes(metric);

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
export function useExplain(asked: MaybeRefOrGetter<Asked>, days: MaybeRefOrGetter<number>): Explanation {
  const account = useAccountQuery();
  const query = () => {
    const { metric, of, position, method } = toValue(asked);
    return { metric, of: of === 'benchmark' ? of : undefined, position, method, days: isOfWindow(metric) ? toValue(days) : undefined, ...account() };
  };
  return {
    resource: useResource<Explained>(PATH, { query: () => ({ ...query(), limit: PIECES }), topics: ['snapshot', 'cashflow'] }),
    csv: () => readText(PATH, { query: { ...query(), format: 'csv' } }),
    address: () => `${PATH}?${new URLSearchParams(Object.entries(query()).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()}`,
  };
}
