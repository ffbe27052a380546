// The table of months: one row a year, a cell a month, coloured by its size.
import type { Status } from '@/composables/types';
import { toDecimal } from '@/lib/decimal';

/** What the server says of a month or a year. */
export interface Return {
  readonly twr_percent: number | null;
  readonly benchmark_twr_percent: number | null;
  readonly benchmark_status: Status;
  readonly benchmark_reason: string | null;
  readonly status: Status;
  readonly reason: string | null;
}
export type Month = Return & { readonly month: string };
export type Year = Return & { readonly year: number };
export type Shown = 'portfolio' | 'excess';

export interface HeatCell {
  /** "2026-11" */
  readonly month: string;
  /** What is shown: the return in percent, or the excess in points; null: no data. */
  readonly value: number | null;
  readonly own: number | null;
  readonly benchmark: number | null;
  readonly status: Status | null;
  readonly reason: string | null;
  readonly benchmarkStatus: Status | null;
  readonly benchmarkReason: string | null;
  /** The running month. */
  readonly current: boolean;
}

export interface HeatYear {
  readonly year: number;
  readonly cells: readonly HeatCell[];
  readonly total: HeatCell;
}

/** Exact difference in points: 0.1 + 0.2 is no figure. */
function excess(own: number | null, other: number | null): number | null {
  const [a, b] = [toDecimal(own), toDecimal(other)];
  return a && b ? a.minus(b).toNumber() : null;
}

function cell(name: string, one: Return | undefined, shown: Shown, running: string): HeatCell {
  const own = one?.twr_percent ?? null;
  const benchmark = one?.benchmark_twr_percent ?? null;
  return {
    month: name, own, benchmark, value: shown === 'portfolio' ? own : excess(own, benchmark),
    status: one?.status ?? null, reason: one?.reason ?? null,
    benchmarkStatus: one?.benchmark_status ?? null, benchmarkReason: one?.benchmark_reason ?? null, current: name === running,
  };
}

/** All years of which there is a month, oldest first; `running` is the month that is not over, "2026-11". */
export function heatYears(months: readonly Month[], years: readonly Year[], shown: Shown, running: string): HeatYear[] {
  const byMonth = new Map(months.map((one) => [one.month, one]));
  return years.map((one) => ({
    year: one.year,
    cells: Array.from({ length: 12 }, (_, i) => {
      const name = `${one.year}-${String(i + 1).padStart(2, '0')}`;
      return cell(name, byMonth.get(name), shown, running);
    }),
    total: cell(String(one.year), one, shown, running),
  }));
}

/** How much colour a value has, in percent: a little for any, most from 22 up. */
export function strength(value: number): number {
  return Math.min(46, Math.round(6 + Math.abs(value) * 1.82));
}

/** The ground of a cell; none without a value. */
export function ground(value: number | null): string | undefined {
  if (value === null) return undefined;
  return `color-mix(in srgb, var(${value < 0 ? '--loss' : '--gain'}) ${strength(value)}%, var(--bg))`;
}

export interface MonthCounts {
  readonly best: HeatCell | null;
  readonly worst: HeatCell | null;
  readonly known: number;
  readonly positive: number;
  /** Months of which the benchmark is known, those in which it rose, and those in which it was beaten. */
  readonly compared: number;
  readonly benchmarkPositive: number;
  readonly ahead: number;
}

/** Best, worst and how many, by the return of the portfolio whatever is shown. */
export function countMonths(years: readonly HeatYear[]): MonthCounts {
  const known = years.flatMap(({ cells }) => cells).filter((one) => one.own !== null);
  const compared = known.filter((one) => one.benchmark !== null);
  const by = (better: (a: number, b: number) => boolean): HeatCell | null =>
    known.reduce<HeatCell | null>((found, one) => (found === null || better(one.own ?? 0, found.own ?? 0) ? one : found), null);
  return {
    best: by((a, b) => a > b),
    worst: by((a, b) => a < b),
    known: known.length,
    positive: known.filter((one) => (one.own ?? 0) > 0).length,
    compared: compared.length,
    benchmarkPositive: compared.filter((one) => (one.benchmark ?? 0) > 0).length,
    ahead: compared.filter((one) => (one.own ?? 0) > (one.benchmark ?? 0)).length,
  };
}
