import { afterEach, describe, expect, it } from 'vitest';
import CertificatePanel from '@/components/trades/CertificatePanel.vue';
import type { Certificate, CertifiedAsset } from '@/composables/useCertificate';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';
import { failed, ready } from '../overview/builders';

afterEach(() => {
  setDisplay({ hidden: false });
  document.body.innerHTML = '';
});

function asset(over: Partial<CertifiedAsset> = {}): CertifiedAsset {
  return { account: 1, wallet: 'all', asset: 'BTC', replayed: '0.5', reported: '0.5', difference: '0', decided: '0', likely_cause: null, wallets: [], ...over };
}

function certificate(assets: CertifiedAsset[], over: Partial<Certificate> = {}): Certificate {
  const complete = over.complete ?? assets.every((one) => Number(one.difference) === 0);
  return {
    as_of: '2026-11-20T13:00:00Z', environment: 'demo', reporting_currency: 'USDT', stale: false, reporting_currency_depeg: false, complete, status: complete ? 'exact' : 'unavailable', reason: complete ? null : 'differences', assets,
    accounts: [{ account: 1, name: 'main-spot', complete, status: complete ? 'exact' : 'unavailable', not_understood: 0, reason: complete ? null : 'differences', compared_at: '2026-11-20T13:00:00Z', unknown_wallets: [], missing_coverage: [] }], ...over,
  };
}
const text = async (body: Certificate): Promise<string> => (await show(CertificatePanel, { props: { certificate: ready(body) } })).text();

describe('certificate', () => {
  it('says that nothing is missing, of how many coins and when', async () => {
    const said = await text(certificate([asset(), asset({ asset: 'ETH' })]));
    expect(said).toContain('Complete.');
    expect(said).toContain('all 2 coins');
    expect(said).toContain('20 Nov 2026, 14:00');
  });

  it('says how many lines of files were not understood, complete or not', async () => {
    const body = certificate([asset()]);
    const [one] = body.accounts;
    if (one === undefined) throw new Error('no account');
    const said = await text({ ...body, status: 'estimated', accounts: [{ ...one, status: 'estimated', not_understood: 2 }] });
    expect(said).toContain('2 lines of imported files were not understood');
    expect(await text(body)).not.toContain('not understood');
  });

  it('names each coin that differs, its amount with sign, and the likely cause', async () => {
    const said = await text(certificate([asset(), asset({ asset: 'SOL', difference: '-1.5', likely_cause: 'missed_withdrawal' })]));
    expect(said).toContain('1 coin differs.');
    expect(said).toMatch(/SOL\s*perhaps a missed withdrawal\s*-1\.500000/);
    expect(said).not.toContain('BTC');
    expect(said).not.toContain('Complete.');
  });

  it('is not yet, with the reason, where nothing could be compared', async () => {
    const account = { account: 1, name: 'main-spot', complete: false, status: 'unavailable' as const, not_understood: 0, reason: 'wallet_unknown', compared_at: null, unknown_wallets: ['funding'], missing_coverage: [] };
    const said = await text(certificate([], { complete: false, reason: 'wallet_unknown', accounts: [account] }));
    expect(said).toContain('not yet');
    expect(said).toContain('its wallet could not be read (funding)');
    expect(await text(certificate([], { complete: false, reason: 'not_compared', accounts: [] }))).toContain('not compared yet');
  });

  it('hides amounts and keeps the names', async () => {
    setDisplay({ hidden: true });
    const said = await text(certificate([asset({ asset: 'SOL', difference: '-1.5' })]));
    expect(said).toContain('SOL');
    expect(said).not.toContain('1.5');
  });

  it('tells what failed', async () => {
    expect((await show(CertificatePanel, { props: { certificate: failed() } })).get('[role="alert"]').text()).toContain('503');
  });
});
