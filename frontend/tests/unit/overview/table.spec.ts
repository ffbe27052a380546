import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NO_TARGETS, type Targets } from '@/components/overview/allocation';
import PortfolioTable from '@/components/overview/PortfolioTable.vue';
import * as csv from '@/lib/csv';
import { setDisplay } from '@/lib/display';
import { usePreferencesStore } from '@/stores/preferences';
import { show } from '../mounting';
import { balance, balances, failed, overview, ready } from './builders';

const ROWS = [
  balance({ asset: 'BTC', name: 'Bitcoin', total: '0.5', free: '0.4', locked: '0.1', price_usd: '1500', usd_value: '750', change_24h_percent: 2.2 }),
  balance({ asset: 'ETH', name: 'Ethereum', total: '2', price_usd: '123', usd_value: '246', change_24h_percent: -1, cost_usd: null, unrealized_pnl_usd: null, unrealized_pnl_reason: 'history_importing' }),
  balance({ asset: 'USDT', name: 'Tether', total: '4', price_usd: '1', usd_value: '4', hidden: 'small', change_24h_percent: 0, cost_usd: null, unrealized_pnl_usd: null, unrealized_pnl_reason: 'not_applicable' }),
  balance({ asset: 'FET', name: 'Fetch', total: '187.4', price_usd: null, usd_value: null, change_24h_percent: null, cost_usd: '90', unrealized_pnl_usd: null, unrealized_pnl_reason: 'no_price', status: 'unavailable', reason: 'no_price' }),
];

async function table(targets: Targets = NO_TARGETS, rows = ROWS): Promise<VueWrapper> {
  const wrapper = await show(PortfolioTable, { props: { holdings: ready(balances(rows)), overview: ready(overview()), targets } });
  await flushPromises();
  return wrapper;
}
const assets = (wrapper: VueWrapper): string[] => wrapper.findAll('tbody tr .as .b').map((cell) => cell.text());
const row = (wrapper: VueWrapper, asset: string): string =>
  wrapper.findAll('tbody tr').find((line) => line.text().startsWith(asset))?.text().replaceAll('\u00a0', ' ') ?? '';

afterEach(() => {
  setDisplay({ hidden: false });
  localStorage.clear();
  document.body.innerHTML = '';
});

