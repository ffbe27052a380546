// Rules tried on prices of the past: worked on by the server, asked for again while it works.
import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue';
import type { Answer, PathOf } from '@/api/answers';
import { create, remove } from '@/api/client';
import { useResource, type Resource } from './useResource';

export type Backtest = Answer<'/api/rebalancing/backtest/{job_id}'>;
export type BacktestList = Answer<'/api/rebalancing/backtests'>;
export type BacktestResult = Backtest['results'][number];
export type Rule = BacktestResult['strategy'];
export type HeatMap = NonNullable<Backtest['heat_map']>;

const PATH = '/api/rebalancing/backtest';
const EVERY_MS = 700;

export const isWorking = (one: Pick<Backtest, 'state'>): boolean => ['queued', 'prices', 'computing'].includes(one.state);

export function useBacktests(): Resource<BacktestList> {
  return useResource<BacktestList>('/api/rebalancing/backtests', { query: { limit: 10 } });
}

/** One backtest; while it is worked on it is asked for again, since no event tells of single results. */
export function useBacktest(id: MaybeRefOrGetter<number | null>): Resource<Backtest> {
  // The document knows the path with a name in the place of the number.
  const resource = useResource<Backtest>(() => (toValue(id) === null ? null : (`${PATH}/${String(toValue(id))}` as PathOf<Backtest>)));
  let timer: ReturnType<typeof setInterval> | undefined;
  // By the clock and not by the answers: one that is as the last changes nothing here.
  watch(() => resource.data.value !== null && isWorking(resource.data.value), (works) => {
    clearInterval(timer);
    if (works) timer = setInterval(() => void resource.reload(), EVERY_MS);
  }, { immediate: true });
  onScopeDispose(() => clearInterval(timer));
  return resource;
}

export interface BacktestAsk {
  readonly allocations: Readonly<Record<string, number>>;
  readonly strategies: readonly Partial<Rule>[];
  readonly heat_map: boolean;
  readonly from: string;
  readonly to: string;
  readonly interval: '1h' | '4h' | '1d';
  /** One of the two: a sum, or what an account was worth, with its own deposits and withdrawals. */
  readonly start_value_usd?: string;
  readonly account?: number;
  readonly fee_percent: number;
  readonly bnb_discount: boolean;
  readonly spread_percent: number;
  readonly min_trade_usd?: string;
  readonly min_trade_percent?: number;
  readonly max_turnover_percent?: number | null;
  readonly cooldown_hours?: number;
  readonly settle_minutes?: number;
}

export interface BacktestWrites {
  start: (ask: BacktestAsk) => Promise<number>;
  cancel: (id: number) => Promise<void>;
}

export function useBacktestWrites(): BacktestWrites {
  return {
    start: async (ask) => (await create<{ job_id: number }>(PATH, ask)).job_id,
    cancel: async (id) => void (await remove(`${PATH}/{job_id}`, { path: { job_id: id } })),
  };
}
