import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AccountsPanel from '@/components/overview/AccountsPanel.vue';
import AgainstBenchmark from '@/components/overview/AgainstBenchmark.vue';
import AllocationPanel from '@/components/overview/AllocationPanel.vue';
import { NO_TARGETS } from '@/components/overview/allocation';
import FirstReturn from '@/components/overview/FirstReturn.vue';
import MonthEndValue from '@/components/overview/MonthEndValue.vue';
import ToLookAt from '@/components/overview/ToLookAt.vue';
import TotalValue from '@/components/overview/TotalValue.vue';
import TWRMetrics from '@/components/overview/TWRMetrics.vue';
import type { Attention } from '@/composables/types';
import { setDisplay } from '@/lib/display';
import { useSessionStore } from '@/stores/session';
import { mixOf } from '../mix';
import { show } from '../mounting';
import { balance, balances, failed, loading, monthly, overview, period, ready, stats } from './builders';

const NOW = new Date('2026-11-20T13:00:09Z');
beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  setDisplay({ hidden: false });
  document.body.innerHTML = '';
});

describe('total value', () => {
  it('shows total, today without flows, net deposits and profit', async () => {
    const text = (await show(TotalValue, { props: { overview: ready(overview()) } })).text();
    expect(text).toContain('$143,224.84');
    expect(text).toContain('+$2,043.87 (+1.45%)');
    expect(text).toContain('no cash flow today');
    expect(text).toContain('$95,800.00');
    expect(text).toContain('+$47,424.84');
  });

  it('names the zone of midnight where it is not the reader’s', async () => {
    setDisplay({ timeZone: 'Europe/Paris' });
    expect((await show(TotalValue, { props: { overview: ready(overview()) } })).text()).toContain('since 00:00 UTC ·');
    const local = overview({ change_today_since: '2026-11-19T23:00:00Z', display_time_zone: 'Europe/Paris' });
    expect((await show(TotalValue, { props: { overview: ready(local) } })).text()).toContain('since 00:00 ·');
  });

  it('names the flow of the day, which is no gain', async () => {
    const text = (await show(TotalValue, { props: { overview: ready(overview({ net_flow_today_usd: '500' })) } })).text();
    expect(text).toContain('cash flow today +$500.00');
  });

  it('keeps a skeleton back for 150 ms and then holds the place', async () => {
    const wrapper = await show(TotalValue, { props: { overview: loading() } });
    expect(wrapper.find('.sk').exists()).toBe(false);
    await vi.advanceTimersByTimeAsync(160);
    expect(wrapper.find('.sk').exists()).toBe(true);
    expect(wrapper.get('section').attributes('aria-busy')).toBe('true');
  });

  it('says how old a late figure is, and keeps it', async () => {
    const at = new Date(NOW.getTime() - 14 * 60_000).toISOString();
    const text = (await show(TotalValue, { props: { overview: ready(overview({ freshness: 'stale', refreshed_at: at })) } })).text();
    expect(text).toMatch(/14\smin old/);
    expect(text).toContain('+$2,043.87');
  });

  it('greys figures and pauses today’s change when nothing is known any more', async () => {
    const at = new Date(NOW.getTime() - 3_000_000).toISOString();
    const wrapper = await show(TotalValue, { props: { overview: ready(overview({ freshness: 'unknown', refreshed_at: at })) } });
    expect(wrapper.text()).toContain('today’s change is paused');
    expect(wrapper.text()).not.toContain('+$2,043.87');
    expect(wrapper.get('.big').classes()).toContain('grey');
  });

  it('says that the total leaves out a coin without a price, and an account that was not read', async () => {
    const part = overview({ complete: false, unpriced: ['FET'] });
    const text = (await show(TotalValue, { props: { overview: ready({ ...part, sync: { ...part.sync, accounts_ok: 2, accounts_total: 3 } }) } })).text();
    expect(text).toContain('2 of 3 accounts');
    expect(text).toContain('no price for FET: left out of the total');
  });

  it('is never a zero before the first answer of the exchange', async () => {
    const none = overview({ total_value_usd: null, status: 'unavailable', reason: 'no_data_yet', refreshed_at: null, freshness: 'unknown', change_today_usd: null, change_today_percent: null, change_today_since: null, change_today_reason: 'no_history', net_deposits_usd: null, net_deposits_reason: 'no_data_yet', total_pnl_usd: null, pnl_reason: 'no_data_yet' });
    const text = (await show(TotalValue, { props: { overview: ready(none) } })).text();
    expect(text).toContain('not yet the exchange has not answered yet');
    expect(text).not.toMatch(/0\.00/);
  });

  it('hides every amount and no percentage', async () => {
    setDisplay({ hidden: true });
    const text = (await show(TotalValue, { props: { overview: ready(overview()) } })).text();
    expect(text).not.toMatch(/143|95,800|47,424|2,043/);
    expect(text).toContain('•••••');
    expect(text).toContain('+1.45%');
  });

  it('tells what failed, and asks again', async () => {
    const resource = failed<ReturnType<typeof overview>>();
    const wrapper = await show(TotalValue, { props: { overview: resource } });
    expect(wrapper.get('[role="alert"]').text()).toContain('503');
    await wrapper.get('.btn').trigger('click');
    expect(resource.reload).toHaveBeenCalledOnce();
  });
});

