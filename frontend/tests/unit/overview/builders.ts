import { vi } from 'vitest';
import { computed } from 'vue';
import type { Balance, Balances, Monthly, Overview, Period, Stats, TwrHistory } from '@/composables/types';
import type { Resource } from '@/composables/useResource';
import type { Failure } from '@/lib/states';

/** A priced balance; override what a test is about. */
export function balance(over: Partial<Balance> & Pick<Balance, 'asset'>): Balance {
  return {
    account: 1, wallet: 'spot', name: over.asset, free: '1', locked: '0', borrowed: '0', interest: '0', total: '1', unrealized: '0',
    price_usd: '100', usd_value: '100', percentage: 50, change_24h_percent: 1.5, cost_usd: '80', unrealized_pnl_usd: '20', unrealized_pnl_status: 'exact', unrealized_pnl_reason: null,
    timestamp: '2026-11-20T12:00:00Z', status: 'exact', reason: null, target_percent: null, drift_percent: null, hidden: null, ...over,
  };
}

export function period(over: Partial<Period> = {}): Period {
  return {
    days: 365, start: '2025-11-20T12:00:00Z', end: '2026-11-20T12:00:00Z', twr_percent: 46.5, twr_annualized_percent: 46.5, twr_annualized_reason: null, pnl_status: 'exact', pnl_reason: null,
    benchmark_status: 'exact', benchmark_reason: null, excess_status: 'exact', excess_reason: null, xirr_status: 'exact', xirr_several_roots: false,
    pnl_usd: '47424.84', benchmark_twr_percent: 27.09, excess_percent: 19.41, max_drawdown_percent: -27.95, max_drawdown_status: 'exact', max_drawdown_reason: null,
    benchmark_max_drawdown_percent: -31.89, benchmark_max_drawdown_status: 'exact', benchmark_max_drawdown_reason: null, xirr_percent: 43.36, xirr_reason: null, status: 'exact', reason: null, available_from: null,
    restart: null, needs_days: 365, has_days: 800, ...over,
  };
}

/** A resource in one of its three states, as useResource() gives it. */
export function ready<T>(data: T): Resource<T> {
  return resource<T>(data, 'ready', null);
}
export function loading<T>(): Resource<T> {
  return resource<T>(null, 'loading', null);
}
export function failed<T>(): Resource<T> {
  return resource<T>(null, 'error', { message: 'database busy', status: 503, path: '/api/x', requestId: 'req-1' });
}

function resource<T>(data: T | null, status: 'loading' | 'error' | 'ready', error: Failure | null): Resource<T> {
  return {
    data: computed(() => data), status: computed(() => status), error: computed(() => error),
    refreshing: computed(() => false), reload: vi.fn(() => Promise.resolve()),
  };
}

const FIGURES = { as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', stale: false } as const;

export function overview(over: Partial<Overview> = {}): Overview {
  return {
    ...FIGURES, total_value_usd: '143224.84', complete: true, status: 'exact', reason: null, unpriced: [], freshness: 'fresh',
    refreshed_at: new Date(Date.now() - 9000).toISOString(), change_today_usd: '2043.87', change_today_percent: 1.45,
    change_today_since: '2026-11-20T00:00:00Z', change_today_status: 'exact', change_today_reason: null, net_flow_today_usd: '0',
    net_deposits_usd: '95800', net_deposits_status: 'exact', net_deposits_reason: null, total_pnl_usd: '47424.84', unrealized_pnl_usd: '27323.43', pnl_status: 'exact',
    pnl_reason: null, pnl_parts_status: 'exact', pnl_parts_reason: null, unknown_cost_assets: [], open_positions: null, assets: 2, first_flow_at: '2024-06-23T01:11:00Z',
    accounts: [{ id: 1, name: 'main-spot', has_key: true, value_usd: '143224.84', percentage: 100, complete: true, refreshed_at: null, as_of: null }],
    attention: [],
    alerts_unread: 0,
    wallets: [{ account: 1, wallet: 'spot', value_usd: '143224.84', complete: true, as_of: '2026-11-20T13:00:00Z', reason: null }],
    sync: {
      status: 'healthy', refreshed_at: new Date(Date.now() - 9000).toISOString(), balances_at: '2026-11-20T13:00:00Z', prices_at: '2026-11-20T13:00:00Z',
      streams: { state: 'off', since: null, last_message_at: null, reconnects: 0, detail: '' },
      interval_s: 30, snapshot_interval_s: 3600, last_snapshot_at: '2026-11-20T13:00:00Z', next_snapshot_at: '2026-11-20T14:00:00Z',
      api_response_time_ms: 40, weight_used: 20, weight_limit: 6000, accounts_ok: 1, accounts_total: 1, error: null, import_progress: null,
    },
    display_time_zone: 'UTC', display_time_zone_chosen: false, ...over,
  };
}

export function stats(periods: Record<string, Period>, snapshots = 1000): Stats {
  return { ...FIGURES, tracking: { snapshots, first: null, last: null, expected: snapshots, missing: 0, cash_flows: 10 }, periods };
}

export function balances(rows: readonly Balance[]): Balances {
  const out = rows.filter((row) => row.hidden !== null);
  const hidden = { minimum_usd: '5', count: out.length, value_usd: String(out.reduce((all, row) => all + Number(row.usd_value), 0)), unpriced: 0 };
  return { ...FIGURES, total_value_usd: '1000', complete: true, status: 'exact', reason: null, unpriced: [], refreshed_at: null, hidden, drift_band_percent: 0.75, balances: rows };
}

export function monthly(items: Monthly['items']): Monthly {
  return { ...FIGURES, items, years: [] };
}

export function history(points: number): TwrHistory {
  return {
    ...FIGURES, days: 7, status: 'exact', reason: null,
    series: Array.from({ length: points }, (_, i) => ({
      t: new Date(Date.UTC(2026, 10, 13, i)).toISOString(), twr_percent: i / 10, benchmark_percent: -i / 20,
      drawdown_percent: -i, benchmark_drawdown_percent: -2 * i, hold_percent: null,
      value_usd: String(1000 + i), net_deposits_usd: '900',
    })),
    flows: [], gaps: [], replayed_until: null,
  };
}
