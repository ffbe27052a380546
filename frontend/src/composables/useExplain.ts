import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { readText } from '@/api/client';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

export type Explained = Answer<'/api/performance/explain'>;
export type Piece = Explained['sub_periods'][number];
export type Input = Explained['inputs'][number];

/** Risk figures, in the words of the server. */
export const RISKS = [
  'volatility', 'max_drawdown', 'max_drawdown_hourly', 'sharpe', 'sortino', 'calmar', 'var_95', 'cvar_95', 'best_day', 'worst_day', 'positive_days', 'beta', 'alpha',
  'tracking_error', 'information_ratio', 'win_rate', 'expectancy', 'profit_factor',
] as const;
/** What the same money would have made elsewhere. */
export const SHADOWS = ['benchmark_value', 'benchmark_difference', 'outperformance', 'hold_value', 'hold_difference', 'hold_twr', 'hold_excess'] as const;
/** Parts of the closing equation. */
export const PARTS = ['start_value', 'attribution_flows', 'attribution_prices', 'attribution_income', 'attribution_fees', 'attribution_residual', 'end_value'] as const;
/** Figures of one day, UTC. */
export const OF_DAY = ['day_return', 'day_benchmark_return', 'day_average', 'day_benchmark_average', 'day_close', 'day_benchmark_close'] as const;
const OF_NOW = ['value', 'change_today', 'net_deposits', 'profit', 'realized', 'unrealized'] as const;
/** Figures of the pages whose rows can be shown. */
export const METRICS = ['twr', 'twr_annualized', 'pnl', 'pnl_percent', 'net_flows', 'xirr', 'benchmark_twr', 'excess', 'drawdown', 'fees', 'income', ...SHADOWS, ...PARTS, ...OF_DAY, ...OF_NOW, ...RISKS] as const;
export const OF_POSITIONS = ['position_cost', 'position_average_price', 'position_realized', 'position_unrealized'] as const;
export type RiskMetric = (typeof RISKS)[number];
export type PositionMetric = (typeof OF_POSITIONS)[number];
export type PageMetric = (typeof METRICS)[number];
export type Metric = PageMetric | PositionMetric;
/** Whose figure: a line of the table of risk has two. */
export type Side = 'portfolio' | 'benchmark';

/** A figure of a page: of the range shown, or of a month (2026-10), a year, a day (2026-10-31); which fall, 1 is the deepest. */
export interface Opened {
  readonly metric: PageMetric;
  readonly of?: Side;
  readonly month?: string;
  readonly year?: string;
  readonly date?: string;
  readonly number?: number;
}

export interface Asked extends Omit<Opened, 'metric'> {
  readonly metric: Metric;
  /** Ids of positions, with commas between them, and the method of their costs. */
  readonly position?: string;
  readonly method?: string;
}

const among = (list: readonly string[], metric: Metric): boolean => list.includes(metric);
/** The others are of now, of a day or of a position. */
export const isOfWindow = (metric: Metric): boolean => !among(OF_NOW, metric) && !among(OF_DAY, metric) && !among(OF_POSITIONS, metric);
export const isRisk = (metric: Metric): metric is RiskMetric => among(RISKS, metric);

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
  const figures = useFiguresQuery();
  const query = () => {
    const { of, month, year, ...rest } = toValue(asked);
    const ofRange = isOfWindow(rest.metric) && month === undefined && year === undefined;
    return { ...rest, of: of === 'benchmark' ? of : undefined, month, year, days: ofRange ? toValue(days) : undefined, ...figures() };
  };
  return {
    resource: useResource<Explained>(PATH, { query: () => ({ ...query(), limit: PIECES }), topics: ['snapshot', 'cashflow'] }),
    csv: () => readText(PATH, { query: { ...query(), format: 'csv' } }),
    address: () => `${PATH}?${new URLSearchParams(Object.entries(query()).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()}`,
  };
}
