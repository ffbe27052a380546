import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LineModel } from '@/components/charts/model';
import LineChart from '@/components/charts/LineChart.vue';
import { csvRows, fileName } from '@/components/charts/files';
import { drawdownModel, returnModel, tickDigits, valueModel } from '@/components/charts/historyModel';
import { display, setDisplay } from '@/lib/display';
import { createFormat } from '@/lib/format';
import { history } from '../overview/builders';
import { show } from '../mounting';

const engine = vi.hoisted(() => ({ show: vi.fn(), point: vi.fn(), frame: vi.fn(() => null), destroy: vi.fn() }));
vi.mock('@/components/charts/engine', () => ({ createEngine: () => engine }));

const WORDS = { portfolio: 'Portfolio', benchmark: '50/50', excess: 'excess' };
const model = (points = 5): LineModel => returnModel(history(points), createFormat(display), WORDS);

async function chart(given = model()): Promise<VueWrapper> {
  const wrapper = await show(LineChart, { props: { model: given, label: '+46.50% against +27.09%, one year.', name: 'Return' } });
  await vi.dynamicImportSettled();
  await flushPromises();
  return wrapper;
}
beforeEach(() => {
  setDisplay({ timeZone: 'UTC', hidden: false });
  vi.clearAllMocks();
});
afterEach(() => {
  document.body.innerHTML = '';
});

describe('line chart', () => {
  it('states its finding as the name of the canvas', async () => {
    const canvas = (await chart()).get('canvas');
    expect(canvas.attributes('role')).toBe('img');
    expect(canvas.attributes('aria-label')).toContain('+46.50% against +27.09%, one year.');
    expect(canvas.attributes('tabindex')).toBe('0');
  });

  it('moves the crosshair with the arrows and reads it aloud', async () => {
    const wrapper = await chart();
    const canvas = wrapper.get('canvas');
    await canvas.trigger('keydown', { key: 'Home' });
    expect(engine.point).toHaveBeenLastCalledWith(0);
    await canvas.trigger('keydown', { key: 'ArrowRight' });
    expect(engine.point).toHaveBeenLastCalledWith(1);
    expect(wrapper.get('[aria-live]').text().replaceAll('\u00a0', ' ')).toBe('13 Nov 2026, 01:00, Portfolio +0.10%, 50/50 -0.05%, excess +0.15 pp');
    await canvas.trigger('keydown', { key: 'End' });
    await canvas.trigger('keydown', { key: 'ArrowRight' });
    expect(engine.point).toHaveBeenLastCalledWith(4);
    await canvas.trigger('keydown', { key: 'Escape' });
    expect(engine.point).toHaveBeenLastCalledWith(-1);
  });

  it('shows its data as a table on request, newest first', async () => {
    const wrapper = await chart();
    expect(wrapper.find('table').exists()).toBe(false);
    await wrapper.get('button').trigger('click');
    expect(wrapper.get('button').attributes('aria-expanded')).toBe('true');
    const rows = wrapper.findAll('tbody tr');
    expect(rows).toHaveLength(5);
    expect(rows[0]?.text()).toContain('13 Nov 2026, 04:00');
    expect(rows[0]?.text()).toContain('+0.40%');
  });

  it('names a gap under the pointer instead of a value', async () => {
    const plain = model();
    const gap = { from: plain.times[1] ?? 0, to: plain.times[3] ?? 0 };
    engine.frame.mockReturnValue({ plot: { left: 0, right: 400, top: 0, bottom: 200 }, x: (t: number) => t, y: (v: number) => v } as never); // the part a pointer needs
    const wrapper = await chart({ ...plain, gaps: [gap] });
    const move = (clientX: number): Promise<void> => wrapper.get('canvas').trigger('pointermove', { clientX });
    await move(200);
    expect(wrapper.get('.tip').text()).toBe('No snapshots from 13 Nov 2026, 01:00 to 13 Nov 2026, 03:00');
    await move(400);
    expect(wrapper.get('.tip').text()).toContain('Portfolio+0.40%');
    await wrapper.get('canvas').trigger('pointerleave');
    expect(wrapper.find('.tip').exists()).toBe(false);
  });

  it('with a second plot has one crosshair, one table, and tells the values of both', async () => {
    const f = createFormat(display);
    const below = drawdownModel(history(5), f, { drawdown: 'Drawdown', benchmark: '50/50 drawdown', deepest: (depth) => `max ${depth}` }, true);
    const wrapper = await chart();
    await wrapper.setProps({ below: { model: below, label: 'Down.', title: 'Drawdown', height: 150, phoneHeight: 130 } });
    await vi.dynamicImportSettled();
    await flushPromises();
    const [upper, lower] = wrapper.findAll('canvas');
    engine.point.mockClear();
    await lower?.trigger('keydown', { key: 'Home' });
    expect(engine.point.mock.calls).toEqual([[0], [0]]);
    expect(wrapper.findAll('.tip')).toHaveLength(1);
    expect(wrapper.findAll('[aria-live]')[1]?.text()).toMatch(/^13 Nov 2026, 00:00, Drawdown .*, 50\/50 drawdown .*, Portfolio 0.00%, 50\/50 0.00%$/);
    await upper?.trigger('keydown', { key: 'ArrowRight' });
    expect(engine.point.mock.calls.slice(-2)).toEqual([[1], [1]]);
    await wrapper.get('button').trigger('click');
    expect(wrapper.findAll('table')).toHaveLength(1);
    expect(wrapper.findAll('thead th').map((one) => one.text())).toEqual(['Date', 'Portfolio', '50/50', 'Drawdown', '50/50 drawdown', 'excess']);
  });

  it('draws again when the theme changes, and ends with the page', async () => {
    const wrapper = await chart();
    const before = engine.show.mock.calls.length;
    setDisplay({ theme: 'paper green-coral' });
    await flushPromises();
    expect(engine.show.mock.calls.length).toBeGreaterThan(before);
    wrapper.unmount();
    expect(engine.destroy).toHaveBeenCalledOnce();
  });
});

