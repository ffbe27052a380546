// Two lines of a report as paths: what the portfolio returned, and the benchmark; or what it was worth.
export interface Point {
  readonly t: string;
  readonly own: number | null;
  readonly other: number | null;
}

export interface Drawn {
  readonly own: string;
  readonly other: string;
  /** Heights of the marks of the axis, and what they stand for. */
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
}

export const WIDTH = 720;
export const HEIGHT = 180;
const MARKS = 4;

/** Round steps of 1, 2 or 5: at least two marks within the span. */
function marks(low: number, high: number): number[] {
  const rough = (high - low) / MARKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const found: number[] = [];
  // Plus zero: a mark of minus zero would be printed with its sign.
  for (let at = Math.ceil(low / step); at * step <= high; at += 1) found.push(at * step + 0);
  return found;
}

/** Lines over the time of the points; what is not known is a gap, never a zero. Null where there is nothing to draw. */
export function drawn(points: readonly Point[]): Drawn | null {
  const known = points.flatMap(({ own, other }) => [own, other]).filter((value) => value !== null);
  const times = points.map((point) => Date.parse(point.t));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (points.filter((point) => point.own !== null).length < 2 || last <= first) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = (most - least || Math.abs(most) || 1) * 0.05;
  const [low, high] = [least - room, most + room];
  const x = (at: number): number => ((at - first) / (last - first)) * WIDTH;
  const y = (value: number): number => HEIGHT - ((value - low) / (high - low)) * HEIGHT;
  const path = (of: (point: Point) => number | null): string => {
    let open = false;
    return points.map((point, index) => {
      const value = of(point);
      const command = open ? 'L' : 'M';
      open = value !== null;
      return value === null ? '' : `${command}${x(times[index] ?? first).toFixed(1)} ${y(value).toFixed(1)}`;
    }).join('');
  };
  return { own: path((point) => point.own), other: path((point) => point.other), ticks: marks(low, high).map((value) => ({ y: y(value), value })) };
}
