import { computed } from 'vue';
import type { Paged } from '@/composables/usePaged';
import type { Lot, Metrics, PnlBySymbol, Position, Positions, SymbolPnl, Trade, TradeHistory } from '@/composables/tradeTypes';
import type { PositionList, TradeHistoryPages } from '@/composables/useTrades';
import { failed, loading, ready } from '../overview/builders';

const FIGURES = { as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', stale: false, method: 'average', status: 'exact', reason: null } as const;

/** An open coin of known cost; override what a test is about. */
export function position(over: Partial<Position> = {}): Position {
  return {
    id: '1 BTC', account: 1, account_name: 'main-spot', kind: 'spot', symbol: 'BTCUSDT', asset: 'BTC', name: 'Bitcoin', side: 'LONG', quantity: '0.5',
    entry_price: '60000', exit_price: null, current_price: '97412.5', cost_usd: '30000', value_usd: '48706.25', pnl: '18706.25', pnl_percent: 62.35416,
    realized_pnl: '2378.33', income_usd: '0', fees_usd: '41.2', trades: 12, status: 'open', open_time: '2024-06-23T01:11:00Z', close_time: null,
    cost_status: 'known', figures_status: 'exact', figures_reason: null, ...over,
  };
}

export function positions(items: readonly Position[], over: Partial<Positions> = {}): Positions {
  return { ...FIGURES, items: [...items], next_cursor: null, open_count: items.length, closed_count: 4, ...over };
}

export function positionList(body: Positions | 'loading' | 'error'): PositionList {
  const resource = body === 'loading' ? loading<Positions>() : body === 'error' ? failed<Positions>() : ready(body);
  const paged: Paged<Position> = { items: computed(() => resource.data.value?.items ?? []), more: computed(() => typeof resource.data.value?.next_cursor === 'string'), loadMore: () => Promise.resolve(), moreError: computed(() => null) };
  return { resource, ...paged };
}

export function metrics(over: Partial<Metrics> = {}): Metrics {
  return {
    ...FIGURES, period: 'total', start: '2024-06-23T01:00:00Z', end: '2026-11-20T13:00:00Z', total_pnl: '47424.84', realized_pnl: '20101.41', unrealized_pnl: '27323.43',
    roi_percent: 49.5, available_from: null, parts_status: 'exact', parts_reason: null, income_usd: '310', transferred_out_usd: '0', fees_usd: '318.73', trades: 198, closing_trades: 77,
    winning_trades: 58, win_rate: 0.7532, win_rate_reason: null, profit_factor: 7.05, profit_factor_reason: null, first_trade_at: '2024-06-23T02:00:00Z', volatility_percent: 40,
    sharpe_ratio: 1.2, sortino_ratio: 1.5, max_drawdown_percent: -20, risk_status: 'exact', risk_reason: null, ...over,
  };
}

export function symbolPnl(over: Partial<SymbolPnl> = {}): SymbolPnl {
  return {
    symbol: 'BTCUSDT', asset: 'BTC', name: 'Bitcoin', kind: 'spot', realized_pnl: '2378.33', unrealized_pnl: '17986.77', total_pnl: '20365.1', income_usd: '0', transferred_out_usd: '0',
    fees_usd: '41.2', trades: 12, closing_trades: 4, win_rate: 0.75, status: 'exact', reason: null, ...over,
  };
}

export function pnl(items: readonly SymbolPnl[], total: string | null, over: Partial<PnlBySymbol> = {}): PnlBySymbol {
  const known = total === null ? { realized_pnl: null, unrealized_pnl: null } : { realized_pnl: '20101.41', unrealized_pnl: '27323.43' };
  return { ...FIGURES, start: null, items: [...items], totals: { ...known, total_pnl: total, fees_usd: null }, ...over };
}

export function trade(over: Partial<Trade> = {}): Trade {
  return {
    id: 't1', account: 1, account_name: 'main-spot', time: '2026-10-28T13:00:11Z', kind: 'trade', symbol: 'ETHUSDT', side: 'SELL', base_asset: 'ETH', quote_asset: 'USDT', quantity: '1.008802',
    price: '3511.36', quote_quantity: '3542.266', value_usd: '3542.266', fee: '0.0042', fee_asset: 'BNB', fee_usd: '3.54', realized_pnl: '50.8', status: 'exact', reason: null, source: 'exchange', ...over,
  };
}

export function history(items: readonly Trade[], state: 'ready' | 'loading' | 'error' = 'ready', over: Partial<TradeHistoryPages> = {}): TradeHistoryPages {
  const body: TradeHistory = { ...FIGURES, items: [...items], next_cursor: null };
  return {
    resource: state === 'ready' ? ready(body) : state === 'loading' ? loading() : failed(), trades: computed(() => [...items]), before: computed(() => 0),
    hasNewer: computed(() => false), hasOlder: computed(() => false), newer: () => undefined, older: () => undefined, all: () => Promise.resolve([...items]), ...over,
  };
}

export function lot(over: Partial<Lot> = {}): Lot {
  return {
    id: 9, account: 1, account_name: 'main-spot', asset: 'DOGE', name: 'Dogecoin', quantity: '1420', received_at: '2026-03-02T09:00:00Z', market_value_usd: '199.34',
    cost_usd: null, acquired_at: null, cost_status: 'unknown', status: 'exact', reason: null, ...over,
  };
}
