import { vi } from 'vitest';
import { computed, ref, shallowRef } from 'vue';
import type { AccountItem } from '@/composables/useAccountList';
import type { Planning } from '@/composables/usePlan';
import type { Allocation, Leg, Plan, PlanLine, RebalancingSettings, Run, RunDetail } from '@/composables/rebalanceTypes';
import type { RunList } from '@/composables/useRuns';
import type { Scores } from '@/composables/useScores';
import { ready } from '../overview/builders';

export function settings(over: Partial<RebalancingSettings> = {}): RebalancingSettings {
  return {
    environment: 'demo', account: 1, own: false, dry_run: true, strategy: 'manual', interval_hours: 24, threshold_percent: 5, cooldown_hours: 6, settle_minutes: 30, mode: 'full',
    base_asset: 'USDT', max_rank: null, coin_ids: {}, only_held: false, sell_untargeted: false, excluded: [], protected: {}, min_trade_usd: '0', min_trade_percent: 0.5, max_turnover_percent: null,
    limits: { per_trade_usd: null, per_run_usd: null, per_day_usd: null, max_share_percent: null, symbols: null, max_slippage_percent: 0.5 }, rank_filter: 'off', plan_valid_seconds: 60, ...over,
  };
}

export function allocation(over: Partial<Allocation> = {}): Allocation {
  return {
    as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', stale: false, account: 1, own: true, allocations: { BTC: 60, USDT: 40 }, total_value_usd: '1000',
    untargeted_percent: 0, threshold_percent: 5, outside: 1, status: 'exact', reason: null, items: [], ...over,
  };
}

export function line(over: Partial<PlanLine> = {}): PlanLine {
  return {
    n: 1, action: 'SELL', asset: 'BTC', against: 'USDT', route: [{ symbol: 'BTCUSDT', side: 'SELL', quantity: '0.025747', price: '97412.50', notional: '2508.10', fee_usd: '2.51', fee_in_bnb: false }],
    quantity: '0.025747', est_price: '97412.50', notional_usd: '2508.10', fee_usd: '2.51', spread_usd: '0.10', realized_pnl_usd: '120.00', realized_pnl_reason: null, wished_usd: '2509',
    weight_before: 0.4175, target: 0.4, weight_after: 0.4, reason: null, reason_params: {}, ...over,
  };
}
export const skipped = (over: Partial<PlanLine> = {}): PlanLine =>
  line({ n: 2, action: 'SKIP', asset: 'FET', against: null, route: [], quantity: null, est_price: null, notional_usd: null, fee_usd: null, spread_usd: null, realized_pnl_usd: null, reason: 'below_minimum', reason_params: { value: '118.4', minimum: '150', drift_points: '0.08' }, weight_before: 0.0008, target: 0, weight_after: 0.0008, ...over });

export function plan(over: Partial<Plan> = {}): Plan {
  return {
    plan_id: 'a41f0000-1', hash: 'f'.repeat(64), created_at: '2026-11-20T13:00:00Z', expires_at: '2026-11-20T13:01:00Z', expired: false, environment: 'testnet', account: 1, account_name: 'main-spot',
    reporting_currency: 'USDT', as_of: '2026-11-20T13:00:00Z', prices_at: '2026-11-20T12:59:58Z', executable: true, executed: false, blocked: [], mode: 'full', amount_usd: null, base_asset: 'USDT',
    allocations: { BTC: 60, USDT: 40 }, lines: [line(), skipped()],
    totals: { sells: '2508.10', buys: '0', orders: 1, fees_usd: '2.51', spread_usd: '0.10', realized_pnl_usd: '120', turnover_percent: 4.04, max_drift_after: 0.0008, portfolio_usd: '100000', minimum_usd: '150' },
    not_tradable: [], rank_filter: { state: 'off', max_rank: null, as_of: null, ambiguous: [] }, ...over,
  };
}

