// Accounts without a key on the pages: dated, said in words, and never shown as a failure.
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AccountSwitcher from '@/components/frame/AccountSwitcher.vue';
import CoinTable from '@/components/imports/CoinTable.vue';
import CoveragePanel from '@/components/imports/CoveragePanel.vue';
import ImportsStrip from '@/components/imports/ImportsStrip.vue';
import AccountsPanel from '@/components/overview/AccountsPanel.vue';
import FirstRun from '@/components/overview/FirstRun.vue';
import TotalValue from '@/components/overview/TotalValue.vue';
import ConnectionTest from '@/components/system/ConnectionTest.vue';
import CertificatePanel from '@/components/trades/CertificatePanel.vue';
import { fromStatements, onlyStatements } from '@/composables/statements';
import type { Certificate } from '@/composables/useCertificate';
import { useSessionStore } from '@/stores/session';
import { attribution, certificate, coverage } from '../imports/builders';
import { show } from '../mounting';
import { overview, ready } from './builders';

const [keyed] = overview().accounts;
if (!keyed) throw new Error('no account');
const old = { ...keyed, id: 2, name: 'Old one', has_key: false, percentage: 20 };
const fresh = { ...keyed, id: 3, name: 'Fresh', has_key: false, value_usd: null, percentage: null, complete: false };
const told = { account: 2, wallet: 'statements', value_usd: '5000', complete: true, as_of: '2021-05-04T20:30:00Z', reason: null };
const mixed = overview({ accounts: [keyed, old, fresh], wallets: [...overview().wallets, told], status: 'estimated', reason: 'from_statements' });
const alone = overview({ accounts: [old], wallets: [told] });
const nothing = { ...certificate([]), complete: false, status: 'unavailable', reason: 'no_key' } satisfies Certificate;
const noKey = (body: Certificate): Certificate => ({ ...body, accounts: [...body.accounts, ...body.accounts.map((one) => ({ ...one, account: 2, name: 'Old one', complete: false, status: 'unavailable' as const, reason: 'no_key', compared_at: null }))] });

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('accounts without a key', () => {
  it('are dated by the last line of their statements', () => {
    expect(fromStatements(mixed)).toEqual([{ id: 2, name: 'Old one', at: '2021-05-04T20:30:00Z' }, { id: 3, name: 'Fresh', at: null }]);
    expect(fromStatements(null)).toEqual([]);
    expect([mixed, alone, overview(), overview({ accounts: [] }), null].map(onlyStatements)).toEqual([false, true, false, false, false]);
  });

  it('date the total that counts them', async () => {
    const wrapper = await show(TotalValue, { props: { overview: ready(mixed) } });
    await vi.dynamicImportSettled();
    await flushPromises();
    const text = wrapper.get('[data-testid="statement-notes"]').text();
    expect(text).toMatch(/Old one: as of the last line of its statements, 4 May 2021/);
    expect(text).toContain('Fresh: waits for its first statement');
    expect((await show(TotalValue, { props: { overview: ready(overview()) } })).find('[data-testid="statement-notes"]').exists()).toBe(false);
  });

  it('are not late among the accounts', async () => {
    const text = (await show(AccountsPanel, { props: { overview: ready(mixed) } })).text();
    expect(text).toContain('from statements, as of 4 May 2021');
    expect(text).toContain('no key, waits for its first statement');
    expect(text).not.toContain('not read');
  });

  it('are marked where an account is chosen', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(mixed), { headers: { 'Content-Type': 'application/json' } }))));
    const wrapper = await show(AccountSwitcher);
    await flushPromises();
    expect(wrapper.findAll('option').map((option) => option.text())).toEqual(['All accounts', 'Fresh (no key)', 'main-spot', 'Old one (no key)']);
    await wrapper.get('select').setValue(2);
    expect(wrapper.get('.words').text()).toContain('no key');
  });
});

describe('the proof of an account without a key', () => {
  const panel = async (body: Certificate): Promise<string> => (await show(CertificatePanel, { props: { certificate: ready(body) } })).text();

  it('has nothing to compare, and does not spoil that of the others', async () => {
    const text = await panel(noKey(certificate([])));
    expect(text).toContain('Complete.');
    expect(text).toContain('Old one: no key: there are no balances to compare with');
    expect(text).not.toContain('not yet');
  });

  it('alone is no failure and never late', async () => {
    const text = await panel({ ...nothing, accounts: noKey(nothing).accounts.slice(1) });
    expect(text).toContain('no balances to compare with');
    expect(text).not.toMatch(/not yet|differ|Complete/);
    expect((await show(CoinTable, { props: { certificate: ready(nothing) } })).text()).toContain('no key: there are no balances to compare with');
  });
});

describe('the imports of an account without a key', () => {
  const strip = (statements: boolean) => show(ImportsStrip, { props: { importing: null, coverage: ready(coverage([])), certificate: ready(nothing), closing: ready(attribution()), statements } });

  it('come from statements: nothing is being read, and nothing is waited for', async () => {
    const text = (await strip(true)).text();
    expect(text).toContain('From statements');
    expect(text).toContain('no key: nothing is read from Binance');
    expect(text).not.toMatch(/not yet|About to be read/);
    expect((await strip(false)).text()).toContain('not yet');
  });

  it('have no map of what Binance tells', async () => {
    const text = (await show(CoveragePanel, { props: { coverage: ready(coverage([])), first: null, now: Date.parse('2026-11-20T13:00:00Z'), statements: true } })).text();
    expect(text).toContain('what its statements tell');
    expect(text).not.toContain('Nothing was read yet');
  });
});

describe('the connection test', () => {
  it('asks with keys alone', async () => {
    const both = await show(ConnectionTest, { props: { accounts: [keyed, { ...keyed, id: 4, name: 'vault' }, old], chosen: null, now: 0 } });
    expect(both.findAll('option').map((option) => option.text())).toEqual(['main-spot', 'vault']);
    const none = await show(ConnectionTest, { props: { accounts: [old], chosen: 2, now: 0 } });
    expect(none.text()).toContain('No account shown here has a key');
    expect(none.find('button').exists()).toBe(false);
  });
});

describe('the first run', () => {
  const answer = (items: object[]) => vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify({ environment: 'live', items }), { headers: { 'Content-Type': 'application/json' } }))));

  it('leads an account that waits to its first statement', async () => {
    answer([{ id: 3, name: 'Fresh', key: 'none' }]);
    const wrapper = await show(FirstRun);
    await flushPromises();
    expect(wrapper.text()).toContain('Fresh: waits for its first statement');
    expect(wrapper.text()).not.toContain('No account yet');
    await wrapper.get('button').trigger('click');
    expect(useSessionStore().account).toBe(3);
  });

  it('offers an account without a key where there is none at all', async () => {
    answer([]);
    const wrapper = await show(FirstRun);
    await flushPromises();
    expect(wrapper.text()).toContain('No account yet');
    expect(wrapper.get('a').attributes('href')).toBe('/settings#accounts');
  });
});
