import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import PnlByAsset from '@/components/trades/PnlByAsset.vue';
import PositionsPanel from '@/components/trades/PositionsPanel.vue';
import TradeHistory from '@/components/trades/TradeHistory.vue';
import TradeStrip from '@/components/trades/TradeStrip.vue';
import * as csv from '@/lib/csv';
import { setDisplay } from '@/lib/display';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';
import { failed, loading, overview, ready } from '../overview/builders';
import { history, metrics, pnl, position, positionList, positions, symbolPnl, trade } from './builders';

afterEach(() => {
  setDisplay({ hidden: false });
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});

describe('strip', () => {
  const strip = (over = {}, sums = pnl([], '47424.84'), openCount: number | null = 10) => show(TradeStrip, { props: { metrics: ready(metrics(over)), pnl: ready(sums), overview: ready(overview()), openCount } });

  it('shows unrealised, realised, fees, win rate, profit factor and trades', async () => {
    const text = (await strip()).text();
    for (const words of ['+$27,323.43', '10 open positions', '+$20,101.41', 'after fees', '$318.73', '75.3%', '58 of 77 closing trades', '7.05', '198', 'since 23 Jun 2024']) expect(text).toContain(words);
  });

  it('marks what is estimated, with its reason', async () => {
    const mark = (await strip({}, pnl([], '1', { status: 'estimated', reason: 'unknown_cost' }))).get('[data-testid="realized"] .tag.warn');
    expect(mark.attributes('title')).toBe('nobody told what these coins had cost');
    expect(mark.text()).toContain('estimated');
  });

  it('never calls unknown sums zero', async () => {
    const text = (await strip({ fees_usd: null, trades: null, win_rate: null, win_rate_reason: 'no_closing_trades', profit_factor: null, profit_factor_reason: 'no_loss', parts_status: 'unavailable', parts_reason: 'history_importing' }, pnl([], null, { status: 'unavailable', reason: 'history_importing' }))).text();
    expect(text).toContain('the history is still being read');
    expect(text).toContain('no loss yet');
    expect(text).not.toMatch(/\b0\b|0\.00/);
  });

  it('says how old and how partial the open profit is', async () => {
    const late = overview({ freshness: 'stale', refreshed_at: new Date(Date.now() - 14 * 60_000).toISOString() });
    const wrapper = await show(TradeStrip, { props: { metrics: ready(metrics()), pnl: ready(pnl([], '1')), overview: ready({ ...late, sync: { ...late.sync, accounts_ok: 2, accounts_total: 3 } }), openCount: 1 } });
    expect(wrapper.get('[data-testid="unrealized"]').text()).toMatch(/14\smin old.*2 of 3 accounts/);
  });

  it('hides amounts and keeps ratios and counts', async () => {
    setDisplay({ hidden: true });
    const text = (await strip()).text();
    expect(text).not.toMatch(/27,323|20,101|318\.73/);
    for (const words of ['75.3%', '7.05', '198']) expect(text).toContain(words);
  });

  it('tells what failed, and asks again', async () => {
    const resource = failed<ReturnType<typeof metrics>>();
    const wrapper = await show(TradeStrip, { props: { metrics: resource, pnl: ready(pnl([], '1')), overview: ready(overview()), openCount: null } });
    await wrapper.get('.btn').trigger('click');
    expect(resource.reload).toHaveBeenCalledOnce();
  });
});

const PERP = position({ id: 'f', kind: 'futures', symbol: 'ETHUSDT', asset: 'ETH', name: 'Ethereum', side: 'SHORT', pnl: '86.37', pnl_percent: 3.15, account_name: 'futures-hedge' });
const DOGE = position({ id: '1 DOGE', asset: 'DOGE', symbol: 'DOGEUSDT', name: 'Dogecoin', pnl: '43.76', cost_status: 'unknown', figures_status: 'estimated', figures_reason: 'unknown_cost' });

async function panel(items = [position(), PERP, DOGE], props: Record<string, unknown> = {}): Promise<VueWrapper> {
  const wrapper = await show(PositionsPanel, { props: { list: positionList(positions(items)), status: 'open', method: 'average', ...props } });
  await flushPromises();
  return wrapper;
}
const rowsOf = (wrapper: VueWrapper): string[] => wrapper.findAll('tbody tr').map((row) => row.text());

