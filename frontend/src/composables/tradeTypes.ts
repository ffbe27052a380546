/** Shapes of the answers about positions, trades and what they cost. Money and quantities are decimal strings. */
import type { Figures, Status } from './types';

export type CostMethod = 'average' | 'fifo' | 'lifo' | 'hifo';
export type CostStatus = 'known' | 'entered' | 'unknown';

export interface Position {
  readonly id: string;
  readonly account: number;
  readonly account_name: string;
  readonly kind: 'spot' | 'futures';
  readonly symbol: string;
  readonly asset: string;
  readonly name: string;
  readonly side: 'LONG' | 'SHORT';
  /** Held; of a closed position all that ever came in. */
  readonly quantity: string | null;
  readonly entry_price: string | null;
  readonly exit_price: string | null;
  readonly current_price: string | null;
  readonly cost_usd: string | null;
  readonly value_usd: string | null;
  /** Open: unrealised profit; closed: realised. */
  readonly pnl: string | null;
  readonly pnl_percent: number | null;
  readonly realized_pnl: string | null;
  readonly income_usd: string | null;
  readonly fees_usd: string | null;
  readonly trades: number;
  readonly status: 'open' | 'closed';
  readonly open_time: string | null;
  readonly close_time: string | null;
  readonly cost_status: CostStatus;
  readonly figures_status: Status;
  readonly figures_reason: string | null;
}

export interface Positions extends Figures {
  readonly method: CostMethod;
  readonly items: readonly Position[];
  readonly next_cursor: string | null;
  readonly open_count: number | null;
  readonly closed_count: number | null;
  readonly status: Status;
  readonly reason: string | null;
}

/** Profit and risk of a period: total = realised + unrealised. `win_rate` is a fraction. */
export interface Metrics extends Figures {
  readonly period: string;
  readonly method: CostMethod;
  readonly start: string | null;
  readonly end: string | null;
  readonly total_pnl: string | null;
  readonly realized_pnl: string | null;
  readonly unrealized_pnl: string | null;
  readonly roi_percent: number | null;
  readonly status: Status;
  readonly reason: string | null;
  readonly available_from: string | null;
  readonly parts_status: Status;
  readonly parts_reason: string | null;
  readonly income_usd: string | null;
  readonly transferred_out_usd: string | null;
  readonly fees_usd: string | null;
  readonly trades: number | null;
  readonly closing_trades: number | null;
  readonly winning_trades: number | null;
  readonly win_rate: number | null;
  readonly win_rate_reason: string | null;
  readonly profit_factor: number | null;
  readonly profit_factor_reason: string | null;
  readonly first_trade_at: string | null;
  readonly volatility_percent: number | null;
  readonly sharpe_ratio: number | null;
  readonly sortino_ratio: number | null;
  readonly max_drawdown_percent: number | null;
  readonly risk_status: Status;
  readonly risk_reason: string | null;
}

export interface SymbolPnl {
  readonly symbol: string;
  readonly asset: string;
  readonly name: string;
  readonly kind: 'spot' | 'futures';
  readonly realized_pnl: string | null;
  readonly unrealized_pnl: string | null;
  readonly total_pnl: string | null;
  readonly income_usd: string | null;
  readonly transferred_out_usd: string | null;
  readonly fees_usd: string | null;
  readonly trades: number;
  readonly closing_trades: number;
  readonly win_rate: number | null;
  readonly status: Status;
  readonly reason: string | null;
}

export interface PnlBySymbol extends Figures {
  readonly method: CostMethod;
  /** The snapshot that the period begins with; null: the whole history, or accounts that begin at other instants. */
  readonly start: string | null;
  readonly items: readonly SymbolPnl[];
  readonly totals: {
    readonly realized_pnl: string | null;
    readonly unrealized_pnl: string | null;
    readonly total_pnl: string | null;
    readonly fees_usd: string | null;
  };
  readonly status: Status;
  readonly reason: string | null;
}

export interface Trade {
  readonly id: string;
  readonly account: number;
  readonly account_name: string;
  readonly time: string;
  readonly kind: 'trade' | 'convert';
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly base_asset: string;
  readonly quote_asset: string;
  readonly quantity: string;
  /** In the quote asset. */
  readonly price: string | null;
  readonly quote_quantity: string;
  readonly value_usd: string | null;
  readonly fee: string | null;
  readonly fee_asset: string | null;
  readonly fee_usd: string | null;
  /** null: nothing was closed. */
  readonly realized_pnl: string | null;
  readonly status: Status;
  readonly reason: string | null;
  readonly source: 'exchange' | 'manual' | 'csv';
}

export interface TradeHistory extends Figures {
  readonly method: CostMethod;
  readonly items: readonly Trade[];
  readonly next_cursor: string | null;
  readonly status: Status;
  readonly reason: string | null;
}

/** Coins that came from outside and, where the user said so, what they had cost. */
export interface Lot {
  readonly id: number;
  readonly account: number;
  readonly account_name: string;
  readonly asset: string;
  readonly name: string;
  readonly quantity: string;
  readonly received_at: string;
  readonly market_value_usd: string | null;
  readonly cost_usd: string | null;
  readonly acquired_at: string | null;
  readonly cost_status: CostStatus;
  readonly status: Status;
  readonly reason: string | null;
}

export interface Lots extends Figures {
  readonly items: readonly Lot[];
  readonly next_cursor: string | null;
  readonly unknown_count: number | null;
  readonly status: Status;
  readonly reason: string | null;
}

/** Body of an entered cost, fees included; null: unknown again. */
export interface LotCost {
  readonly cost_usd: string | null;
  readonly acquired_at?: string;
}
