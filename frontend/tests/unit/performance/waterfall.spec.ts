import { describe, expect, it } from 'vitest';
import { barColour, type Equation, waterfall } from '@/components/performance/waterfall';
import { sum } from '@/lib/decimal';

const equation: Equation = {
  start_value_usd: '94341.80', flows_usd: '6800', realized_pnl_usd: '20000.000000000000000001', unrealized_change_usd: '22179.43', income_usd: '0', fees_usd: '96.40', residual_usd: '0',
  end_value_usd: '143224.830000000000000001',
};

describe('where the change came from', () => {
  it('adds up to the value at the end, to the last digit', () => {
    const bars = waterfall(equation) ?? [];
    expect(bars.map(({ step }) => step)).toEqual(['start', 'flows', 'prices', 'income', 'fees', 'residual', 'end']);
    expect(sum(bars.slice(0, -1).map(({ amount }) => amount))?.toFixed()).toBe(bars.at(-1)?.amount);
    expect(bars[2]?.amount).toBe('42179.430000000000000001');
    expect(bars[4]?.amount).toBe('-96.4');
  });

  it('begins each part where the one before it ended, inside the track', () => {
    const bars = waterfall(equation) ?? [];
    expect(bars[1]?.left).toBeCloseTo(bars[0]?.width ?? NaN, 10);
    expect(bars[2]?.left).toBeCloseTo((bars[1]?.left ?? NaN) + (bars[1]?.width ?? NaN), 10);
    for (const { left, width } of bars) expect(left >= 0 && left + width <= 100 + 1e-9).toBe(true);
  });

  it('shows a small part and draws none for nothing', () => {
    const bars = waterfall(equation) ?? [];
    expect(bars[4]?.width).toBe(0.5);
    expect([bars[3]?.width, bars[5]?.width]).toEqual([0, 0]);
  });

  it('stays inside the track where the value went below nothing', () => {
    const bars = waterfall({ ...equation, flows_usd: '-200000', end_value_usd: '-63575.17' }) ?? [];
    for (const { left, width } of bars) expect(left >= 0 && left + width <= 100 + 1e-9).toBe(true);
  });

  it('tells nothing where a part is not known: half an equation explains nothing', () => {
    expect(waterfall({ ...equation, income_usd: null })).toBeNull();
  });

  it('has a colour of its own for what nothing explains', () => {
    const bars = waterfall({ ...equation, residual_usd: '5' }) ?? [];
    expect(bars.map(barColour)).toEqual(['--seq-4', '--info', '--gain', '--gain', '--loss', '--warn', '--seq-4']);
  });
});