export function planning(one: Plan | null = plan(), over: { ageS?: number; old?: boolean; failure?: unknown; lost?: unknown } = {}): Planning {
  return {
    plan: computed(() => one), foreign: computed(() => null), lost: shallowRef(over.lost ?? null), find: vi.fn(() => Promise.resolve()), ageS: computed(() => over.ageS ?? 12), old: computed(() => over.old ?? false), making: ref(false), failure: shallowRef(over.failure ?? null),
    make: vi.fn(() => Promise.resolve(one)), use: vi.fn(), forget: vi.fn(),
  };
}

export function leg(over: Partial<Leg> = {}): Leg {
  return {
    n: 1, line: 1, hop: 1, hops: 1, action: 'SELL', asset: 'BTC', symbol: 'BTCUSDT', side: 'SELL', given: 'BTC', taken: 'USDT', client_order_id: 'x', order_id: '7', attempts: 1, state: 'FILLED',
    planned: { quantity: '0.025747', price: '97412.50', quote: '2508.10', spent: '0.025747', received: '2505.59', fee_usd: '2.51' },
    filled: { quantity: '0.025747', price: '97373.54', quote: '2507.08', fee: '2.50', fee_asset: 'USDT', fees: [{ asset: 'USDT', amount: '2.50' }] }, slippage_percent: 0.04, error: null, detail: '', ...over,
  };
}
export const waiting = (over: Partial<Leg> = {}): Leg => leg({ n: 2, action: 'BUY', asset: 'ETH', symbol: 'ETHUSDT', side: 'BUY', given: 'USDT', taken: 'ETH', state: 'PLANNED', client_order_id: null, order_id: null, attempts: 0, filled: { quantity: '0', price: null, quote: '0', fee: null, fee_asset: null, fees: [] }, slippage_percent: null, ...over });

export function run(over: Partial<Run> = {}): Run {
  return {
    id: 37, account: 1, environment: 'testnet', plan_id: 'a41f', source: 'user', state: 'complete', reason: null, detail: '', dry_run: false, stop_asked: false, created_at: '2026-11-20T13:00:00Z',
    finished_at: '2026-11-20T13:00:18Z', orders: 2, filled: 2, score_usd: '-3.87', score_status: 'exact', score_reason: null, ...over,
  };
}
export const detailed = (over: Partial<RunDetail> = {}): RunDetail => ({ ...run(over), legs: [leg(), waiting()], ...over });

export const runList = (items: readonly Run[]): RunList => ({ resource: ready({ environment: 'demo', items, next_cursor: null }), runs: computed(() => items), more: computed(() => false), loadMore: vi.fn(), moreError: ref(null) });

/** -0.01 BTC and +0.3 ETH. */
export function scores(over: Partial<Scores> = {}): Scores {
  const lines = [{ asset: 'BTC', quantity: '-0.01', price_usd: '97412.00', value_usd: '-974.12' }, { asset: 'ETH', quantity: '0.3', price_usd: '3248.17', value_usd: '974.45' }];
  const one = { score_usd: '0.33', status: 'exact' as const, reason: null };
  return { as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', reporting_currency_depeg: false, stale: false, formula: 'score-of-a-run', ...one, items: [{ account: 1, actual_usd: '1000.33', hold_usd: '1000.00', ...one, lines }], ...over };
}

export function account(over: Partial<AccountItem> = {}): AccountItem {
  return {
    id: 1, name: 'main-spot', environment: 'testnet', has_read_key: true, key: 'settings', deletable: false, has_trade_key: false, key_ending: null, permissions: null, verdict: null, ip_seen: null, keys: [], created_at: '2024-06-24T10:00:00Z', first_event_at: null, last_event_at: null, last_statement_at: null, events: 0,
    armed: false, armed_until: null, trading: { allowed: true, armed: false, armed_until: null, reason: 'trading-disarmed', detail: 'x' }, ...over,
  };
}