describe('return tiles', () => {
  const short = period({ twr_percent: null, status: 'unavailable', reason: 'history_too_short', available_from: '2027-09-01T00:00:00Z', needs_days: 730, has_days: 412 });
  const all = ready(stats({ '7d': period({ twr_percent: -3.25, benchmark_twr_percent: -4.37 }), '60d': period({ status: 'estimated', reason: 'flow_without_valuation' }), '1y': period(), '2y': short }));

  it('are a radio group with one tab stop', async () => {
    const wrapper = await show(TWRMetrics, { props: { stats: all, range: '1y' } });
    expect(wrapper.get('[role="radiogroup"]').attributes('aria-label')).toBeTruthy();
    const tiles = wrapper.findAll('[role="radio"]');
    expect(tiles).toHaveLength(9);
    expect(tiles.filter((tile) => tile.attributes('tabindex') === '0').map((tile) => tile.attributes('data-range'))).toEqual(['1y']);
  });

  it('show the return with the benchmark under it, by its name', async () => {
    const wrapper = await show(TWRMetrics, { props: { stats: all, range: '1y' } });
    expect(wrapper.get('[data-range="7d"]').text()).toContain('-3.25%');
    useSessionStore().learn(mixOf());
    await nextTick();
    expect(wrapper.get('[data-range="7d"]').text()).toContain('50/50 -4.37%');
    useSessionStore().learn(mixOf({ BTC: 100 }));
    await nextTick();
    expect(wrapper.get('[data-range="7d"]').text()).toContain('BTC -4.37%');
  });

  it('say "not yet" and what is needed instead of a zero', async () => {
    const text = (await show(TWRMetrics, { props: { stats: all, range: '1y' } })).get('[data-range="2y"]').text();
    expect(text).toContain('not yet');
    expect(text).toContain('needs 730 days, has 412');
    expect(text).not.toContain('0.00');
  });

  it('mark an estimate and say why', async () => {
    const mark = (await show(TWRMetrics, { props: { stats: all, range: '1y' } })).get('[data-range="60d"] .est');
    expect(mark.attributes('title')).toBe('a cash flow without a valuation beside it');
  });

  it('are chosen by click and by arrows, around the ends', async () => {
    const wrapper = await show(TWRMetrics, { props: { stats: all, range: '7d' } });
    await wrapper.get('[data-range="90d"]').trigger('click');
    await wrapper.get('[data-range="7d"]').trigger('keydown', { key: 'ArrowLeft' });
    await wrapper.get('[data-range="7d"]').trigger('keydown', { key: 'ArrowRight' });
    expect(wrapper.emitted('update:range')).toEqual([['90d'], ['total'], ['14d']]);
  });
});

