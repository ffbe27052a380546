import { describe, expect, it } from 'vitest';
import { MAX_POINTS, thin } from '@/components/charts/thin';
import type { Point } from '@/components/charts/scale';

const wave: Point[] = Array.from({ length: 20_000 }, (_, i) => ({ x: i, y: Math.sin(i / 900) }));

describe('thinning', () => {
  it('leaves a line of a thousand points as it is', () => {
    const short = wave.slice(0, MAX_POINTS);
    expect(thin(short)).toBe(short);
  });

  it('draws no more than a thousand points and keeps both ends', () => {
    const drawn = thin(wave);
    expect(drawn.length).toBeLessThanOrEqual(MAX_POINTS);
    expect(drawn[0]).toEqual(wave[0]);
    expect(drawn.at(-1)).toEqual(wave.at(-1));
  });

  it('keeps a crash of a single hour and the highest point', () => {
    const points = wave.map((p, i) => (i === 12_345 ? { ...p, y: -9 } : i === 777 ? { ...p, y: 9 } : p));
    const ys = thin(points).map((p) => p.y);
    expect(ys).toContain(-9);
    expect(ys).toContain(9);
  });

  it('keeps a break, so that a gap never closes', () => {
    const points = wave.map((p, i) => (i === 5_000 ? { ...p, y: null } : p));
    expect(thin(points).some((p) => p.y === null)).toBe(true);
  });

  it('answers points of the line only, in order', () => {
    const drawn = thin(wave);
    expect(drawn.every((p, i) => p === wave[p.x] && (i === 0 || p.x > (drawn[i - 1]?.x ?? -1)))).toBe(true);
  });
});
