import { describe, expect, it } from 'vitest';
import {
  breakAtGaps, gapAt, growthAt, growthAxis, growthTicks, nearestIndex, niceTicks, placeTip, pushApart, timeTicks, valueAt, yDomain,
} from '@/components/charts/scale';
import { ringArcs } from '@/components/charts/ring';

describe('axis', () => {
  it('puts ticks on round values and has an exact zero among them', () => {
    expect(niceTicks(-23, 81, 5)).toEqual([-20, 0, 20, 40, 60, 80]);
    expect(niceTicks(-0.3, 0.3, 5)).toContain(0);
  });

  it('has no tick for an empty span', () => {
    expect(niceTicks(5, 5, 5)).toEqual([]);
  });

  it('keeps air around the values and includes zero only where asked', () => {
    expect(yDomain([10, 20], false)).toEqual({ lo: 10 - 0.7, hi: 20 + 0.7 });
    expect(yDomain([10, 20], true).lo).toBeLessThan(0);
    expect(yDomain([null], false)).toEqual({ lo: 0, hi: 1 });
  });

  it('gives a flat line a visible band', () => {
    const { lo, hi } = yDomain([100, 100], false);
    expect(hi - lo).toBeGreaterThan(0);
  });

  it('aligns the first and the last date inward', () => {
    expect(timeTicks(0, 30, 4).map((tick) => [tick.t, tick.align])).toEqual([
      [0, 'start'], [10, 'center'], [20, 'center'], [30, 'end'],
    ]);
  });
});

describe('axis of equal growth', () => {
  it('makes a doubling as tall wherever it happens', () => {
    const tall = (from: number, to: number): number => (growthAxis(to) ?? NaN) - (growthAxis(from) ?? NaN);
    expect(tall(0, 100)).toBeCloseTo(tall(100, 300), 12);
    expect(growthAt(growthAxis(46.5) ?? NaN)).toBeCloseTo(46.5, 12);
  });

  it('has no place for a total loss', () => {
    expect([growthAxis(-100), growthAxis(null)]).toEqual([null, null]);
  });

  it('labels a short span as any other, a long one by its factors', () => {
    expect(growthTicks(-20, 80, 5)).toEqual(niceTicks(-20, 80, 5));
    expect(growthTicks(-60, 1100, 5)).toEqual([-50, 0, 100, 400, 900]);
  });
});

describe('labels at the line ends', () => {
  it('are pushed apart and keep their order', () => {
    const [first, second] = pushApart([100, 104], 19, 0, 300);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(19);
    expect(first).toBeLessThan(second ?? 0);
  });

  it('stay inside the plot even when both point at its floor', () => {
    const placed = pushApart([300, 299], 19, 10, 300);
    expect(Math.max(...placed)).toBeLessThanOrEqual(300);
    expect(placed[0]).toBeGreaterThan(placed[1] ?? 0);
  });

  it('that do not touch are left alone', () => {
    expect(pushApart([50, 150], 19, 0, 300)).toEqual([50, 150]);
  });
});

describe('gaps', () => {
  const gaps = [{ from: 20, to: 40 }];

  it('break the line instead of being drawn across', () => {
    const points = [{ x: 10, y: 1 }, { x: 20, y: 2 }, { x: 40, y: 3 }];
    expect(breakAtGaps(points, gaps)).toEqual([
      { x: 10, y: 1 }, { x: 20, y: 2 }, { x: 30, y: null }, { x: 40, y: 3 },
    ]);
  });

  it('end at real snapshots, so their ends are not in them', () => {
    expect(gapAt(gaps, 20)).toBeNull();
    expect(gapAt(gaps, 30)).toEqual({ from: 20, to: 40 });
  });

  it('give a marker nothing to be tied to', () => {
    const broken = breakAtGaps([{ x: 20, y: 2 }, { x: 40, y: 3 }], gaps);
    expect(valueAt(broken, 35)).toBeNull();
    expect(valueAt([{ x: 0, y: 0 }, { x: 10, y: 10 }], 4)).toBe(4);
  });
});

describe('crosshair', () => {
  it('finds the nearest point on either side', () => {
    expect(nearestIndex([0, 10, 20], 14)).toBe(1);
    expect(nearestIndex([0, 10, 20], 16)).toBe(2);
    expect(nearestIndex([0, 10, 20], -5)).toBe(0);
    expect(nearestIndex([], 3)).toBe(-1);
  });

  it('puts the tooltip away from the line and inside the plot', () => {
    const plot = { left: 0, right: 400, top: 0, bottom: 300 };
    const tip = { width: 160, height: 80 };
    expect(placeTip({ x: 380, ys: [40] }, tip, plot)).toEqual({ left: 206, top: 216 });
    expect(placeTip({ x: 20, ys: [280] }, tip, plot)).toEqual({ left: 34, top: 4 });
  });
});

describe('ring', () => {
  it('draws one arc a share, the long way round above one half', () => {
    const [most, least] = ringArcs([75, 25], 74, 62);
    expect(most).toMatch(/A62 62 0 1 1/);
    expect(least).toMatch(/A62 62 0 0 1/);
  });

  it('keeps a single share a full ring instead of nothing', () => {
    const [only] = ringArcs([100], 74, 62);
    const [, from, to] = /^M(.*)A.* 1 1 (.*)$/.exec(only ?? '') ?? [];
    expect(from).not.toEqual(to);
  });
});