describe('holdings', () => {
  it('have every column of the design, all of them sortable', async () => {
    const heads = (await table()).findAll('thead th');
    expect(heads.map((head) => head.text())).toEqual(['Asset', 'Price', '24 h', 'Quantity', 'Value', 'Weight', 'Target', 'Drift', 'Unrealised P&L']);
    expect(heads.every((head) => head.find('button').exists())).toBe(true);
  });

  it('stand by value, largest first, until a column is clicked', async () => {
    const wrapper = await table();
    expect(assets(wrapper)).toEqual(['BTC', 'ETH', 'FET']);
    expect(wrapper.findAll('th')[4]?.attributes('aria-sort')).toBe('descending');
    await wrapper.findAll('thead button')[1]?.trigger('click');
    await flushPromises();
    await wrapper.findAll('thead button')[1]?.trigger('click');
    await flushPromises();
    expect(assets(wrapper)).toEqual(['ETH', 'BTC', 'FET']);
    expect(wrapper.findAll('th')[1]?.attributes('aria-sort')).toBe('ascending');
  });

  it('hide what the rule hides and count it in the footer with its worth, the total untouched', async () => {
    const wrapper = await table();
    expect(wrapper.get('tfoot').text()).toContain('4 assets');
    expect(wrapper.get('tfoot').text()).toContain('1 hidden, worth $4.00, in the total');
    expect(wrapper.get('tfoot').text()).toContain('$1,000.00');
    usePreferencesStore().hideSmall = false;
    await flushPromises();
    expect(assets(wrapper)).toContain('USDT');
    expect(wrapper.get('tfoot').text()).not.toContain('hidden');
  });

  it('say "no price" where there is none, and leave the weight out', async () => {
    const text = row(await table(), 'FET');
    expect(text).toContain('no price');
    expect(text).toContain('left out of the total');
    expect(text).not.toMatch(/\$0|0\.00%/);
  });

  it('show target and drift with its band, and an en dash read as "no target"', async () => {
    const aimed = ROWS.map((one) => (one.asset === 'BTC' ? { ...one, target_percent: 70, drift_percent: 5 } : one));
    const wrapper = await table({ weights: new Map([['BTC', 70]]), bandPp: 0.75 }, aimed);
    expect(row(wrapper, 'BTC')).toContain('70.00%');
    expect(row(wrapper, 'BTC')).toContain('outside the band');
    expect(row(wrapper, 'BTC')).toContain('+5.00 pp');
    expect(row(wrapper, 'ETH')).toContain('no target');
    expect(wrapper.get('tfoot').text()).toContain('1 outside ±0.75 pp');
    expect(wrapper.get('tfoot').text().match(/100\.00%/g)).toHaveLength(2);
    expect((await table()).get('tfoot').text().match(/100\.00%/g)).toHaveLength(1);
  });

  it('show the unrealised profit, "not yet" with its reason where the cost is unknown, and none for the unit itself', async () => {
    const wrapper = await table();
    usePreferencesStore().hideSmall = false;
    await flushPromises();
    expect(row(wrapper, 'BTC')).toContain('+$20.00');
    expect(row(wrapper, 'ETH')).toContain('not yet');
    expect(row(wrapper, 'USDT')).toContain('not applicable');
    expect(wrapper.get('tfoot').text()).toContain('+$27,323.43');
  });

  it('mark a profit that rests on an unknown cost, each coin and the sum, with the coins concerned', async () => {
    const rows = [balance({ asset: 'BTC', usd_value: '750', unrealized_pnl_status: 'estimated', unrealized_pnl_reason: 'unknown_cost' }), balance({ asset: 'ETH' })];
    const doubtful = overview({ pnl_parts_status: 'estimated', pnl_parts_reason: 'unknown_cost', unknown_cost_assets: ['BTC', 'SHIB'] });
    const wrapper = await show(PortfolioTable, { props: { holdings: ready(balances(rows)), overview: ready(doubtful), targets: NO_TARGETS } });
    await flushPromises();
    expect(row(wrapper, 'BTC')).toContain('estimated');
    expect(row(wrapper, 'BTC')).toContain('+$20.00');
    expect(row(wrapper, 'ETH')).not.toContain('estimated');
    expect(wrapper.get('tfoot .tag').attributes('title')).toBe('nobody told what these coins had cost: BTC, SHIB');
    expect((await table()).find('tfoot .tag').exists()).toBe(false);
  });

  it('are filtered by text, and say when nothing matches', async () => {
    const wrapper = await table();
    await wrapper.get('input[type="search"]').setValue('ether');
    await flushPromises();
    expect(assets(wrapper)).toEqual(['ETH']);
    await wrapper.get('input[type="search"]').setValue('zzz');
    await flushPromises();
    expect(wrapper.text()).toContain('Nothing matches the filter.');
  });

  it('open a drawer with free, locked, accounts, cost and trades', async () => {
    const wrapper = await table();
    await wrapper.get('tbody tr').trigger('click');
    await vi.dynamicImportSettled();
    await flushPromises();
    const drawer = document.querySelector('[role="dialog"]');
    expect(drawer?.textContent).toContain('BTC Bitcoin');
    for (const word of ['Free0.4', 'Locked0.1', 'main-spot', 'Cost$80.00', 'Trades', 'Show the Trades page']) expect(drawer?.textContent).toContain(word);
  });

  it('say in the drawer of when what statements tell is', async () => {
    const wrapper = await table(NO_TARGETS, [balance({ asset: 'BTC', wallet: 'statements', status: 'estimated', reason: 'from_statements', timestamp: '2021-05-04T20:30:00Z' })]);
    await wrapper.get('tbody tr').trigger('click');
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(document.querySelector('[role="dialog"]')?.textContent).toMatch(/main-spot from statements\s*as of 4 May 2021/);
  });

  it('hide quantities and values everywhere, in the file too', async () => {
    const wrapper = await table();
    usePreferencesStore().hidden = true;
    await flushPromises();
    expect(row(wrapper, 'BTC')).not.toMatch(/750|0\.5/);
    expect(row(wrapper, 'BTC')).toContain('75.00%');
    const saved = vi.spyOn(csv, 'downloadCsv').mockImplementation(() => undefined);
    await wrapper.findAll('.bar-t button').at(-1)?.trigger('click');
    expect(saved.mock.calls[0]?.[1]).toContain('BTC,Bitcoin,1500,2.2,•••••');
    expect(saved.mock.calls[0]?.[1]).not.toContain('750');
  });

  it('let a column be taken out and put back', async () => {
    const wrapper = await table();
    await wrapper.findAll('.bar-t button').find((button) => button.text() === 'Columns')?.trigger('click');
    await flushPromises();
    const boxes = document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]');
    expect(boxes).toHaveLength(8);
    boxes[0]?.click();
    await flushPromises();
    expect(wrapper.findAll('thead th').map((head) => head.text())).not.toContain('Price');
  });

  it('tell what failed, with the rest of the page untouched', async () => {
    const wrapper = await show(PortfolioTable, { props: { holdings: failed(), overview: ready(overview()), targets: NO_TARGETS } });
    expect(wrapper.get('[role="alert"]').text()).toContain('The rest of the page is not affected.');
  });

  it('are empty in words before the first answer', async () => {
    expect((await table(NO_TARGETS, [])).text()).toContain('No balances yet');
  });
});