describe('against the benchmark', () => {
  it('shows excess, both returns and both drawdowns of the chosen range', async () => {
    const text = (await show(AgainstBenchmark, { props: { stats: ready(stats({ '1y': period() })), range: '1y' } })).text();
    expect(text).toMatch(/\+19.41\spp/);
    for (const figure of ['Excess, one year', '+46.50%', '+27.09%', '-27.95%', 'vs -31.89%']) expect(text).toContain(figure);
  });

  it('names what it is made of, and whether that is put back to its weights', async () => {
    const wrapper = await show(AgainstBenchmark, { props: { stats: ready(stats({ '1y': period() })), range: '1y' } });
    useSessionStore().learn(mixOf({ BTC: 60, ETH: 40 }, false));
    await nextTick();
    expect(wrapper.text()).toContain('Against 60/40 BTC/ETH');
    expect(wrapper.text()).toContain('never rebalanced');
  });

  it('marks a deepest fall that lacks a day, though the return is exact', async () => {
    const gap = period({ max_drawdown_status: 'estimated', max_drawdown_reason: 'missing_days' });
    const text = (await show(AgainstBenchmark, { props: { stats: ready(stats({ '1y': gap })), range: '1y' } })).text();
    expect(text).toMatch(/estimated/i);
    expect(text).toContain('00:00 UTC');
    const whole = (await show(AgainstBenchmark, { props: { stats: ready(stats({ '1y': period({}) })), range: '1y' } })).text();
    expect(whole).not.toMatch(/estimated/i);
  });

  it('has no figure and no zero for a range that is too long', async () => {
    const none = period({ twr_percent: null, benchmark_twr_percent: null, excess_percent: null, max_drawdown_percent: null, benchmark_max_drawdown_percent: null, status: 'unavailable', reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z', needs_days: 730, has_days: 412 });
    const text = (await show(AgainstBenchmark, { props: { stats: ready(stats({ '2y': none })), range: '2y' } })).text();
    expect(text).toContain('needs 730 days, has 412');
    expect(text).not.toContain('%');
  });
});

describe('to look at', () => {
  const item = (severity: Attention['severity'], kind = 'recomputing'): Attention => ({ kind, severity, params: { account: 'vault' }, href: '/system' });

  it('lists the worst five, each with one link', async () => {
    const items = [item('info'), item('info'), item('warn', 'no_ip_restriction'), item('info'), item('danger', 'key_can_withdraw'), item('info')];
    const wrapper = await show(ToLookAt, { props: { overview: ready(overview({ attention: items })) } });
    const lines = wrapper.findAll('li');
    expect(lines).toHaveLength(5);
    expect(lines[0]?.text()).toContain('vault key may withdraw');
    expect(lines[1]?.text()).toContain('vault key has no IP restriction');
    expect(lines.every((line) => line.findAll('a').length === 1)).toBe(true);
  });

  it('leads from what the proofs found to its place', async () => {
    const found: Attention[] = [
      { kind: 'coins_differ', severity: 'warn', params: { account: 'vault', assets: ['BTC', 'ADA'] }, href: '/imports#certificate' },
      { kind: 'residuals', severity: 'warn', params: { account: 'vault', residuals: 1, cause: 'missed_deposit' }, href: '/imports#closing' },
      { kind: 'history_gaps', severity: 'warn', params: { account: 'vault', sources: ['futures_usdm', 'margin_loan', 'earn_locked'] }, href: '/imports#coverage' },
      { kind: 'lines_refused', severity: 'info', params: { account: 'vault', lines: 1200 }, href: '/imports#files' },
    ];
    const wrapper = await show(ToLookAt, { props: { overview: ready(overview({ attention: found })) } });
    const lines = wrapper.findAll('li').map((line) => line.text());
    for (const [i, words] of ['2 coins are not what the history gives', '1 change of value is not explained', '3 histories were not read', '1,200 lines of imports were left out'].entries()) expect(lines[i]).toContain(words);
    expect(lines[0]).toContain('vault: BTC, ADA');
    expect(wrapper.findAll('li a').map((link) => link.attributes('href'))).toEqual(found.map(({ href }) => href));
  });

  it('says that nothing needs you', async () => {
    expect((await show(ToLookAt, { props: { overview: ready(overview()) } })).text()).toContain('Nothing needs you');
  });

  it('names a kind it has no words for', async () => {
    const wrapper = await show(ToLookAt, { props: { overview: ready(overview({ attention: [item('warn', 'solar_flare')] })) } });
    expect(wrapper.text()).toContain('solar flare');
  });
});

describe('accounts', () => {
  it('show the last value and its time for an account that was not read', async () => {
    const accounts = [{ id: 2, name: 'vault', has_key: true, value_usd: '31000', percentage: 21.99, complete: false, refreshed_at: '2026-11-20T10:00:00Z', as_of: null }];
    const text = (await show(AccountsPanel, { props: { overview: ready(overview({ accounts })) } })).text();
    expect(text).toContain('not read; last value $31,000.00, 20 Nov 2026, 11:00');
  });
});

describe('allocation', () => {
  const rows = ready(balances([balance({ asset: 'BTC', usd_value: '750' }), balance({ asset: 'ETH', usd_value: '250' })]));
  const props = { holdings: rows, overview: ready(overview()), targets: { weights: new Map([['BTC', 80]]), bandPp: 0.75 }, group: 'asset' };

  it('puts the target on its bar as a tick, and names what has none', async () => {
    const wrapper = await show(AllocationPanel, { props });
    expect(wrapper.findAll('.abars li')).toHaveLength(2);
    expect(wrapper.get('.abars li').text()).toContain('target 80.00%');
    expect(wrapper.findAll('.tr b')).toHaveLength(1);
    expect(wrapper.text()).toContain('without a target: ETH 25.00%');
  });

  it('draws one slice a share and says the same as a list', async () => {
    const wrapper = await show(AllocationPanel, { props: { ...props, targets: NO_TARGETS } });
    expect(wrapper.findAll('svg.donut path')).toHaveLength(2);
    expect(wrapper.get('svg.donut').attributes('aria-label')).toContain('BTC 75.00%, ETH 25.00%');
    expect(wrapper.text()).toContain('no target weights are set');
  });

  it('groups by account on request', async () => {
    const wrapper = await show(AllocationPanel, { props });
    await wrapper.findAll('[role="radio"]')[1]?.trigger('click');
    expect(wrapper.emitted('update:group')).toEqual([['account']]);
    const byAccount = await show(AllocationPanel, { props: { ...props, group: 'account' } });
    expect(byAccount.get('.abars li').text()).toContain('main-spot');
  });
});

describe('month-end value', () => {
  it('says each bar in a sentence, the flow of the month beside it', async () => {
    const items = [{ month: '2026-10', end_value_usd: '149000', net_flows_usd: '-3200', twr_percent: 1, benchmark_twr_percent: 1, benchmark_status: 'exact' as const, benchmark_reason: null, status: 'exact' as const, reason: null, complete: true }];
    const text = (await show(MonthEndValue, { props: { monthly: ready(monthly(items)), now: NOW.getTime() } })).text();
    expect(text).toContain('Oct 26: $149,000.00 at the end, net cash flow -$3,200.00');
    expect(text).toContain('-$3.2k');
  });

  it('is empty in words before the first snapshot', async () => {
    expect((await show(MonthEndValue, { props: { monthly: ready(monthly([])), now: NOW.getTime() } })).text()).toContain('first snapshot');
  });
});

describe('first return', () => {
  it('says when it comes and how far it is', async () => {
    const wrapper = await show(FirstReturn, { props: { tracking: stats({}, 1).tracking, sync: overview().sync, now: NOW.getTime() } });
    await flushPromises();
    expect(wrapper.text()).toContain('First return at 15:00');
    expect(wrapper.text()).toContain('One is stored. The next is due in 59:51.');
    expect(wrapper.get('[role="progressbar"]').attributes('aria-valuenow')).toBe('1');
  });
});
