import type { Point } from './scale';

/** Above this many points a line is thinned before it is drawn (DESIGN section 9, rule 8). */
export const MAX_POINTS = 1000;

/**
 * Thin a line with largest-triangle-three-buckets and keep its highest and lowest point whatever the buckets
 * chose: a crash of one hour must stay visible. Breaks (null) survive too. Shorter lines come back as they are.
 */
export function thin(points: readonly Point[], limit: number = MAX_POINTS): readonly Point[] {
  if (points.length <= limit || limit < 3) return points;
  const keep = new Set<number>([0, points.length - 1]);
  keepExtremes(points, keep);
  keepBreaks(points, keep);
  const room = Math.max(1, limit - keep.size);
  const width = (points.length - 2) / room;
  let anchor = 0;
  for (let bucket = 0; bucket < room; bucket += 1) {
    const from = Math.floor(bucket * width) + 1;
    const to = Math.min(Math.floor((bucket + 1) * width) + 1, points.length - 1);
    const next = mean(points, to, Math.min(Math.floor((bucket + 2) * width) + 1, points.length));
    const best = largestTriangle(points, anchor, from, to, next);
    if (best < 0) continue;
    keep.add(best);
    anchor = best;
  }
  return [...keep].sort((a, b) => a - b).map((i) => points[i] as Point); // every index came from this array
}

function keepExtremes(points: readonly Point[], keep: Set<number>): void {
  let low = -1;
  let high = -1;
  points.forEach((point, i) => {
    if (point.y === null) return;
    if (low < 0 || point.y < (points[low]?.y ?? Infinity)) low = i;
    if (high < 0 || point.y > (points[high]?.y ?? -Infinity)) high = i;
  });
  if (low >= 0) keep.add(low).add(high);
}

function keepBreaks(points: readonly Point[], keep: Set<number>): void {
  points.forEach((point, i) => {
    if (point.y !== null) return;
    for (const j of [i - 1, i, i + 1]) if (j >= 0 && j < points.length) keep.add(j);
  });
}

function mean(points: readonly Point[], from: number, to: number): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let n = 0;
  for (let i = from; i < to; i += 1) {
    const point = points[i];
    if (!point || point.y === null) continue;
    x += point.x;
    y += point.y;
    n += 1;
  }
  const last = points[Math.max(0, to - 1)];
  return n ? { x: x / n, y: y / n } : { x: last?.x ?? 0, y: last?.y ?? 0 };
}

function largestTriangle(
  points: readonly Point[],
  anchor: number,
  from: number,
  to: number,
  next: { x: number; y: number },
): number {
  const a = points[anchor];
  if (!a) return -1;
  let best = -1;
  let size = -1;
  for (let i = from; i < to; i += 1) {
    const p = points[i];
    if (!p || p.y === null) continue;
    const ay = a.y ?? 0;
    const area = Math.abs((a.x - next.x) * (p.y - ay) - (a.x - p.x) * (next.y - ay));
    if (area > size) {
      size = area;
      best = i;
    }
  }
  return best;
}
