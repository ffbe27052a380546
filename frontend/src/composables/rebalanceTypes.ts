/** Shapes of the answers about rebalancing. Money and quantities are decimal strings, percents are numbers, ratios fractions. */
import type { Figures, Status } from './types';

export type Mode = 'full' | 'buy_only' | 'sell_only';
export type StrategyName = 'manual' | 'periodic' | 'threshold';

/** A coin that is held or has a target, over all wallets. */
export interface Target {
  readonly asset: string;
  readonly name: string;
  readonly value_usd: string | null;
  readonly weight_percent: number | null;
  /** Of what takes part in a plan; null: it takes no part. */
  readonly base_weight_percent: number | null;
  readonly target_percent: number | null;
  readonly drift_percent: number | null;
  readonly outside_band: boolean;
}

export interface Allocation extends Figures {
  readonly account: number | null;
  /** Set for this account alone; false: those of all accounts, or none. */
  readonly own: boolean;
  readonly allocations: Readonly<Record<string, number>>;
  readonly total_value_usd: string | null;
  readonly untargeted_percent: number | null;
  readonly threshold_percent: number;
  /** How many targeted coins are outside their band. */
  readonly outside: number;
  readonly status: Status;
  readonly reason: string | null;
  readonly items: readonly Target[];
}

/** null is no limit. */
export interface SafetyLimits {
  readonly per_trade_usd: string | null;
  readonly per_run_usd: string | null;
  readonly per_day_usd: string | null;
  readonly max_share_percent: number | null;
  readonly symbols: readonly string[] | null;
  readonly max_slippage_percent: number;
}

export interface RebalancingSettings {
  readonly environment: string;
  readonly account: number | null;
  readonly own: boolean;
  readonly dry_run: boolean;
  readonly strategy: StrategyName;
  readonly interval_hours: number;
  readonly threshold_percent: number;
  readonly cooldown_hours: number;
  readonly settle_minutes: number;
  readonly mode: Mode;
  readonly base_asset: string;
  readonly max_rank: number | null;
  /** Which coin of CoinMarketCap a name means. */
  readonly coin_ids: Readonly<Record<string, number>>;
  readonly only_held: boolean;
  readonly sell_untargeted: boolean;
  readonly excluded: readonly string[];
  readonly protected: Readonly<Record<string, string>>;
  readonly min_trade_usd: string;
  readonly min_trade_percent: number;
  readonly max_turnover_percent: number | null;
  readonly limits: SafetyLimits;
  readonly rank_filter: 'off' | 'on' | 'no_key';
  readonly plan_valid_seconds: number;
}

/** One market order on the way of a line. */
export interface PlanHop {
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly price: string;
  readonly notional: string;
  readonly fee_usd: string;
  readonly fee_in_bnb: boolean;
}

export interface PlanLine {
  readonly n: number;
  readonly action: 'SELL' | 'BUY' | 'SKIP';
  readonly asset: string;
  readonly against: string | null;
  readonly route: readonly PlanHop[];
  readonly quantity: string | null;
  readonly est_price: string | null;
  readonly notional_usd: string | null;
  readonly fee_usd: string | null;
  readonly spread_usd: string | null;
  readonly realized_pnl_usd: string | null;
  readonly realized_pnl_reason: string | null;
  readonly wished_usd: string;
  readonly weight_before: number | null;
  readonly target: number | null;
  readonly weight_after: number | null;
  readonly reason: string | null;
  readonly reason_params: Readonly<Record<string, string>>;
}

export interface Plan {
  readonly plan_id: string;
  readonly hash: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly expired: boolean;
  readonly environment: string;
  readonly account: number;
  readonly account_name: string;
  readonly reporting_currency: string;
  readonly as_of: string;
  readonly prices_at: string;
  readonly executable: boolean;
  readonly executed: boolean;
  readonly blocked: readonly { readonly code: string; readonly detail: string }[];
  readonly mode: Mode;
  readonly amount_usd: string | null;
  readonly base_asset: string;
  readonly allocations: Readonly<Record<string, number>>;
  readonly lines: readonly PlanLine[];
  readonly totals: {
    readonly sells: string;
    readonly buys: string;
    readonly orders: number;
    readonly fees_usd: string;
    readonly spread_usd: string;
    readonly realized_pnl_usd: string | null;
    readonly turnover_percent: number;
    readonly max_drift_after: number;
    readonly portfolio_usd: string;
    readonly minimum_usd: string;
  };
  readonly not_tradable: readonly { readonly asset: string; readonly wallet: string; readonly quantity: string; readonly value_usd: string | null }[];
  readonly rank_filter: { readonly state: 'off' | 'on' | 'no_key' | 'unavailable'; readonly max_rank: number | null; readonly as_of: string | null; readonly ambiguous: readonly string[] };
}

