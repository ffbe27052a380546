import type { Balance, Period } from '@/composables/types';

/** A priced balance; override what a test is about. */
export function balance(over: Partial<Balance> & Pick<Balance, 'asset'>): Balance {
  return {
    account: 1, wallet: 'spot', name: over.asset, free: '1', locked: '0', total: '1',
    price_usd: '100', usd_value: '100', percentage: 50, change_24h_percent: 1.5,
    timestamp: '2026-11-20T12:00:00Z', status: 'exact', reason: null, ...over,
  };
}

export function period(over: Partial<Period> = {}): Period {
  return {
    days: 365, start: '2025-11-20T12:00:00Z', end: '2026-11-20T12:00:00Z', twr_percent: 46.5, twr_annualized_percent: 46.5,
    pnl_usd: '47424.84', benchmark_twr_percent: 27.09, excess_percent: 19.41, max_drawdown_percent: -27.95,
    benchmark_max_drawdown_percent: -31.89, status: 'exact', reason: null, available_from: null,
    needs_days: 365, has_days: 800, ...over,
  };
}
