import type { Benchmark, Comparison } from '@/composables/useBenchmark';
import type { Daily } from '@/composables/useDaily';
import type { Risk } from '@/composables/useRisk';
import type { Explained } from '@/composables/useExplain';

const FIGURES = { as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', stale: false, reporting_currency_depeg: false } as const;
const known = (value: number) => ({ value, status: 'exact', reason: null, count: 365, available_from: null }) as const;

/** Risk of a year with every figure known; override what a test is about. */
export function risk(over: Partial<Risk> = {}): Risk {
  const both = (own: number, other: number) => ({ ...known(own), benchmark: known(other) });
  const alone = (own: number) => ({ ...known(own), benchmark: null });
  const fall = { peak: '2026-08-15T00:00:00Z', trough: '2026-10-20T00:00:00Z', recovered: null, days_under_water: 98 };
  return {
    ...FIGURES, days: 365, start: '2025-11-20T13:00:00Z', end: '2026-11-20T13:00:00Z', status: 'exact', reason: null, available_from: null,
    daily_returns: { count: 365, missing: 0, needed: 30, first_day: '2025-11-21', last_day: '2026-11-20', benchmark_count: 365 },
    risk_free_rate_percent: 4.5, method: 'average',
    volatility: both(0.4338, 0.4921), sharpe: both(1.1, 0.73), sortino: both(1.67, 1.09), calmar: both(1.66, 0.85),
    max_drawdown: { ...known(-0.2795), ...fall, benchmark: { ...known(-0.3189), ...fall } }, max_drawdown_hourly: both(-0.281, -0.322),
    var_95: both(-0.0352, -0.0407), cvar_95: both(-0.0424, -0.0506),
    best_day: { ...known(0.04), date: '2026-01-24', benchmark: { ...known(0.05), date: '2026-01-24' } },
    worst_day: { ...known(-0.03), date: '2026-01-08', benchmark: { ...known(-0.05), date: '2026-01-08' } },
    positive_days: both(0.501, 0.507),
    beta: alone(0.84), alpha: alone(0.0122), tracking_error: alone(0.1464), information_ratio: alone(0.79),
    win_rate: alone(0.5), profit_factor: alone(1.6), expectancy: { value: '12.34', status: 'exact', reason: null, count: 40, available_from: null, benchmark: null },
    ...over,
  };
}

/** The proof of a return of two pieces. */
export function explained(over: Partial<Explained> = {}): Explained {
  const piece = { kind: 'link', status: 'exact', reason: null, value_distance_s: 0, value_distance_reason: null, start_snapshot_id: 1, end_snapshot_id: 2, flow_ids: [] } as const;
  return {
    ...FIGURES, metric: 'twr', days: 90, asset: null, unit: 'percent', result: 3.831, status: 'exact', reason: null, available_from: null,
    from: '2026-08-22T13:00:00Z', to: '2026-11-20T13:00:00Z', method: 'twr', method_version: 'twr-1', words: 'English words',
    formula: 'TWR = (1 + 0.0585) x (1 - 0.0191) - 1 = +3.831 %',
    sub_periods: [
      { ...piece, number: 1, from: '2026-08-22T13:00:00Z', to: '2026-09-04T13:00:00Z', start_value: '130611.69', end_value_before_flow: '138248.64', return: '0.0585', return_percent: 5.85, flow: '9000', profit: '7636.95' },
      { ...piece, number: 2, from: '2026-09-04T13:00:00Z', to: '2026-11-20T13:00:00Z', start_value: '147248.64', end_value_before_flow: '144436.19', return: '-0.0191', return_percent: -1.91, flow: null, profit: '-2812.45' },
    ],
    next_cursor: null, product: { page: '1.03831', before: '1', total: '1.03831' }, totals: { flow: '9000', profit: '4824.50' },
    inputs: [], inputs_total: 0, parts_total: null, gaps: [{ from: '2026-10-09T10:00:00Z', to: '2026-10-09T12:00:00Z' }],
    data: { snapshots: 2158, expected: 2160, missing: 2, flows: 1, flows_valued: 1, largest_value_distance_s: 0 },
    why_differs: { twr_percent: 3.831, pnl_usd: '4824.50', pnl_percent: 3.1, opposite_signs: false, reasons: ['flows_changed_capital'], words: 'English words' },
    ...over,
  };
}

/** A year in which the portfolio stayed behind 50/50 and ahead of holding only. */
export function benchmark(over: Partial<Benchmark> = {}): Benchmark {
  const coin = (name: string) => ({ coin: name, weight_percent: 50, units: '1', price_usd: '100', value_usd: '100' });
  return {
    ...FIGURES, days: 365, start: '2025-11-20T13:00:00Z', end: '2026-11-20T13:00:00Z', status: 'exact', reason: null, available_from: null,
    composition: [coin('BTC'), coin('ETH')], index_percent: 65.29, index_status: 'exact', index_reason: null, twr_percent: 35.93, excess_percent: -29.36,
    money_line: { value_usd: '54265.55', exhausted: false, reason: null },
    comparison: { at: '2026-11-20T13:00:00Z', nav_usd: '43903.54', benchmark_usd: '54265.55', difference_usd: '-10362.01', outperformance_pct: -19.1, status: 'exact', reason: null },
    hold_only: { since: '2025-11-20T13:00:00Z', hold_percent: 5.62, excess_percent: 30.31, excess_status: 'exact', excess_reason: null, difference_status: 'exact', difference_reason: null, value_usd: '34726.70', difference_usd: '9176.84', exhausted: false, status: 'exact', reason: null },
    resets: { weekday: 0, hour: 12, never: false, next: '2026-11-23T12:00:00Z', last: [] },
    ...over,
  };
}

/** Two accounts, and one whose history is too short; their instants are not the same. */
export function comparison(): Comparison {
  const one = { start: '2025-11-20T13:00:00Z', end: '2026-11-20T13:00:00Z', twr_percent: 35.93, benchmark_twr_percent: 65.29, benchmark_status: 'exact', benchmark_reason: null, excess_percent: -29.36, excess_status: 'exact', excess_reason: null, pnl_usd: '10222.17', pnl_status: 'exact', pnl_reason: null, pnl_percent: 25.4, pnl_percent_reason: null, max_drawdown_percent: -15.06, max_drawdown_status: 'exact', max_drawdown_reason: null, value_usd: '43903.54', status: 'exact', reason: null, available_from: null } as const;
  const young = { ...one, id: 3, name: 'New', twr_percent: null, benchmark_twr_percent: null, excess_percent: null, pnl_usd: null, pnl_percent: null, max_drawdown_percent: null, max_drawdown_status: 'unavailable', max_drawdown_reason: 'history_too_short', status: 'unavailable', reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z' } as const;
  return {
    ...FIGURES, days: 365, start: one.start, end: one.end, left_out: 0,
    accounts: [{ ...one, id: 1, name: 'Calm' }, { ...one, id: 2, name: 'Bold', twr_percent: 12.5, status: 'estimated', reason: 'estimated_value' }, young],
    series: [
      { t: '2025-11-20T13:00:00Z', twr_percent: [0, 0, null], value_usd: ['100', '100', null] },
      { t: '2026-05-20T13:00:00Z', twr_percent: [20, null, null], value_usd: ['120', null, null] },
      { t: '2026-11-20T13:00:00Z', twr_percent: [35.93, 12.5, null], value_usd: ['135.93', '112.5', null] },
    ],
  };
}

/** Three days, the last of which is running: the second is a doubtful one, and the benchmark of the first. */
export function daily(over: Partial<Daily> = {}): Daily {
  const day = { nav_avg_usd: '1000.00', nav_close_usd: '1010.00', benchmark_avg_usd: '990.00', benchmark_close_usd: '995.00', return_percent: 1, benchmark_return_percent: 0.5, hours: 24, complete: true, status: 'exact', reason: null, benchmark_status: 'exact', benchmark_reason: null } as const;
  const now = { nav_usd: '1030.00', benchmark_usd: '1000.00', difference: '30.00', outperformance_pct: 3, status: 'exact', reason: null } as const;
  return {
    ...FIGURES, days: 30, status: 'exact', reason: null,
    items: [
      { ...day, date: '2026-11-18', benchmark_status: 'estimated', benchmark_reason: 'old_price' },
      { ...day, date: '2026-11-19', nav_avg_usd: '1012.34', return_percent: -2.5, status: 'estimated', reason: 'estimated_value' },
      { ...day, date: '2026-11-20', nav_avg_usd: '1020.00', hours: 13, complete: false },
    ],
    latest: { ...now, timestamp: '2026-11-20T13:00:00Z' },
    last_24_hours: [{ ...now, timestamp: '2026-11-20T12:00:00Z', nav_usd: '990.00', difference: '-10.00', outperformance_pct: -1 }, { ...now, timestamp: '2026-11-20T13:00:00Z' }],
    ...over,
  };
}
