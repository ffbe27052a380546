/** Shapes of the answers the two pages read. Money and quantities are decimal strings, percents are numbers. */

export type Status = 'exact' | 'estimated' | 'unavailable';

/** Members every answer with figures carries. */
export interface Figures {
  readonly as_of: string | null;
  readonly environment: string;
  readonly reporting_currency: string;
  readonly stale: boolean;
}

export interface Balance {
  readonly account: number;
  readonly wallet: string;
  readonly asset: string;
  readonly name: string;
  readonly free: string;
  readonly locked: string;
  readonly borrowed: string;
  readonly interest: string;
  /** Owned less owed. */
  readonly total: string;
  /** Profit of open futures positions, in the asset: in the value, not in the total. */
  readonly unrealized: string;
  readonly price_usd: string | null;
  readonly usd_value: string | null;
  readonly percentage: number | null;
  readonly change_24h_percent: number | null;
  readonly cost_usd: string | null;
  readonly unrealized_pnl_usd: string | null;
  /** estimated: with the reason, although there is a figure. */
  readonly unrealized_pnl_status: Status;
  readonly unrealized_pnl_reason: string | null;
  readonly timestamp: string;
  readonly status: Status;
  readonly reason: string | null;
  /** Of the asset over all wallets; the drift is weight in what takes part in rebalancing less target, in points. */
  readonly target_percent: number | null;
  readonly drift_percent: number | null;
  /** Why lists leave the coin out, by the rule of the installation; it is in the total all the same. */
  readonly hidden: 'named' | 'no_price' | 'small' | null;
}

export interface Balances extends Figures {
  readonly total_value_usd: string | null;
  readonly complete: boolean;
  readonly status: Status;
  readonly reason: string | null;
  readonly unpriced: readonly string[];
  readonly refreshed_at: string | null;
  /** `minimum_usd` is in the server's own currency, whatever is shown. */
  readonly hidden: { readonly minimum_usd: string; readonly count: number; readonly value_usd: string; readonly unpriced: number };
  /** From this drift on an asset is off its target, in points. */
  readonly drift_band_percent: number;
  readonly balances: readonly Balance[];
}

/** One wallet of one account: `value_usd` is null while it was never read, older than the rest while not `complete`. */
export interface Wallet {
  readonly account: number;
  readonly wallet: string;
  readonly value_usd: string | null;
  readonly complete: boolean;
  readonly as_of: string | null;
  readonly reason: string | null;
}

export interface Nav extends Figures {
  readonly nav: string | null;
  /** The older formula: spot and futures alone. */
  readonly nav_spot_futures: string | null;
  readonly status: Status;
  readonly reason: string | null;
}

export interface AccountShare {
  readonly id: number;
  readonly name: string;
  /** false: nobody can ask for it, it lives from statements. */
  readonly has_key: boolean;
  readonly value_usd: string | null;
  readonly percentage: number | null;
  readonly complete: boolean;
  readonly refreshed_at: string | null;
  readonly as_of: string | null;
}

export interface Attention {
  readonly kind: string;
  readonly severity: 'danger' | 'warn' | 'info';
  readonly params: Readonly<Record<string, unknown>>;
  readonly href: string;
}

/** The exchange's streams, all as one; instants on this machine's clock. */
export interface Streams {
  readonly state: 'live' | 'reconnecting' | 'off';
  readonly since: string | null;
  readonly last_message_at: string | null;
  readonly reconnects: number;
  readonly detail: string;
}

/** `refreshed_at` is on this machine's clock, the other instants on the exchange's. */
export interface SyncState {
  readonly status: 'healthy' | 'degraded' | 'failing' | 'starting';
  readonly refreshed_at: string | null;
  readonly balances_at: string | null;
  readonly prices_at: string | null;
  readonly streams: Streams;
  readonly interval_s: number;
  readonly snapshot_interval_s: number;
  readonly last_snapshot_at: string | null;
  readonly next_snapshot_at: string | null;
  readonly api_response_time_ms: number | null;
  readonly weight_used: number | null;
  readonly weight_limit: number | null;
  readonly accounts_ok: number;
  readonly accounts_total: number;
  readonly error: string | null;
  readonly import_progress: { readonly done: number; readonly total: number; readonly detail: string } | null;
}

export interface Overview extends Figures {
  readonly total_value_usd: string | null;
  readonly complete: boolean;
  readonly status: Status;
  readonly reason: string | null;
  readonly unpriced: readonly string[];
  readonly wallets: readonly Wallet[];
  readonly freshness: 'fresh' | 'stale' | 'unknown';
  readonly refreshed_at: string | null;
  readonly change_today_usd: string | null;
  readonly change_today_percent: number | null;
  readonly change_today_since: string | null;
  readonly change_today_status: Status;
  readonly change_today_reason: string | null;
  readonly net_flow_today_usd: string | null;
  readonly net_deposits_usd: string | null;
  readonly net_deposits_status: Status;
  readonly net_deposits_reason: string | null;
  readonly total_pnl_usd: string | null;
  readonly unrealized_pnl_usd: string | null;
  readonly pnl_status: Status;
  readonly pnl_reason: string | null;
  readonly pnl_parts_status: Status;
  readonly pnl_parts_reason: string | null;
  /** Coins from outside whose cost nobody told: the parts of the profit rest on their price of then. */
  readonly unknown_cost_assets: readonly string[];
  readonly open_positions: number | null;
  readonly assets: number;
  readonly first_flow_at: string | null;
  readonly accounts: readonly AccountShare[];
  readonly attention: readonly Attention[];
  readonly alerts_unread: number;
  readonly sync: SyncState;
  readonly display_time_zone: string;
  readonly display_time_zone_chosen: boolean;
}

