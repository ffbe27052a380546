// What the trade history can be narrowed to, and how its rows are exported.
import type { Trade } from '@/composables/tradeTypes';
import type { Cell } from '@/lib/csv';

export const SIDES = ['all', 'BUY', 'SELL'] as const;
export type Side = (typeof SIDES)[number];
export const PERIODS = ['7d', '30d', '90d', '1y', 'all'] as const;
export type HistoryPeriod = (typeof PERIODS)[number];
export const DEFAULT_PERIOD: HistoryPeriod = '90d';

const DAYS: Readonly<Record<HistoryPeriod, number | null>> = { '7d': 7, '30d': 30, '90d': 90, '1y': 365, all: null };
const DAY_MS = 86_400_000;

/** The first instant of a period that ends now; whole days of UTC, so that it holds still for a day. Undefined: no limit. */
export function startOf(period: HistoryPeriod, now: number): string | undefined {
  const days = DAYS[period];
  return days === null ? undefined : new Date((Math.floor(now / DAY_MS) - days) * DAY_MS).toISOString();
}

export const CSV_COLUMNS = ['id', 'time', 'account', 'symbol', 'side', 'quantity', 'price', 'notional', 'value', 'fee', 'feeAsset', 'feeValue', 'realized', 'source'] as const;

/** The rows with full precision; amounts stay hidden when the page hides them. Prices are public. */
export function tradesCsv(trades: readonly Trade[], headers: readonly string[], hidden: string | null): Cell[][] {
  const amount = (value: string | null): Cell => (value === null ? null : (hidden ?? value));
  return [
    [...headers],
    ...trades.map((trade) => [
      trade.id, trade.time, trade.account_name, trade.symbol, trade.side, amount(trade.quantity), trade.price, amount(trade.quote_quantity), amount(trade.value_usd),
      amount(trade.fee), trade.fee_asset, amount(trade.fee_usd), amount(trade.realized_pnl), trade.source,
    ]),
  ];
}