describe('chart models', () => {
  it('read amounts from the exact string and hide them with the rest', () => {
    const shown = valueModel(history(2), createFormat({ ...display, currency: 'USDT' }), { value: 'Value', netDeposits: 'Net' }, false);
    expect(shown.series[0]?.read(1)).toBe('$1,001.00');
    const hidden = valueModel(history(2), createFormat({ ...display, hidden: true }), { value: 'Value', netDeposits: 'Net' }, false);
    expect([hidden.series[0]?.read(1), hidden.axisLabel(1000, 500), hidden.endLabel(1000)]).toEqual(['•••••', '•••••', '•••••']);
    expect(hidden.series[0]?.values).toEqual([1000, 1001]);
  });

  it('label ticks with as many decimals as tell them apart', () => {
    expect([20, 2, 0.5, 0.2, 0.05].map((step) => tickDigits(step, 1))).toEqual([0, 0, 1, 1, 2]);
    const money = valueModel(history(2), createFormat({ ...display, locale: 'en-GB', currency: 'USDT' }), { value: 'Value', netDeposits: 'Net' }, false);
    expect([money.axisLabel(44_000, 2000), money.axisLabel(43_500, 500), money.axisLabel(900, 20)]).toEqual(['$44k', '$43.5k', '$900']);
  });

  it('start money at zero only where the lines keep their shape', () => {
    const words = { value: 'Value', netDeposits: 'Net' };
    expect(valueModel(history(2), createFormat(display), words, false).zero).toBe(false);
    const young = history(2);
    const first = { ...young, series: young.series.map((point, i) => (i ? point : { ...point, value_usd: '0' })) };
    expect(valueModel(first, createFormat(display), words, false).zero).toBe(true);
  });

  it('leave out what is switched off', () => {
    const data = { ...history(2), flows: [{ t: '2026-11-13T00:30:00Z', type: 'DEPOSIT' as const, amount_usd: '5' }] };
    const bare = returnModel(data, createFormat(display), WORDS, { benchmark: false, flows: false, log: true, hold: false });
    expect([bare.series.map(({ key }) => key), bare.flows, bare.rail, bare.extra, bare.log]).toEqual([['twr'], [], false, undefined, true]);
    expect(returnModel(data, createFormat(display), WORDS).flows).toHaveLength(1);
  });

  it('draw what holding only would have returned, where it is wanted', () => {
    const data = { ...history(2), series: history(2).series.map((point, i) => ({ ...point, hold_percent: i ? 1.5 : null })) };
    const f = createFormat({ ...display, locale: 'en-GB' });
    const held = returnModel(data, f, { ...WORDS, hold: 'Held' }, { benchmark: true, flows: false, log: false, hold: true }).series.at(-1);
    expect([held?.label, held?.values, held?.read(1)]).toEqual(['Held', [null, 1.5], '+1.50%']);
    expect(returnModel(data, f, WORDS).series.map(({ key }) => key)).toEqual(['twr', 'benchmark']);
  });

  it('name the deepest fall, and none where nothing fell or nothing is known', () => {
    const words = { drawdown: 'Drawdown', benchmark: '50/50', deepest: (depth: string) => `max ${depth}` };
    const f = createFormat({ ...display, locale: 'en-GB' });
    const falls = (depths: (number | null)[]) => {
      const data = history(depths.length);
      return drawdownModel({ ...data, series: data.series.map((point, i) => ({ ...point, drawdown_percent: depths[i] ?? null })) }, f, words, false).mark;
    };
    expect(falls([0, -3.46, -1])).toEqual({ index: 1, text: 'max -3.5%' });
    expect([falls([0, 0]), falls([null, null])]).toEqual([undefined, undefined]);
  });

  it('go into a file with all their digits, unknown ones as empty cells', () => {
    const young = history(2);
    const data = { ...young, series: young.series.map((point, i) => ({ ...point, value_usd: '1000.123456789012345678', net_deposits_usd: i ? '900' : null })) };
    const rows = csvRows(valueModel(data, createFormat({ ...display, currency: 'USDT' }), { value: 'Value', netDeposits: 'Net' }, false), 'Instant');
    expect(rows).toEqual([['Instant', 'Value ($)', 'Net ($)'], ['2026-11-13T00:00:00.000Z', '1000.123456789012345678', null], ['2026-11-13T01:00:00.000Z', '1000.123456789012345678', '900']]);
    const hidden = csvRows(valueModel(data, createFormat({ ...display, hidden: true }), { value: 'Value', netDeposits: 'Net' }, false), 'Instant');
    expect(hidden[1]?.slice(1)).toEqual(['•••••', null]);
    expect(fileName('Rendement pondéré, 1 an')).toBe('rendement-pondere-1-an');
  });

  it('have no excess where one of both returns is unknown', () => {
    const data = history(2);
    const partial = { ...data, series: data.series.map((point) => ({ ...point, benchmark_percent: null })) };
    expect(returnModel(partial, createFormat(display), WORDS).extra?.read(0)).toBeNull();
  });
});
