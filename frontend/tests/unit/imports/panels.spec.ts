import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AddressesPanel from '@/components/imports/AddressesPanel.vue';
import ClosingPanel from '@/components/imports/ClosingPanel.vue';
import CoinTable from '@/components/imports/CoinTable.vue';
import CoveragePanel from '@/components/imports/CoveragePanel.vue';
import FilesPanel from '@/components/imports/FilesPanel.vue';
import ImportsStrip from '@/components/imports/ImportsStrip.vue';
import type { SourceCoverage } from '@/composables/useCoverage';
import { setDisplay } from '@/lib/display';
import { useToastStore } from '@/stores/toasts';
import { item } from '../cashflows/importBuilders';
import { show, until } from '../mounting';
import { failed, loading, ready } from '../overview/builders';
import { asset, attribution, certificate, coverage, filesOf, finding, source } from './builders';

const now = Date.parse('2026-11-20T13:00:00Z');
const beyond = source({ source: 'p2p', from: '2026-05-24T00:00:00Z', complete: false, reason: 'beyond_horizon', gaps: [{ from: '2024-06-23T00:00:00Z', to: '2026-05-24T00:00:00Z', reason: 'beyond_horizon' }] });
const slow = source({ source: 'fiat_deposit', complete: false, reason: 'not_read', gaps: [{ from: '2024-06-23T00:00:00Z', to: '2026-05-24T00:00:00Z', reason: 'not_read' }] });

