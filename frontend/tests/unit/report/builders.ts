import type { Report } from '@/composables/useReport';
import { risk } from '../performance/builders';

const FIGURES = { as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', stale: false, reporting_currency_depeg: false } as const;
const known = { status: 'exact', reason: null } as const;

/** October of one account, everything known; override what a test is about. */
export function report(over: Partial<Report> = {}): Report {
  const day = (date: string, percent: number | null) => ({ date, nav_avg_usd: '1000', nav_close_usd: '1000', benchmark_avg_usd: null, benchmark_close_usd: null, return_percent: percent, benchmark_return_percent: 0.5, benchmark_status: 'exact' as const, benchmark_reason: null, hours: 24, complete: true, ...(percent === null ? ({ status: 'unavailable', reason: 'missing_days' } as const) : known) });
  const coin = (asset: string, total: string | null) => ({ symbol: `${asset}USDT`, asset, name: asset, kind: 'spot', realized_pnl: '1', unrealized_pnl: total === null ? null : '2', total_pnl: total, income_usd: '0', transferred_out_usd: '0', fees_usd: '0.5', trades: 3, closing_trades: 1, win_rate: 1, ...(total === null ? ({ status: 'unavailable', reason: 'no_price' } as const) : known) }) as const;
  const held = { timestamp: '2026-11-01T00:00:00Z', value_usd: '1100', items: [{ asset: 'BTC', name: 'Bitcoin', quantity: '0.01', price_usd: '110000', value_usd: '1100', share_percent: 100, reason: null }], ...known };
  return {
    ...FIGURES,
    period: { name: '2026-10', kind: 'month', start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z', running: false },
    accounts: [{ id: 1, name: 'demo' }], method: 'average',
    summary: { start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z', complete: true, start_value_usd: '1000', end_value_usd: '1100', values_status: 'exact', values_reason: null, net_flows_usd: '50', pnl_usd: '50', pnl_percent: 4.76, twr_percent: 4.8, twr_annualized_percent: null, twr_annualized_reason: 'period_too_short', pnl_status: 'exact', pnl_reason: null, pnl_percent_reason: null, xirr_percent: 4.9, xirr_status: 'exact', xirr_reason: null, xirr_several_roots: false, benchmark_twr_percent: 3, benchmark_status: 'exact', benchmark_reason: null, excess_percent: 1.8, excess_status: 'exact', excess_reason: null, ...known },
    benchmark: { coins: [{ coin: 'BTC', weight_percent: 50 }, { coin: 'ETH', weight_percent: 50 }], value_usd: '1080', difference_usd: '20', outperformance_percent: 1.85, value_status: 'exact', value_reason: null, ...known },
    attribution: { ...FIGURES, days: 31, start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z', start_value_usd: '1000', end_value_usd: '1100', change_usd: '100', flows_usd: '50', realized_pnl_usd: '20', unrealized_change_usd: '33', income_usd: '1', fees_usd: '4', residual_usd: '0', tolerance_usd: '0.01', findings: [], findings_total: 0, available_from: null, ...known },
    months: [], series: [{ t: '2026-10-01T00:00:00Z', value_usd: '1000', twr_percent: 0, benchmark_percent: 0 }, { t: '2026-11-01T00:00:00Z', value_usd: '1100', twr_percent: 4.8, benchmark_percent: 3 }],
    days: [day('2026-10-01', 1), day('2026-10-02', -2), day('2026-10-03', null), day('2026-10-04', 3)],
    risk: risk(), drawdowns: [],
    flows: { items: [], totals: { deposits_usd: '50', withdrawals_usd: '0', net_usd: '50', deposits: 1, withdrawals: 0, first_at: null, own_moves: 0, moves_to_confirm: 0, value_to_net_ratio: null, ...known } },
    opening_holdings: held, closing_holdings: held,
    profit: { method: 'average', items: [coin('BTC', '30'), coin('ETH', '-5'), coin('XYZ', null)], totals: { realized_pnl: '3', unrealized_pnl: null, total_pnl: null, fees_usd: '1.5' }, status: 'estimated', reason: 'no_price' },
    fees: { items: [{ kind: 'trade', count: 3, value_usd: '1.5', unpriced: 0 }], total_usd: '1.5', ...known },
    income: { items: [], total_usd: '0', ...known },
    quality: { snapshots_expected: 744, snapshots_missing: 2, estimated_links: 0, replayed_until: null },
    certificate: { complete: true, accounts: [], ...known },
    method_versions: { twr: 'twr-1' },
    ...over,
  };
}
