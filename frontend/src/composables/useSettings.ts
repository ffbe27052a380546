// What is set for this installation: the same on every device.
import type { Answer } from '@/api/answers';
import { replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import { useResource, type Resource } from './useResource';

const PATH = '/api/settings';

/** Which coins lists leave out. They stay in every sum. */
export interface HidingRule {
  /** In the server's own currency; "0" hides none. */
  readonly minimum_usd: string;
  readonly unpriced: boolean;
  readonly assets: readonly string[];
}

export interface Settings {
  readonly reporting_currency: string;
  readonly hidden_coins: HidingRule;
  readonly risk: { readonly risk_free_rate_percent: number };
  /** null: each device's own zone. */
  readonly display: { readonly time_zone: string | null };
}

export function useSettings(): Resource<Settings> {
  return useResource<Settings>(PATH);
}

/** Put a rule in the place of the one there is; balances are asked for again. */
export function useHidingRule(): (rule: HidingRule) => Promise<void> {
  const live = useLiveStore();
  return async (rule) => {
    await replace(PATH, { hidden_coins: rule });
    live.bump(['balances']);
  };
}

/** Set the yearly rate that risk is measured above, in percent; figures of risk are asked for again. */
export function useRiskFreeRate(): (percent: number) => Promise<void> {
  const live = useLiveStore();
  return async (percent) => {
    await replace(PATH, { risk: { risk_free_rate_percent: percent } });
    live.bump(['snapshot']);
  };
}

/** Choose the zone that times are shown in and whose midnight starts "today"; null: each device's own. Balances are asked for again. */
export function useTimeZone(): (zone: string | null) => Promise<void> {
  const live = useLiveStore();
  return async (zone) => {
    await replace(PATH, { display: { time_zone: zone } });
    live.bump(['balances']);
  };
}

const BENCHMARK = '/api/settings/benchmark';
export type BenchmarkSettings = Answer<typeof BENCHMARK>;
/** What of it is set; the rest is told. */
export type BenchmarkPlan = Omit<BenchmarkSettings, 'recomputing'>;

export function useBenchmarkSettings(): Resource<BenchmarkSettings> {
  return useResource<BenchmarkSettings>(BENCHMARK, { topics: ['snapshot'] });
}

/** Put a benchmark in the place of the one there is; every figure beside one is asked for again. */
export function useBenchmarkPlan(): (plan: BenchmarkPlan) => Promise<void> {
  const live = useLiveStore();
  return async (plan) => {
    await replace(BENCHMARK, plan);
    live.bump(['snapshot']);
  };
}
