import { computed, ref } from 'vue';
import type { Attribution, Finding } from '@/composables/useAttribution';
import type { Certificate, CertifiedAsset } from '@/composables/useCertificate';
import type { Coverage, SourceCoverage } from '@/composables/useCoverage';
import type { ImportFiles, ImportItem } from '@/composables/useImports';
import { ready } from '../overview/builders';

const FIGURES = { as_of: '2026-11-20T13:00:00Z', environment: 'demo' as const, reporting_currency: 'USDT', reporting_currency_depeg: false, stale: false };

export function source(over: Partial<SourceCoverage> = {}): SourceCoverage {
  return { account_id: 1, account_name: 'main-spot', source: 'deposit', from: '2024-06-23T00:00:00Z', until: '2026-11-20T12:59:00Z', complete: true, horizon: null, gaps: [], files: [], reason: null, ...over };
}
export const coverage = (items: readonly SourceCoverage[]): Coverage => ({ ...FIGURES, items });

export function asset(over: Partial<CertifiedAsset> = {}): CertifiedAsset {
  return { account: 1, wallet: 'all', asset: 'BTC', replayed: '0.5', reported: '0.5', difference: '0', decided: '0', likely_cause: null, wallets: [], ...over };
}
export function certificate(assets: readonly CertifiedAsset[]): Certificate {
  const complete = assets.every((one) => Number(one.difference) === 0);
  const status = complete ? 'exact' : 'unavailable';
  const reason = complete ? null : 'differences';
  return { ...FIGURES, complete, status, reason, assets, accounts: [{ account: 1, name: 'main-spot', complete, status, not_understood: 0, reason, compared_at: '2026-11-20T13:00:00Z', unknown_wallets: [], missing_coverage: [] }] };
}

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    after: '2026-11-19T10:00:00Z', until: '2026-11-19T11:00:00Z', residual_usd: '120.5', likely_cause: 'missed_deposit',
    coins: [{ asset: 'ETH', quantity: '0.04', value_usd: '120.5', likely_cause: 'missed_deposit' }], ...over,
  };
}
export function attribution(over: Partial<Attribution> = {}): Attribution {
  return {
    ...FIGURES, days: 0, start: '2024-06-23T01:00:00Z', end: '2026-11-20T13:00:00Z', start_value_usd: '60000', end_value_usd: '143224.84', change_usd: '83224.84', flows_usd: '35800',
    realized_pnl_usd: '20420.14', unrealized_change_usd: '27323.43', income_usd: '0', fees_usd: '318.73', residual_usd: '0', tolerance_usd: '0.14', findings: [], findings_total: 0,
    status: 'exact', reason: null, available_from: null, ...over,
  };
}

export function filesOf(items: readonly ImportItem[]): ImportFiles {
  return { resource: ready({ ...FIGURES, items: [...items], next_cursor: null }), items: computed(() => items), more: computed(() => false), loadMore: () => Promise.resolve(), moreError: ref(null) };
}