export type RunState = 'queued' | 'running' | 'complete' | 'stopped' | 'failed' | 'needs_review';
export type LegState = 'PLANNED' | 'SENDING' | 'UNKNOWN' | 'OPEN' | 'PARTIAL' | 'FILLED' | 'ENDED' | 'REJECTED' | 'NEEDS_REVIEW' | 'SKIPPED' | 'STOPPED';

/** One order of a run: as it was planned, and what the exchange did. Prices and sums in the quote asset of the pair. */
export interface Leg {
  readonly n: number;
  readonly line: number;
  readonly hop: number;
  readonly hops: number;
  readonly action: 'SELL' | 'BUY';
  readonly asset: string;
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly given: string;
  readonly taken: string;
  readonly client_order_id: string | null;
  readonly order_id: string | null;
  readonly attempts: number;
  readonly state: LegState;
  readonly planned: { readonly quantity: string; readonly price: string; readonly quote: string; readonly spent: string; readonly received: string; readonly fee_usd: string };
  readonly filled: { readonly quantity: string; readonly price: string | null; readonly quote: string; readonly fee: string | null; readonly fee_asset: string | null; readonly fees: readonly { readonly asset: string; readonly amount: string }[] };
  readonly slippage_percent: number | null;
  readonly error: string | null;
  readonly detail: string;
}

export interface Run {
  readonly id: number;
  readonly account: number;
  readonly environment: string;
  readonly plan_id: string;
  readonly source: 'user' | 'strategy' | 'conversion';
  readonly state: RunState;
  readonly reason: string | null;
  readonly detail: string;
  readonly dry_run: boolean;
  readonly stop_asked: boolean;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly orders: number;
  readonly filled: number;
  readonly score_usd: string | null;
  readonly score_status: Status;
  /** A code, and after a colon the coin that it is about. */
  readonly score_reason: string | null;
}

export interface RunDetail extends Run {
  readonly legs: readonly Leg[];
}

export interface Runs {
  readonly environment: string;
  readonly items: readonly Run[];
  readonly next_cursor: string | null;
}

export interface KillSwitch {
  readonly environment: string;
  readonly on: boolean;
  readonly by: readonly ('switch' | 'file')[];
  readonly since: string | null;
  readonly in_flight: number;
}

/** The automatic runs of an account; `next_check` is on this machine's clock. */
export interface AutomaticAccount {
  readonly account: number;
  readonly name: string;
  readonly strategy: StrategyName;
  readonly dry_run: boolean;
  /** Why none begins now; null: one is due. */
  readonly hold: string | null;
  readonly next_check: string | null;
  readonly counting_since: string | null;
  readonly last_due: string | null;
  /** A code: what keeps a due run from being planned. */
  readonly failing: string | null;
}

export interface Automatic {
  readonly environment: string;
  readonly paused: boolean;
  readonly items: readonly AutomaticAccount[];
}

export interface Conversion {
  readonly run_id: number;
  readonly account: number;
  readonly time: string;
  readonly dry_run: boolean;
  readonly state: RunState;
  readonly reason: string | null;
  readonly detail: string;
  readonly from: string;
  readonly to: string;
  readonly route: readonly string[];
  readonly amount: string;
  readonly expected: string;
  readonly spent: string | null;
  readonly received: string | null;
}

export interface Conversions {
  readonly environment: string;
  readonly items: readonly Conversion[];
  readonly next_cursor: string | null;
}

/** A conversion that began, as it was planned. */
export interface Converting {
  readonly run_id: number;
  readonly dry_run: boolean;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly spent: string;
  readonly expected: string;
  readonly route: readonly PlanHop[];
  readonly fee_usd: string;
  readonly spread_usd: string;
}

/** One order of a conversion, as it is expected to be filled. */
export interface ConversionLeg {
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly given: string;
  readonly taken: string;
  readonly quantity: string;
  readonly price: string;
  readonly spent: string;
  /** Less a fee that comes out of it. */
  readonly received: string;
  readonly fee_usd: string;
}

/** What a conversion would give; executed by its id and hash as any plan. */
export interface ConversionPlan extends Omit<Converting, 'run_id' | 'dry_run'> {
  readonly environment: string;
  readonly plan_id: string;
  readonly hash: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly executable: boolean;
  readonly blocked: Plan['blocked'];
  readonly legs: readonly ConversionLeg[];
}