describe('positions', () => {
  it('are spot and futures in one table, best first; short is said in words', async () => {
    const wrapper = await panel();
    const rows = rowsOf(wrapper);
    for (const words of ['BTC Bitcoin', 'Spot', '0.500000', '60,000.00', '97,412.50', '$48,706.25', '+$18,706.25', '+62.35%', '+$2,378.33', 'main-spot']) expect(rows[0]).toContain(words);
    expect(rows[1]).toMatch(/ETHUSDT\s*perp\s*Short/);
    expect(rows[2]).toContain('DOGE');
  });

  it('have a switch with both counts, and a cost method', async () => {
    const wrapper = await panel();
    expect(wrapper.findAll('[role="radio"]').map((radio) => radio.text())).toEqual(['Open 3', 'Closed 4']);
    await wrapper.findAll('[role="radio"]')[1]?.trigger('click');
    expect(wrapper.emitted('update:status')).toEqual([['closed']]);
    await wrapper.get('select').setValue('fifo');
    expect(wrapper.emitted('update:method')).toEqual([['fifo']]);
  });

  it('say that a cost is unknown and lead to the form for it', async () => {
    const wrapper = await panel();
    const ask = wrapper.findAll('tbody tr')[2]?.get('button.tag.warn');
    expect(ask?.text()).toContain('cost unknown');
    await ask?.trigger('click');
    expect(wrapper.emitted('cost')).toEqual([['DOGE']]);
  });

  it('without a price have no value, no gain and no zero', async () => {
    const [row] = rowsOf(await panel([position({ current_price: null, value_usd: null, pnl: null, pnl_percent: null, figures_status: 'unavailable', figures_reason: 'no_price' })]));
    expect(row?.match(/no price/g)).toHaveLength(3);
    expect(row).not.toContain('$0.00');
  });

  it('that are closed show what they brought and when', async () => {
    const wrapper = await panel([position({ id: 'c', status: 'closed', exit_price: '71000', realized_pnl: '-12.5', pnl: '-12.5', pnl_percent: -3, close_time: '2026-05-05T10:00:00Z' })], { status: 'closed' });
    const row = rowsOf(wrapper)[0];
    for (const words of ['71,000.00', '-$12.50', '-3.00%', '5 May 2026']) expect(row).toContain(words);
    expect(wrapper.get('h2').text()).toBe('Closed positions');
  });

  it('keep every column on a phone', async () => {
    const line = (await panel()).get('.list-m li').text();
    for (const words of ['BTC', 'Spot', '+$18,706.25', '0.500000', '60,000.00', '+62.35%', '97,412.50', '$48,706.25', '+$2,378.33', 'main-spot']) expect(line).toContain(words);
  });

  it('hide amounts and quantities, never prices and percentages', async () => {
    setDisplay({ hidden: true });
    const row = rowsOf(await panel())[0];
    expect(row).not.toMatch(/0\.5000|48,706|18,706|2,378/);
    expect(row).toContain('+62.35%');
    expect(row).toContain('97,412.50');
  });

  it('are empty in words, and other words while the history is read', async () => {
    expect((await panel([])).text()).toContain('No open position');
    expect((await panel([], { reading: true })).text()).toContain('The history is still being read');
    expect((await panel([], { status: 'closed' })).text()).toContain('Nothing was closed yet');
  });

  it('tell what failed', async () => {
    expect((await panel([], { list: positionList('error') })).get('[role="alert"]').text()).toContain('503');
  });
});

describe('profit by asset', () => {
  const items = [symbolPnl(), symbolPnl({ symbol: 'ETHUSDT', asset: 'ETH', realized_pnl: '2032.69', unrealized_pnl: '-1337.45', total_pnl: '695.24' })];
  const panelOf = (total: string | null, whole = '21060.34') => show(PnlByAsset, { props: { pnl: ready(pnl(items, total)), overview: ready(overview({ total_pnl_usd: whole })) } });

  it('has a bar for each and the total, with both parts for screen readers', async () => {
    const wrapper = await panelOf('21060.34');
    expect(wrapper.findAll('.track')).toHaveLength(2);
    expect(wrapper.findAll('li')[1]?.text()).toContain('realised +$2,032.69, unrealised -$1,337.45');
    expect(wrapper.get('[data-testid="pnl-total"]').text()).toContain('+$21,060.34');
    expect(wrapper.find('[data-testid="pnl-now"]').exists()).toBe(false);
  });

  it('says so when Total P&L has moved on', async () => {
    expect((await panelOf('21060.34', '21100')).get('[data-testid="pnl-now"]').text()).toContain('+$21,100.00');
  });

  it('lets a period be chosen, tells when it began, and compares only the whole history with Total P&L', async () => {
    const wrapper = await show(PnlByAsset, { props: { pnl: ready(pnl(items, '900', { start: '2026-08-22T13:00:00Z' })), overview: ready(overview({ total_pnl_usd: '21100' })), period: '90d' } });
    expect(wrapper.findAll('[role="radio"]').map((radio) => [radio.text(), radio.attributes('aria-checked')])).toEqual([['30d', 'false'], ['90d', 'true'], ['1y', 'false'], ['Total', 'false']]);
    expect(wrapper.get('[data-testid="pnl-start"]').text()).toContain('22 Aug 2026');
    expect(wrapper.find('[data-testid="pnl-now"]').exists()).toBe(false);
    await wrapper.findAll('[role="radio"]')[3]?.trigger('click');
    expect(wrapper.emitted('update:period')).toEqual([['total']]);
  });

  it('that is longer than the history says so, and can be left', async () => {
    const wrapper = await show(PnlByAsset, { props: { pnl: ready(pnl([], null, { status: 'unavailable', reason: 'history_too_short' })), overview: ready(overview()), period: '1y' } });
    expect(wrapper.text()).toContain('not yet');
    expect(wrapper.text()).toContain('the history is too short');
    expect(wrapper.text()).not.toContain('No profit or loss');
    expect(wrapper.findAll('[role="radio"]')).toHaveLength(4);
  });

  it('does not call an unknown total zero', async () => {
    expect((await panelOf(null)).get('[data-testid="pnl-total"]').text()).toContain('not yet');
  });

  it('is empty in words', async () => {
    expect((await show(PnlByAsset, { props: { pnl: ready(pnl([], '0')), overview: ready(overview()) } })).text()).toContain('No profit or loss yet.');
  });
});

