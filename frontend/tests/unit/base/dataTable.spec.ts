import { afterEach, describe, expect, it } from 'vitest';
import { h } from 'vue';
import DataTable from '@/components/base/DataTable.vue';
import { toDecimal } from '@/lib/decimal';
import type { Column } from '@/lib/table';
import { show } from '../mounting';

interface Row {
  asset: string;
  value: string | null;
}
const columns: Column<Row>[] = [
  { id: 'asset', label: 'Asset', align: 'left', value: (row) => row.asset },
  { id: 'value', label: 'Value', value: (row) => toDecimal(row.value) },
  { id: 'note', label: 'Note', priority: 3 },
];
const rows: Row[] = [
  { asset: 'ETH', value: '9007199254740992' },
  { asset: 'BTC', value: '9007199254740993' },
  { asset: 'FET', value: null },
  { asset: 'ADA', value: '10' },
];

async function mounted(props: Record<string, unknown> = {}) {
  const wrapper = await show(DataTable as never, { // a generic component has no single type to mount
    props: {
      label: 'Holdings', rows, columns, rowKey: (row: Row) => row.asset, filterText: (row: Row) => row.asset, sort: null,
      'onUpdate:sort': (sort: unknown) => void wrapper.setProps({ sort }), ...props,
    },
    slots: {
      'cell-asset': ({ row }: { row: Row }) => h('b', row.asset),
      'cell-value': ({ row }: { row: Row }) => row.value ?? 'no price',
      'foot-asset': () => '4 assets',
      list: ({ row }: { row: Row }) => h('span', row.asset),
      empty: () => h('p', { class: 'nothing' }, 'No holdings'),
    },
  });
  const order = (): string[] => wrapper.findAll('tbody b').map((cell) => cell.text());
  const head = (name: string) => wrapper.findAll('th').find((cell) => cell.text() === name);
  return { wrapper, order, head };
}

afterEach(() => document.body.replaceChildren());

describe('DataTable', () => {
  it('sorts decimals exactly, unknown values last in both directions', async () => {
    const { order, head } = await mounted();
    await head('Value')?.find('button').trigger('click');
    expect([order(), head('Value')?.attributes('aria-sort')]).toEqual([['BTC', 'ETH', 'ADA', 'FET'], 'descending']);
    await head('Value')?.find('button').trigger('click');
    expect([order(), head('Value')?.attributes('aria-sort')]).toEqual([['ADA', 'ETH', 'BTC', 'FET'], 'ascending']);
  });
  it('sorts text upwards first', async () => {
    const { order, head } = await mounted();
    await head('Asset')?.find('button').trigger('click');
    expect(order()).toEqual(['ADA', 'BTC', 'ETH', 'FET']);
  });
  it('offers no sort where there is nothing to sort by', async () => {
    const { head } = await mounted();
    expect(head('Note')?.find('button').exists()).toBe(false);
    expect(head('Note')?.classes()).toContain('p3');
  });
  it('filters by text and says when nothing is left', async () => {
    const { wrapper, order } = await mounted({ filter: ' bt ' });
    expect(order()).toEqual(['BTC']);
    await wrapper.setProps({ filter: 'zzz' });
    expect(wrapper.find('tbody').text()).toBe('Nothing matches the filter.');
  });
  it('never moves a row under the pointer: a new order waits until it leaves', async () => {
    const { wrapper, order } = await mounted({ sort: { id: 'value', descending: true } });
    await wrapper.find('.tw').trigger('pointerenter');
    await wrapper.setProps({ rows: [{ asset: 'ETH', value: '1' }, { asset: 'BTC', value: '2' }, { asset: 'FET', value: null }, { asset: 'ADA', value: '3' }] });
    expect(order()).toEqual(['BTC', 'ETH', 'ADA', 'FET']);
    await wrapper.find('.tw').trigger('pointerleave');
    expect(order()).toEqual(['ADA', 'BTC', 'ETH', 'FET']);
  });
  it('hides chosen columns, with their footer', async () => {
    const { wrapper } = await mounted({ hidden: ['value'] });
    expect(wrapper.findAll('th').map((cell) => cell.text())).toEqual(['Asset', 'Note']);
    expect(wrapper.find('tfoot').text()).toBe('4 assets');
  });
  it('has the same rows as a list for phones', async () => {
    const { wrapper } = await mounted({ sort: { id: 'value', descending: true } });
    expect(wrapper.findAll('.list-m li').map((line) => line.text())).toEqual(['BTC', 'ETH', 'ADA', 'FET']);
  });
  it('keeps its head while loading, and has looks for empty and failed', async () => {
    const { wrapper } = await mounted({ status: 'loading', skeletonRows: 3 });
    expect([wrapper.findAll('tbody tr').length, wrapper.find('table').attributes('aria-busy')]).toEqual([3, 'true']);
    await wrapper.setProps({ status: 'empty' });
    expect(wrapper.find('.nothing').text()).toBe('No holdings');
    await wrapper.setProps({ status: 'error', error: { message: 'x', status: 500, path: '/api/y' } });
    await wrapper.find('[role="alert"] button').trigger('click');
    expect(wrapper.emitted('retry')).toHaveLength(1);
  });
});