afterEach(() => {
  setDisplay({ hidden: false });
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('coverage', () => {
  const panel = (items: SourceCoverage[]) => show(CoveragePanel, { props: { coverage: ready(coverage(items)), first: '2024-06-23T01:00:00Z', now } });

  it('names each gap with its stretch and reason, as text beside the map', async () => {
    const wrapper = await panel([source(), beyond]);
    const rows = wrapper.findAll('tbody tr').map((row) => row.text());
    expect(rows[0]).toMatch(/Deposits.*23 Jun 2024 to 20 Nov 2026.*Nothing/);
    expect(rows[1]).toMatch(/P2P.*24 May 2026 to 20 Nov 2026.*23 Jun 2024 to 24 May 2026.*Binance does not tell it any more/);
    expect(wrapper.get('[data-testid=coverage-summary]').text()).toContain('1 of 2 histories are whole. 1 has a gap: what lies in it is unknown, not zero.');
    expect(wrapper.findAll('.map').every((map) => map.attributes('aria-hidden') === 'true')).toBe(true);
  });

  it('offers a statement where only a file can tell, into the account that lacks it', async () => {
    const wrapper = await panel([source(), { ...beyond, account_id: 2, account_name: 'vault' }, slow]);
    const offers = wrapper.findAll('tbody tr').map((row) => row.findAll('button').length);
    expect(offers).toEqual([0, 1, 0]);
    await wrapper.findAll('tbody tr')[1]?.get('button').trigger('click');
    expect(wrapper.emitted('load')).toEqual([[2]]);
    expect(wrapper.findAll('tbody tr')[1]?.text()).toContain('vault');
  });

  it('says of one day what is known of each history', async () => {
    const wrapper = await panel([source(), beyond]);
    const field = wrapper.get<HTMLInputElement>('[data-testid=coverage-day]');
    field.element.value = '2025-02-03';
    await field.trigger('change');
    await flushPromises();
    expect(wrapper.findAll('tbody tr').map((row) => row.find('.tag').text())).toEqual(['Read', 'Beyond what Binance tells']);
    expect(wrapper.text()).toContain('On 3 Feb 2025');
  });

  it('says which stretches only an export tells', async () => {
    const wrapper = await panel([{ ...beyond, gaps: [], complete: true, files: [{ from: '2024-06-23T00:00:00Z', to: '2026-05-24T00:00:00Z' }] }, beyond]);
    expect(wrapper.findAll('tbody tr')[0]?.text()).toContain('From files: 23 Jun 2024 to 24 May 2026');
    expect(wrapper.findAll('tbody tr .file')).toHaveLength(1);
    expect(wrapper.findAll('tbody tr')[1]?.text()).not.toContain('From files');
  });

  it('is not yet before anything was read, and tells what failed', async () => {
    expect((await panel([])).text()).toContain('Nothing was read yet');
    const broken = await show(CoveragePanel, { props: { coverage: failed(), first: null, now } });
    expect(broken.get('[role=alert]').text()).toContain('503');
  });

  it('names a history this version has no words for', async () => {
    expect((await panel([source({ source: 'moon_bonus' })])).text()).toContain('moon bonus');
  });
});

describe('coins', () => {
  const long = asset({ asset: 'SOL', replayed: '1.123456789012345678', reported: '0.123456789012345678', difference: '-1', likely_cause: 'missed_withdrawal' });
  it('are told to the last digit, those that differ first', async () => {
    const wrapper = await show(CoinTable, { props: { certificate: ready(certificate([asset(), long])) } });
    const rows = wrapper.findAll('tbody tr').map((row) => row.text());
    expect(rows[0]).toMatch(/SOL.*1\.123456789012345678.*0\.123456789012345678.*-1.*perhaps a missed withdrawal/);
    expect(rows[1]).toMatch(/BTC.*agrees/);
  });
  it('can be narrowed to those that differ', async () => {
    const wrapper = await show(CoinTable, { props: { certificate: ready(certificate([asset(), long])) } });
    await wrapper.findAll('[role=radio]')[1]?.trigger('click');
    await flushPromises();
    expect(wrapper.findAll('tbody tr')).toHaveLength(1);
  });
  it('hide amounts', async () => {
    setDisplay({ hidden: true });
    expect((await show(CoinTable, { props: { certificate: ready(certificate([long])) } })).text()).not.toMatch(/0\.123|1\.123|-1/);
  });
});

describe('closing equation', () => {
  const panel = (over = {}) => show(ClosingPanel, { props: { closing: ready(attribution(over)) } });
  it('lists every part with its sign, so that they add up from start to end', async () => {
    const said = (await panel()).text();
    expect(said).toMatch(/Value at the start.*\$60,000\.00.*\+\$35,800\.00.*\+\$20,420\.14.*\+\$27,323\.43.*-\$318\.73.*Not explained.*\$0\.00.*\$143,224\.84/);
    expect(said).toContain('Every interval is explained.');
  });
  it('names each interval with its amount, its coins and the likely cause', async () => {
    const said = (await panel({ status: 'estimated', reason: 'residual', residual_usd: '120.5', findings: [finding()], findings_total: 1 })).text();
    expect(said).toContain('1 interval is not explained.');
    expect(said).toMatch(/19 Nov 2026, 11:00 to 12:00\s*\+\$120\.50.*perhaps a missed deposit.*ETH \+0\.040000/);
  });
  it('lists a few, all when asked, and says how many more there are', async () => {
    const many = Array.from({ length: 12 }, (_none, n) => finding({ until: new Date(now - n * 3_600_000).toISOString() }));
    const wrapper = await panel({ findings: many, findings_total: 300 });
    expect(wrapper.findAll('[data-testid=findings] > li')).toHaveLength(8);
    await wrapper.get('button[aria-expanded]').trigger('click');
    expect(wrapper.findAll('[data-testid=findings] > li')).toHaveLength(12);
    expect(wrapper.text()).toContain('the newest 12 of 300 are listed');
  });
  it('is not yet, with the reason, and never zero where nothing is known', async () => {
    const said = (await panel({ status: 'unavailable', reason: 'history_importing', residual_usd: null })).text();
    expect(said).toContain('not yet');
    expect(said).toContain('the history is still being read');
    expect(said).not.toContain('$0.00');
    expect(said).not.toContain('Every interval is explained.');
  });
  it('says a cause of a stored row, and one it has no words for', async () => {
    const said = (await panel({ findings: [finding({ likely_cause: 'price', coins: [] }), finding({ until: '2026-11-18T11:00:00Z', likely_cause: 'moon_phase', coins: [] })], findings_total: 2 })).text();
    expect(said).toContain('perhaps a wrong price');
    expect(said).toContain('moon phase');
  });
});

describe('files', () => {
  const done = item({ id: 9, kind: 'statement', state: 'committed', name: 'trades.csv', written: 3, known: 40, refused: 2, ignored: 5, committed_at: '2026-11-20T10:01:00Z' });
  it('say how many lines were new, were there already, moved nothing or were refused', async () => {
    const wrapper = await show(FilesPanel, { props: { files: filesOf([done, item({ id: 8, state: 'undone', written: 1 }), item({ id: 7 })]) } });
    const rows = wrapper.findAll('tbody tr');
    expect(rows).toHaveLength(2);
    expect(rows[0]?.findAll('td').slice(2, 7).map((cell) => cell.text())).toEqual(['50', '3', '40', '5', '2']);
    expect(rows[1]?.text()).toContain('Undone');
    expect(rows[1]?.find('button').exists()).toBe(false);
  });
  it('are taken back as a whole, also one that only told better what was known', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      return Promise.resolve(Response.json({ item: { ...done, state: 'undone', removed: 0 }, recomputing: true }));
    });
    const wrapper = await show(FilesPanel, { props: { files: filesOf([{ ...done, written: 0 }]) } });
    await wrapper.get('tbody .btn').trigger('click');
    await flushPromises();
    expect(asked).toContain('POST /api/imports/9/undo');
    expect(useToastStore().toasts.map((toast) => toast.text)).toEqual(['trades.csv was taken back. To bring it back, choose the file again.']);
  });
  it('show the lines left out with their reasons, until they are seen to', async () => {
    const asked: string[] = [];
    let dismissed = false;
    vi.stubGlobal('fetch', (request: Request) => {
      const path = new URL(request.url).pathname;
      asked.push(`${request.method} ${path}`);
      dismissed ||= path.endsWith('/dismiss');
      const lines = [{ position: 4, n: 5, file: '', reason: 'operation_unknown', detail: 'Moon Bonus', text: '1,24-03-03,Spot,Moon Bonus,USDT,5' }];
      return Promise.resolve(Response.json({ item: done, refused: { dismissed, not_understood: 1, lines } }));
    });
    const wrapper = await show(FilesPanel, { props: { files: filesOf([done]) } });
    await wrapper.get('tbody .lk').trigger('click');
    const drawer = (): string => document.querySelector('[role=dialog]')?.textContent ?? '';
    await until(() => expect(drawer()).toMatch(/Of 1 line it is not known.*Line 5.*An operation that is not known yet:.*Moon Bonus/));
    [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].find((one) => one.textContent === 'I have seen to them')?.click();
    await until(() => expect(drawer()).toContain('You have seen to these lines.'));
    expect(asked).toContain('POST /api/imports/9/dismiss');
    expect(drawer()).not.toContain('I have seen to them');
  });
  it('offer the first import where there is none', async () => {
    const wrapper = await show(FilesPanel, { props: { files: filesOf([]) } });
    await wrapper.get('button').trigger('click');
    expect(wrapper.emitted('load')).toHaveLength(1);
  });
});