describe('history', () => {
  const props = (over: Record<string, unknown> = {}) => ({ pages: history([trade(), trade({ id: 't2', side: 'BUY', realized_pnl: null, fee_usd: null })]), symbols: ['ETHUSDT'], accounts: [], ever: true, symbol: '', side: 'all', period: 'all', account: '', ...over });

  it('shows time, symbol, side, quantity, price, notional, fee and realised', async () => {
    const rows = (await show(TradeHistory, { props: props() })).findAll('tbody tr').map((row) => row.text());
    for (const words of ['28 Oct 2026', 'ETHUSDT', 'Sell', '1.008802', '3,511.36', '$3,542.27', '$3.54', '+$50.80']) expect(rows[0]).toContain(words);
    expect(rows[1]).toContain('Buy');
    expect(rows[1]).toContain('BNB'); // no price of then: what was paid
    expect(rows[1]).toContain('not applicable');
  });

  it('passes filters on: a symbol when it is complete, the others at once', async () => {
    const wrapper = await show(TradeHistory, { props: props({ accounts: [overview().accounts[0], { ...overview().accounts[0], id: 2, name: 'vault' }] }) });
    await wrapper.get('input[type="search"]').setValue('ethbtc');
    await wrapper.get('input[type="search"]').trigger('change');
    expect(wrapper.emitted('update:symbol')?.at(-1)).toEqual(['ETHBTC']);
    const selects = wrapper.findAll('select');
    await selects[0]?.setValue('SELL');
    await selects[1]?.setValue('7d');
    await selects[2]?.setValue('2');
    expect([wrapper.emitted('update:side'), wrapper.emitted('update:period'), wrapper.emitted('update:account')]).toEqual([[['SELL']], [['7d']], [['2']]]);
  });

  it('goes to older trades and back', async () => {
    const older = vi.fn();
    const { computed } = await import('vue');
    const wrapper = await show(TradeHistory, { props: props({ pages: history([trade()], 'ready', { hasOlder: computed(() => true), before: computed(() => 50), older }) }) });
    expect(wrapper.get('.more').text()).toContain('51 to 51');
    const [newer, next] = wrapper.findAll('.more button');
    expect(newer?.attributes('disabled')).toBeDefined();
    await next?.trigger('click');
    expect(older).toHaveBeenCalledOnce();
  });

  it('exports all that matches, not the page', async () => {
    const saved = vi.spyOn(csv, 'downloadCsv').mockImplementation(() => undefined);
    const all = () => Promise.resolve([trade(), trade({ id: 't2' }), trade({ id: 't3' })]);
    const wrapper = await show(TradeHistory, { props: props({ pages: history([trade()], 'ready', { all }) }) });
    await wrapper.get('.bar-t .btn').trigger('click');
    await flushPromises();
    expect(saved.mock.calls[0]?.[1].trim().split('\r\n')).toHaveLength(4);
  });

  it('says why an export failed', async () => {
    const wrapper = await show(TradeHistory, { props: props({ pages: history([trade()], 'ready', { all: () => Promise.reject(new Error('database busy')) }) }) });
    await wrapper.get('.bar-t .btn').trigger('click');
    await flushPromises();
    expect(useToastStore().toasts[0]?.text).toContain('database busy');
  });

  it('that is empty tells a filter from a beginning', async () => {
    const none = await show(TradeHistory, { props: props({ pages: history([]), period: '7d' }) });
    expect(none.text()).toContain('No trade matches');
    await none.get('.empty .btn').trigger('click');
    expect(none.emitted('all')).toHaveLength(1);
    expect((await show(TradeHistory, { props: props({ pages: history([]), ever: false, period: '7d' }) })).text()).toContain('No trade yet');
  });

  it('waits in rows of the same size', async () => {
    const wrapper = await show(TradeHistory, { props: props({ pages: history([], 'loading') }) });
    expect(wrapper.findAll('tbody tr')).toHaveLength(12);
    expect((await show(PositionsPanel, { props: { list: { ...positionList('loading'), resource: loading() }, status: 'open', method: 'average' } })).findAll('tbody tr')).toHaveLength(10);
  });
});
