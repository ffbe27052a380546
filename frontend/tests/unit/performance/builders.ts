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
    beta: alone(0.84), alpha: alone(0.0122), tracking_error: alone(0.1464), information_ratio: alone(0.79),
    win_rate: alone(0.5), profit_factor: alone(1.6), expectancy: { value: '12.34', status: 'exact', reason: null, count: 40, available_from: null, benchmark: null },
    ...over,
  };
}

/** The proof of a return of two pieces. */
export function explained(over: Partial<Explained> = {}): Explained {
  const piece = { kind: 'link', status: 'exact', reason: null, value_distance_s: 0, start_snapshot_id: 1, end_snapshot_id: 2, flow_ids: [] } as const;
  return {
    ...FIGURES, metric: 'twr', days: 90, asset: null, unit: 'percent', result: 3.831, status: 'exact', reason: null, available_from: null,
    from: '2026-08-22T13:00:00Z', to: '2026-11-20T13:00:00Z', method: 'twr', method_version: 'twr-1', words: 'English words',
    formula: 'TWR = (1 + 0.0585) x (1 - 0.0191) - 1 = +3.831 %',
    sub_periods: [
      { ...piece, number: 1, from: '2026-08-22T13:00:00Z', to: '2026-09-04T13:00:00Z', start_value: '130611.69', end_value_before_flow: '138248.64', return: '0.0585', return_percent: 5.85, flow: '9000', profit: '7636.95' },
      { ...piece, number: 2, from: '2026-09-04T13:00:00Z', to: '2026-11-20T13:00:00Z', start_value: '147248.64', end_value_before_flow: '144436.19', return: '-0.0191', return_percent: -1.91, flow: null, profit: '-2812.45' },
    ],
    next_cursor: null, product: { page: '1.03831', before: '1', total: '1.03831' }, totals: { flow: '9000', profit: '4824.50' },
    inputs: [], inputs_total: 0, gaps: [{ from: '2026-10-09T10:00:00Z', to: '2026-10-09T12:00:00Z' }],
    data: { snapshots: 2158, expected: 2160, missing: 2, flows: 1, flows_valued: 1, largest_value_distance_s: 0 },
    why_differs: { twr_percent: 3.831, pnl_usd: '4824.50', pnl_percent: 3.1, opposite_signs: false, reasons: ['flows_changed_capital'], words: 'English words' },
    ...over,
  };
}
