import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FlowStrip from '@/components/cashflows/FlowStrip.vue';
import FlowTable from '@/components/cashflows/FlowTable.vue';
import MoveToConfirm from '@/components/cashflows/MoveToConfirm.vue';
import ToConfirm from '@/components/cashflows/ToConfirm.vue';
import type { CashFlow } from '@/composables/types';
import * as csv from '@/lib/csv';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';
import { overview, ready } from '../overview/builders';
import { flow } from './builders';
import { listOf } from './resources';

const FLOWS = [
  flow({ id: 1 }),
  flow({ id: 2, type: 'DEPOSIT', amount_usd: '2500', timestamp: '2026-09-23T19:17:00Z', description: 'Monthly saving', source: 'exchange', status: 'to_confirm', asset: 'USDC', quantity: '2500' }),
  flow({ id: 3, type: 'DEPOSIT', amount_usd: '12000', timestamp: '2025-10-14T11:45:00Z', description: '', source: 'csv', status: 'estimated', reason: 'flow_without_valuation', value_before_usd: null }),
];
afterEach(() => {
  setDisplay({ hidden: false });
  document.body.innerHTML = '';
});

async function table(items = FLOWS): Promise<VueWrapper> {
  const wrapper = await show(FlowTable, { props: { list: listOf(items) } });
  await flushPromises();
  return wrapper;
}
const ids = (wrapper: VueWrapper): (string | undefined)[] => wrapper.findAll('tbody [data-flow]').map((cell) => cell.attributes('data-flow'));

describe('a suggested move', () => {
  const sent = flow({ id: 11, asset: 'BTC', quantity: '2', move: { state: 'suggested', flow_id: 12, account_name: 'second' } });
  const received = flow({ id: 12, type: 'DEPOSIT', asset: 'BTC', quantity: '2', account_name: 'second', move: { state: 'suggested', flow_id: 11, account_name: 'main-spot' } });
  const back = flow({ id: 13, type: 'DEPOSIT', asset: 'BTC', quantity: '1', address: { id: 4, label: 'vault', address: 'bc1q', state: 'suggested' } });

  it('is asked about once, with both accounts, and counts meanwhile', async () => {
    const text = (await show(MoveToConfirm, { props: { flows: [received, sent] } })).text();
    for (const part of ['2.000000 BTC came to second on 28 Oct 2026', 'had left main-spot', 'it counts as a cash flow']) expect(text).toContain(part);
    expect(text).not.toContain('more question');
  });

  it('is confirmed or refused', async () => {
    const wrapper = await show(MoveToConfirm, { props: { flows: [sent, back] } });
    expect(wrapper.text()).toContain('1 more question waits.');
    for (const button of wrapper.findAll('button')) await button.trigger('click');
    expect(wrapper.emitted('answer')).toEqual([[sent, false], [sent, true]]);
  });

  it('asks whether a deposit came back from an own wallet', async () => {
    expect((await show(MoveToConfirm, { props: { flows: [back] } })).text()).toContain('did it come back from your own wallet vault?');
  });

  it('is silent about what is paired, kept or refused', async () => {
    const settled = [flow({ move: { state: 'paired', flow_id: 12, account_name: 'second' } }), flow({ address: { id: 4, label: 'vault', address: 'bc1q', state: 'kept' } }), flow({})];
    expect((await show(MoveToConfirm, { props: { flows: settled } })).find('.note').exists()).toBe(false);
  });
});

describe('strip', () => {
  it('shows net deposits, deposits, withdrawals and what they became', async () => {
    const text = (await show(FlowStrip, { props: { list: listOf(FLOWS).resource, overview: ready(overview()) } })).text();
    for (const part of ['$95,800.00', 'since 23 Jun 2024', '$113,500.00', '7 flows', '-$17,700.00', '3 flows', '1.50 ×', '+$47,424.84 of P&L']) expect(text).toContain(part);
  });

  it('has no ratio without a cash flow, rather than a zero', async () => {
    const text = (await show(FlowStrip, { props: { list: listOf([]).resource, overview: ready(overview()) } })).text();
    expect(text).toContain('not applicable');
  });

  it('does not know the sums, rather than calling them zero, while the history is read', async () => {
    const reading = overview({ net_deposits_usd: null, net_deposits_reason: 'recomputing', total_pnl_usd: null });
    const text = (await show(FlowStrip, { props: { list: listOf([]).resource, overview: ready(reading) } })).text();
    expect(text).toContain('being recomputed');
    expect(text).not.toMatch(/0\.00|0 flows/);
  });

  it('keeps the ratio and hides the amounts', async () => {
    setDisplay({ hidden: true });
    const text = (await show(FlowStrip, { props: { list: listOf(FLOWS).resource, overview: ready(overview()) } })).text();
    expect(text).toContain('1.50 ×');
    expect(text).not.toMatch(/95,800|113,500|17,700|47,424/);
  });
});