export interface Period {
  readonly days: number;
  readonly start: string | null;
  readonly end: string | null;
  readonly twr_percent: number | null;
  readonly twr_annualized_percent: number | null;
  /** Why there is none; its status is that of the return. */
  readonly twr_annualized_reason: string | null;
  readonly pnl_usd: string | null;
  readonly pnl_status: Status;
  readonly pnl_reason: string | null;
  readonly benchmark_twr_percent: number | null;
  readonly benchmark_status: Status;
  readonly benchmark_reason: string | null;
  readonly excess_percent: number | null;
  readonly excess_status: Status;
  readonly excess_reason: string | null;
  readonly max_drawdown_percent: number | null;
  /** Estimated also where the return is exact: a fall needs a value at each midnight. */
  readonly max_drawdown_status: Status;
  readonly max_drawdown_reason: string | null;
  readonly benchmark_max_drawdown_percent: number | null;
  readonly benchmark_max_drawdown_status: Status;
  readonly benchmark_max_drawdown_reason: string | null;
  /** Money-weighted; below 365 days that of the period. */
  readonly xirr_percent: number | null;
  readonly xirr_status: Status;
  readonly xirr_reason: string | null;
  /** Other rates solve it as well: this is the one nearest to 0. */
  readonly xirr_several_roots: boolean;
  /** The return since everything was lost in the window, whose own stays -100 %. */
  readonly restart: { readonly at: string; readonly twr_percent: number | null; readonly status: Status; readonly reason: string | null } | null;
  /** Of the return; the other figures have their own. */
  readonly status: Status;
  readonly reason: string | null;
  readonly available_from: string | null;
  readonly needs_days: number;
  readonly has_days: number;
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
  /** Of the shadow that only holds what there was. */
  readonly hold_percent: number | null;
  /** Below the highest snapshot of the window so far; null in another currency than the server's own. */
  readonly drawdown_percent: number | null;
  readonly benchmark_drawdown_percent: number | null;
  /** null: no price of that instant in the currency shown. */
  readonly value_usd: string | null;
  readonly net_deposits_usd: string | null;
}

export type FlowType = 'DEPOSIT' | 'WITHDRAW';

export interface TwrHistory extends Figures {
  readonly days: number;
  readonly status: Status;
  readonly reason: string | null;
  readonly series: readonly SeriesPoint[];
  readonly flows: readonly { readonly t: string; readonly amount_usd: string; readonly type: FlowType }[];
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
  /** Values before it were seen by nobody: made of ledger and candles. */
  readonly replayed_until: string | null;
}

export interface MonthItem {
  readonly month: string;
  readonly end_value_usd: string | null;
  readonly net_flows_usd: string | null;
  readonly twr_percent: number | null;
  readonly benchmark_twr_percent: number | null;
  readonly benchmark_status: Status;
  readonly benchmark_reason: string | null;
  readonly status: Status;
  readonly reason: string | null;
  /** false: the running month, or the one in which the history begins. */
  readonly complete: boolean;
}

export interface YearItem extends Omit<MonthItem, 'month'> {
  readonly year: number;
}

export interface Monthly extends Figures {
  readonly items: readonly MonthItem[];
  /** Every year of which a month is told, always the whole year. */
  readonly years: readonly YearItem[];
}

export interface CashFlow {
  readonly id: number;
  readonly timestamp: string;
  readonly type: FlowType;
  readonly amount_usd: string | null;
  readonly asset: string | null;
  readonly quantity: string | null;
  readonly price_usd: string | null;
  readonly description: string;
  readonly source: 'exchange' | 'manual' | 'csv';
  readonly account_id: number;
  readonly account_name: string;
  readonly value_before_usd: string | null;
  /** `to_confirm`: nothing explains it yet, and it counts; `not_flow`: the user said so, and it does not. */
  readonly status: 'exact' | 'estimated' | 'to_confirm' | 'pending' | 'unavailable' | 'not_flow';
  readonly reason: string | null;
  /** The user said what an unexplained change was; it can be taken back. */
  readonly decided: boolean;
  /** false: a move within the accounts shown, which is in no sum. */
  readonly counted: boolean;
  /** The other side of a move between two accounts; `suggested` changes no figure. */
  readonly move: OwnMove | null;
  /** The own address outside that it went to or came from, or may have. */
  readonly address: AtAddress | null;
}

export interface OwnMove {
  readonly state: 'paired' | 'suggested';
  readonly flow_id: number | null;
  readonly account_name: string;
}

export interface AtAddress {
  readonly id: number;
  readonly label: string;
  readonly address: string;
  readonly state: 'kept' | 'returned' | 'suggested' | 'flow';
}

export interface FlowTotals {
  readonly deposits_usd: string | null;
  readonly withdrawals_usd: string | null;
  readonly net_usd: string | null;
  readonly deposits: number;
  readonly withdrawals: number;
  readonly first_at: string | null;
  readonly value_to_net_ratio: number | null;
  readonly status: Status;
  readonly reason: string | null;
}

export interface CashFlows extends Figures {
  readonly items: readonly CashFlow[];
  readonly next_cursor: string | null;
  readonly totals: FlowTotals;
}

export interface Snapshot {
  /** null: imported from another program. */
  readonly id: number | null;
  readonly timestamp: string;
  readonly total_value_usd: string;
  readonly status: Status;
}

/** Body of a new or edited cash flow; the magnitude is positive, `type` carries the sign. */
export interface FlowDraft {
  readonly timestamp: string;
  readonly type: FlowType;
  readonly amount_usd: string;
  readonly description: string;
  readonly asset?: string;
  readonly quantity?: string;
  readonly account?: number;
}