describe('strip', () => {
  const strip = (over = {}) => show(ImportsStrip, { props: { importing: null, coverage: ready(coverage([source(), beyond])), certificate: ready(certificate([asset()])), closing: ready(attribution()), ...over } });
  it('answers four questions at a glance', async () => {
    const said = (await strip()).text();
    for (const part of ['Read', '1 of 2', '1 has a gap', 'All agree', '1 coin, to the last digit', 'All explained', 'left over: $0.00']) expect(said).toContain(part);
  });
  it('claims nothing while nothing is known', async () => {
    const said = (await strip({ coverage: loading(), certificate: loading(), closing: ready(attribution({ status: 'unavailable', reason: 'no_history', residual_usd: null })) })).text();
    expect(said).not.toMatch(/All agree|All explained|\$0/);
    expect(said).toContain('not yet');
  });
  it('says what differs and what is open', async () => {
    const said = (await strip({ certificate: ready(certificate([asset({ difference: '1' })])), closing: ready(attribution({ residual_usd: '9', findings_total: 3 })) })).text();
    expect(said).toContain('1 differs');
    expect(said).toContain('3 intervals open');
  });
});

describe('own addresses outside', () => {
  const cold = { id: 3, address: 'bc1-made-up', network: 'BTC', label: 'Cold wallet', treatment: 'outside_holdings', created_at: '2026-11-20T10:00:00Z', withdrawals: 2, held: [{ asset: 'BTC', quantity: '0.5' }] };
  async function panel(items: object[]) {
    const sent: { method: string; path: string; body: unknown }[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      const text = await request.text();
      if (request.method !== 'GET') sent.push({ method: request.method, path: new URL(request.url).pathname, body: text ? JSON.parse(text) : null });
      return Response.json({ environment: 'demo', items });
    });
    const wrapper = await show(AddressesPanel);
    await flushPromises();
    return { wrapper, sent };
  }

  it('say what is there, and can be a flow instead', async () => {
    const { wrapper, sent } = await panel([cold]);
    expect(wrapper.get('li').text()).toMatch(/Cold wallet.*bc1-made-up.*2 withdrawals · BTC · holds 0\.500000 BTC/);
    await wrapper.get('li select').setValue('flow');
    await flushPromises();
    expect(sent).toEqual([{ method: 'PATCH', path: '/api/addresses/3', body: { treatment: 'flow' } }]);
  });
  it('are added, and refused without an address', async () => {
    const { wrapper, sent } = await panel([]);
    await wrapper.get('form').trigger('submit');
    expect(sent).toEqual([]);
    expect(wrapper.get('[role=alert]').text()).toContain('The address, as it stands at Binance.');
    await wrapper.get('form input').setValue(' bc1-made-up ');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(sent).toEqual([{ method: 'POST', path: '/api/addresses', body: { address: 'bc1-made-up', treatment: 'outside_holdings' } }]);
  });
  it('are removed at once, with Undo that puts the same back', async () => {
    const { wrapper, sent } = await panel([cold]);
    await wrapper.get('li button').trigger('click');
    await flushPromises();
    useToastStore().toasts[0]?.undo?.();
    await flushPromises();
    expect(sent).toEqual([
      { method: 'DELETE', path: '/api/addresses/3', body: null },
      { method: 'POST', path: '/api/addresses', body: { address: 'bc1-made-up', network: 'BTC', label: 'Cold wallet', treatment: 'outside_holdings' } },
    ]);
  });
  it('hide what they hold', async () => {
    setDisplay({ hidden: true });
    expect((await panel([cold])).wrapper.text()).not.toContain('0.5');
  });
});
