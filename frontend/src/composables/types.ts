/** Shapes of the answers the two pages read. Money and quantities are decimal strings, percents are numbers. */

export type Status = 'exact' | 'estimated' | 'unavailable';
export type Freshness = 'fresh' | 'stale' | 'unknown';

/** Members every answer with figures carries. */
export interface Figures {
  readonly as_of: string | null;
  readonly environment: string;
  readonly stale: boolean;
}

export interface Balance {
  readonly account: string;
  readonly wallet: string;
  readonly asset: string;
  readonly name?: string | null;
  readonly free: string;
  readonly locked: string;
  readonly total: string;
  readonly price_usd: string | null;
  readonly usd_value: string | null;
  readonly percentage: number | null;
  readonly change_24h_percent: number | null;
  readonly timestamp: string;
  readonly status: Status;
  readonly reason: string | null;
  /** Set by the rebalancing part once targets exist. */
  readonly target_percent?: number | null;
  /** Set by the ledger part once cost is known. */
  readonly unrealized_pnl_usd?: string | null;
  readonly cost_usd?: string | null;
}

export interface Balances extends Figures {
  readonly total_value_usd: string | null;
  readonly reporting_currency: string;
  readonly complete: boolean;
  readonly unpriced: readonly string[];
  readonly balances: readonly Balance[];
}

export interface AccountShare {
  readonly id: string;
  readonly name: string;
  readonly value_usd: string | null;
  readonly percentage: number | null;
  readonly complete: boolean;
  readonly age_s: number | null;
}

export interface Attention {
  readonly kind: string;
  readonly severity: 'danger' | 'warn' | 'info';
  readonly params: Readonly<Record<string, unknown>>;
  readonly href: string;
}

export interface SyncState {
  readonly status: string;
  readonly balances_at: string | null;
  readonly balances_age_s: number | null;
  readonly prices_at: string | null;
  readonly interval_s: number;
  readonly lag_s: number | null;
  readonly last_snapshot_at: string | null;
  readonly next_snapshot_at: string | null;
  readonly snapshot_interval_s: number;
  readonly accounts_ok: number;
  readonly accounts_total: number;
  readonly error: string | null;
  readonly import_progress: { readonly done: number; readonly total: number; readonly detail: string } | null;
}

export interface Overview extends Figures {
  readonly total_value_usd: string | null;
  readonly reporting_currency?: string;
  readonly complete: boolean;
  readonly unpriced: readonly string[];
  readonly change_today_usd: string | null;
  readonly change_today_percent: number | null;
  readonly change_today_since: string | null;
  readonly change_today_status: Status;
  readonly change_today_reason: string | null;
  readonly net_flow_today_usd: string | null;
  readonly net_deposits_usd: string | null;
  readonly total_pnl_usd: string | null;
  readonly pnl_reason: string | null;
  readonly open_positions: number | null;
  readonly assets: number;
  readonly first_flow_at: string | null;
  readonly freshness: Freshness;
  readonly age_s: number | null;
  readonly accounts: readonly AccountShare[];
  readonly attention: readonly Attention[];
  readonly sync: SyncState;
}

export interface Period {
  readonly start: string | null;
  readonly end: string | null;
  readonly twr_percent: number | null;
  readonly twr_annualized_percent: number | null;
  readonly pnl_usd: string | null;
  readonly benchmark_twr_percent: number | null;
  readonly excess_percent: number | null;
  readonly max_drawdown_percent: number | null;
  readonly benchmark_max_drawdown_percent: number | null;
  readonly status: Status;
  readonly reason: string | null;
  readonly available_from: string | null;
  readonly needs_days: number | null;
  readonly has_days: number | null;
}

export interface Stats extends Figures {
  readonly tracking: {
    readonly snapshots: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly expected: number;
    readonly missing: number;
    readonly cash_flows: number;
  };
  readonly periods: Readonly<Record<string, Period>>;
}

export interface SeriesPoint {
  readonly t: string;
  readonly twr_percent: number | null;
  readonly benchmark_percent: number | null;
  readonly value_usd: string | null;
  readonly net_deposits_usd: string | null;
}

export type FlowType = 'DEPOSIT' | 'WITHDRAW';

export interface TwrHistory extends Figures {
  readonly series: readonly SeriesPoint[];
  readonly flows: readonly { readonly t: string; readonly amount_usd: string | null; readonly type: FlowType }[];
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
}

export interface MonthItem {
  readonly month: string;
  readonly end_value_usd: string | null;
  readonly net_flows_usd: string | null;
  readonly twr_percent: number | null;
  readonly benchmark_twr_percent: number | null;
  readonly status: Status;
}

export interface Monthly extends Figures {
  readonly items: readonly MonthItem[];
}

export type FlowStatus = 'exact' | 'estimated' | 'to_confirm' | 'pending';

export interface CashFlow {
  readonly id: string;
  readonly timestamp: string;
  readonly type: FlowType;
  readonly amount_usd: string | null;
  readonly asset: string | null;
  readonly quantity: string | null;
  readonly price_usd: string | null;
  readonly description: string | null;
  readonly source: 'exchange' | 'manual' | 'csv';
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly value_before_usd: string | null;
  readonly status: FlowStatus;
  readonly reason: string | null;
}

export interface FlowTotals {
  readonly deposits_usd: string | null;
  readonly withdrawals_usd: string | null;
  readonly net_usd: string | null;
  readonly deposits: number;
  readonly withdrawals: number;
  readonly first_at: string | null;
  readonly value_to_net_ratio: number | null;
}

export interface CashFlows extends Figures {
  readonly items: readonly CashFlow[];
  readonly next_cursor: string | null;
  readonly totals: FlowTotals;
}

export interface Snapshot {
  readonly timestamp: string;
  readonly total_value_usd: string | null;
}

/** Body of a new or edited cash flow; the magnitude is positive, `type` carries the sign. */
export interface FlowDraft {
  readonly timestamp: string;
  readonly type: FlowType;
  readonly amount_usd: string;
  readonly description?: string;
  readonly account?: string;
}
