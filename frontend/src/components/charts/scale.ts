/** Chart geometry: pure arithmetic on pixels and axis values. Floats are fine here, nothing is money any more. */

/** One drawn point. `y` is null where the line must break. */
export interface Point {
  readonly x: number;
  readonly y: number | null;
}

/** A stretch of time without snapshots, in epoch milliseconds. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Domain {
  readonly lo: number;
  readonly hi: number;
}

/**
 * Round tick values inside [lo, hi], about `count` of them, in steps of 1, 2 or 5 times a power of ten.
 * An empty or non-finite span gives no tick.
 */
export function niceTicks(lo: number, hi: number, count: number): number[] {
  const raw = (hi - lo) / count;
  if (!Number.isFinite(raw) || raw <= 0) return [];
  const power = 10 ** Math.floor(Math.log10(raw));
  const mantissa = raw / power;
  const step = (mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : mantissa < 7.5 ? 5 : 10) * power;
  const ticks: number[] = [];
  // Counting steps as integers keeps 0 exactly 0: adding 0.1 repeatedly would not.
  for (let n = Math.ceil(lo / step - 1e-9); n * step <= hi + step * 1e-9; n += 1) ticks.push(n === 0 ? 0 : n * step);
  return ticks;
}

/** Where a return in percent stands on an axis of equal growth; null for a total loss, which has no place there. */
export function growthAxis(percent: number | null): number | null {
  return percent === null || percent <= -100 ? null : Math.log1p(percent / 100);
}

/** The return in percent at a place of that axis. */
export function growthAt(place: number): number {
  return 100 * Math.expm1(place);
}

/** Returns in percent to label on an axis of equal growth: as niceTicks() while it is short, then halves, doubles, fivefold. */
export function growthTicks(lo: number, hi: number, count: number): number[] {
  const [least, most] = [1 + lo / 100, 1 + hi / 100];
  if (!(least > 0) || most / least < 4) return niceTicks(lo, hi, count);
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power += 1) {
    for (const digit of [1, 2, 5]) {
      const factor = digit * 10 ** power;
      if (factor >= least && factor <= most) ticks.push(Math.round(100 * (factor - 1)));
    }
  }
  return ticks;
}

/**
 * The y range of all drawn values with 7 % of air. Returns and money include zero when `zero` is set, so that
 * the zero line is on the chart; a flat line still gets a visible band.
 */
export function yDomain(values: Iterable<number | null>, zero: boolean): Domain {
  let lo = zero ? 0 : Infinity;
  let hi = zero ? 0 : -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  if (lo > hi) return { lo: 0, hi: 1 };
  const air = (hi - lo) * 0.07 || Math.abs(hi) * 0.05 || 1;
  return { lo: lo - air, hi: hi + air };
}

/**
 * Move label centres apart to at least `gap` pixels inside [top, bottom], keeping their vertical order and
 * staying as near to where they point as that allows. Answers in the order given.
 */
export function pushApart(centres: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = centres.map((_, i) => i).sort((a, b) => (centres[a] ?? 0) - (centres[b] ?? 0));
  const placed = order.map((i) => centres[i] ?? 0);
  for (let i = 0; i < placed.length; i += 1) {
    const floor = i === 0 ? top : (placed[i - 1] ?? 0) + gap;
    placed[i] = Math.max(placed[i] ?? 0, floor);
  }
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    const ceiling = i === placed.length - 1 ? bottom : (placed[i + 1] ?? 0) - gap;
    placed[i] = Math.min(placed[i] ?? 0, ceiling);
  }
  const answer = new Array<number>(centres.length).fill(0);
  order.forEach((original, rank) => {
    answer[original] = placed[rank] ?? 0;
  });
  return answer;
}

export interface TimeTick {
  readonly t: number;
  /** First and last labels are aligned inward, so that none leaves the plot. */
  readonly align: 'start' | 'center' | 'end';
}

/** `count` instants spread evenly from `from` to `to`, both included. */
export function timeTicks(from: number, to: number, count: number): TimeTick[] {
  if (!(to > from) || count < 2) return [];
  return Array.from({ length: count }, (_, i) => ({
    t: from + ((to - from) * i) / (count - 1),
    align: i === 0 ? 'start' : i === count - 1 ? 'end' : 'center',
  }));
}

/** Labels on the x axis for a plot this wide: four on a phone, else one per 120 px. */
export function timeTickCount(plotWidth: number, small: boolean): number {
  return small ? 4 : Math.max(5, Math.floor(plotWidth / 120));
}

/** Index of the time nearest to `t` in an ascending list; -1 when it is empty. */
export function nearestIndex(times: readonly number[], t: number): number {
  let lo = 0;
  let hi = times.length - 1;
  if (hi < 0) return -1;
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if ((times[middle] ?? 0) <= t) lo = middle;
    else hi = middle;
  }
  return Math.abs((times[hi] ?? 0) - t) < Math.abs((times[lo] ?? 0) - t) ? hi : lo;
}

/** The gap that `t` lies in, ends excluded: both ends of a gap are real snapshots. */
export function gapAt(gaps: readonly Gap[], t: number): Gap | null {
  return gaps.find((gap) => t > gap.from && t < gap.to) ?? null;
}

/** Put a break into the line for every gap, so that nothing is drawn across it. */
export function breakAtGaps(points: readonly Point[], gaps: readonly Gap[]): Point[] {
  if (gaps.length === 0) return [...points];
  const out: Point[] = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    const gap = before && gaps.find((g) => g.from < point.x && g.to > before.x);
    if (gap) out.push({ x: (Math.max(gap.from, before.x) + Math.min(gap.to, point.x)) / 2, y: null });
    out.push(point);
  });
  return out;
}

/** Read a line at `t` between its neighbours, for a tie from a marker; null inside a break or outside the line. */
export function valueAt(points: readonly Point[], t: number): number | null {
  const after = points.findIndex((p) => p.x >= t);
  const right = points[after];
  if (!right) return null;
  if (right.x === t) return right.y;
  const left = points[after - 1];
  if (!left || left.y === null || right.y === null) return null;
  return left.y + ((right.y - left.y) * (t - left.x)) / (right.x - left.x);
}

export interface Box {
  readonly left: number;
  readonly top: number;
}

/**
 * Where the tooltip goes: beside the crosshair, on the side with room, and at the end of the plot (top or
 * bottom) that is further from the lines there.
 */
export function placeTip(
  at: { x: number; ys: readonly number[] },
  tip: { width: number; height: number },
  plot: { left: number; right: number; top: number; bottom: number },
): Box {
  const right = at.x + 14;
  const left = right + tip.width <= plot.right ? right : Math.max(plot.left, at.x - 14 - tip.width);
  const mean = at.ys.length ? at.ys.reduce((sum, y) => sum + y, 0) / at.ys.length : plot.bottom;
  const low = mean < (plot.top + plot.bottom) / 2;
  return { left, top: low ? Math.max(plot.top, plot.bottom - tip.height - 4) : plot.top + 4 };
}