describe('list', () => {
  it('shows date, type, amount, note with account, value before and source', async () => {
    const first = (await table()).get('tbody tr').text();
    for (const part of ['28 Oct 2026', '02:52', 'Withdrawal', '-$3,200.00', 'Card top-up', 'main-spot', '$138,289.29', 'Manual']) expect(first).toContain(part);
  });

  it('marks what is not settled, with the reason', async () => {
    const rows = (await table()).findAll('tbody tr');
    expect(rows[1]?.text()).toContain('To confirm');
    expect(rows[2]?.text()).toContain('Estimated');
    expect(rows[2]?.get('.tag.warn').attributes('title')).toBe('a cash flow without a valuation beside it');
    expect(rows[2]?.text()).toContain('not yet');
  });

  it('filters by type and by text, and counts what it shows', async () => {
    const wrapper = await table();
    await wrapper.findAll('.seg [role="radio"]')[1]?.trigger('click');
    await flushPromises();
    expect(ids(wrapper)).toEqual(['2', '3']);
    await wrapper.get('input[type="search"]').setValue('usdc');
    await flushPromises();
    expect(ids(wrapper)).toEqual(['2']);
    expect(wrapper.text()).toContain('1 of 3 cash flows');
  });

  it('sorts amounts as numbers', async () => {
    const wrapper = await table();
    await wrapper.findAll('thead button')[2]?.trigger('click');
    await flushPromises();
    expect(ids(wrapper)).toEqual(['3', '2', '1']);
  });

  it('lets own rows be deleted, and of exchange rows only the note be edited', async () => {
    const wrapper = await table();
    const rows = wrapper.findAll('tbody tr');
    expect(rows[0]?.findAll('.ib').map((button) => button.attributes('aria-label'))).toEqual(['Edit flow of 28 Oct 2026, 02:52', 'Delete flow of 28 Oct 2026, 02:52']);
    expect(rows[1]?.findAll('.ib').map((button) => button.attributes('aria-label'))).toEqual([
      'Edit the note of the flow of 23 Sept 2026, 21:17', 'Confirm the flow of 23 Sept 2026, 21:17', 'The flow of 23 Sept 2026, 21:17 is not a cash flow',
    ]);
    await rows[0]?.findAll('.ib')[1]?.trigger('click');
    expect(wrapper.emitted('drop')?.[0]).toEqual([FLOWS[0]]);
  });

  it('lets the user say what nothing explains, and take it back', async () => {
    const decided = [flow({ id: 4, source: 'exchange', type: 'DEPOSIT', status: 'not_flow', decided: true }), flow({ id: 5, source: 'exchange', status: 'exact', decided: true })];
    const wrapper = await table([FLOWS[1] as CashFlow, ...decided]);
    const rows = wrapper.findAll('tbody tr');
    for (const [row, button] of [[2, 1], [2, 2], [0, 1], [1, 1]] as const) await wrapper.findAll('tbody tr')[row]?.findAll('.ib')[button]?.trigger('click');
    expect(wrapper.emitted('decide')?.map(([, decision]) => decision)).toEqual(['flow', 'not_flow', null, null]);
    expect(rows.map((row) => row.text()).find((text) => text.includes('Not a cash flow'))).toContain('Income');
  });

  it('exports what is shown, in the order shown', async () => {
    const saved = vi.spyOn(csv, 'downloadCsv').mockImplementation(() => undefined);
    const wrapper = await table();
    await wrapper.get('.bar-t .btn').trigger('click');
    const lines = saved.mock.calls[0]?.[1].trim().split('\r\n') ?? [];
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain('2026-10-28T01:52:00Z,WITHDRAW,-3200');
  });

  it('is empty in words with one action', async () => {
    const wrapper = await table([]);
    expect(wrapper.text()).toContain('No cash flow yet');
    await wrapper.get('.btn.pri').trigger('click');
    expect(wrapper.emitted('add')).toHaveLength(1);
  });

  it('says that the history is being read instead of "no cash flow"', async () => {
    const wrapper = await show(FlowTable, { props: { list: listOf([]), reading: true } });
    expect(wrapper.text()).toContain('The history is still being read');
    expect(wrapper.text()).not.toContain('No cash flow yet');
  });

  it('tells what failed', async () => {
    const wrapper = await show(FlowTable, { props: { list: listOf([], 'error') } });
    expect(wrapper.get('[role="alert"]').text()).toContain('503');
  });
});

describe('to confirm', () => {
  it('says what waits and how it counts meanwhile', async () => {
    const text = (await show(ToConfirm, { props: { flows: FLOWS } })).text();
    expect(text).toContain('1 deposit found on the exchange waits for you: 2,500.00 USDC on 23 Sep');
    expect(text).toContain('Until confirmed it counts as a deposit.');
  });

  it('offers to confirm the first of them or to say that it is none', async () => {
    const wrapper = await show(ToConfirm, { props: { flows: FLOWS } });
    for (const button of wrapper.findAll('button')) await button.trigger('click');
    expect(wrapper.findAll('button').map((button) => button.text())).toEqual(['Show it', 'Not a cash flow', 'Confirm']);
    expect(wrapper.emitted('decide')).toEqual([[FLOWS[1], 'not_flow'], [FLOWS[1], 'flow']]);
  });

  it('is absent when nothing waits', async () => {
    expect((await show(ToConfirm, { props: { flows: [FLOWS[0]] } })).find('.note').exists()).toBe(false);
  });
});
