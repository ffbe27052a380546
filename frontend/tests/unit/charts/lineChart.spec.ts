import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LineModel } from '@/components/charts/model';
import LineChart from '@/components/charts/LineChart.vue';
import { returnModel, tickDigits, valueModel } from '@/components/charts/historyModel';
import { display, setDisplay } from '@/lib/display';
import { createFormat } from '@/lib/format';
import { history } from '../overview/builders';
import { show } from '../mounting';

const engine = vi.hoisted(() => ({ show: vi.fn(), point: vi.fn(), frame: vi.fn(() => null), destroy: vi.fn() }));
vi.mock('@/components/charts/engine', () => ({ createEngine: () => engine }));

const WORDS = { portfolio: 'Portfolio', benchmark: '50/50', excess: 'excess' };
const model = (points = 5): LineModel => returnModel(history(points), createFormat(display), WORDS);

async function chart(given = model()): Promise<VueWrapper> {
  const wrapper = await show(LineChart, { props: { model: given, label: '+46.50% against +27.09%, one year.' } });
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

  it('have no excess where one of both returns is unknown', () => {
    const data = history(2);
    const partial = { ...data, series: data.series.map((point) => ({ ...point, benchmark_percent: null })) };
    expect(returnModel(partial, createFormat(display), WORDS).extra?.read(0)).toBeNull();
  });
});
