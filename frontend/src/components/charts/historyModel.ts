import { toDecimal } from '@/lib/decimal';
import { HIDDEN, type Format } from '@/lib/format';
import type { LineModel, LineSeries } from './model';

/** The chart points of a window, as the server sends them. */
export interface History {
  readonly series: readonly {
    readonly t: string;
    readonly twr_percent: number | null;
    readonly benchmark_percent: number | null;
    readonly hold_percent: number | null;
    readonly drawdown_percent: number | null;
    readonly benchmark_drawdown_percent: number | null;
    readonly value_usd: string | null;
    readonly net_deposits_usd: string | null;
  }[];
  readonly flows: readonly { readonly t: string; readonly type: 'DEPOSIT' | 'WITHDRAW' }[];
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
}

const SOLID = { colour: '--accent', width: 1.8, fill: 'floor' } as const;
const DASHED = { width: 1.5, dash: [5, 4] } as const;

/** Pixels may be floats; what a reader sees is formatted from the string the server sent. */
function pixels(values: readonly (string | number | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : Number(value)));
}

/** Decimals that tell two ticks apart, where a label counts in `unit`: two, but for a coin that is worth thousands. */
export function tickDigits(step: number, unit: number): number {
  return Math.min(unit === 1 && step < 0.005 ? 6 : 2, Math.max(0, Math.ceil(-Math.log10(step / unit) - 1e-9)));
}

/** What compact notation counts in: millions, thousands or ones. */
function compactUnit(value: number): number {
  return Math.abs(value) >= 1e6 ? 1e6 : Math.abs(value) >= 1e3 ? 1e3 : 1;
}

function frameOf(history: History, rail: boolean): Pick<LineModel, 'times' | 'flows' | 'gaps' | 'rail'> {
  return {
    times: history.series.map((point) => Date.parse(point.t)),
    flows: history.flows.map((flow) => ({ t: Date.parse(flow.t), into: flow.type === 'DEPOSIT' })),
    gaps: history.gaps.map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to) })),
    rail,
  };
}

/** What of the returns is drawn. */
export interface ReturnParts {
  readonly benchmark: boolean;
  readonly flows: boolean;
  readonly log: boolean;
  /** What holding only would have returned. */
  readonly hold: boolean;
}

const BOTH: ReturnParts = { benchmark: true, flows: true, log: false, hold: false };

/** Time-weighted return against the benchmark, both in percent since the start of the window. */
export function returnModel(
  history: History,
  f: Format,
  words: { portfolio: string; benchmark: string; excess: string; hold?: string },
  parts: ReturnParts = BOTH,
): LineModel {
  const { series } = history;
  const read = (value: number | null | undefined): string => f.percent(value, { signed: true });
  const own: LineSeries = { key: 'twr', label: words.portfolio, ...SOLID, values: pixels(series.map((p) => p.twr_percent)), read: (i) => read(series[i]?.twr_percent) };
  const other: LineSeries = { key: 'benchmark', label: words.benchmark, colour: '--bench', ...DASHED, values: pixels(series.map((p) => p.benchmark_percent)), read: (i) => read(series[i]?.benchmark_percent) };
  const hold: LineSeries = { key: 'hold', label: words.hold ?? '', colour: '--info', width: 1.5, dash: [2, 3], values: pixels(series.map((p) => p.hold_percent)), read: (i) => read(series[i]?.hold_percent) };
  const frame = frameOf(history, parts.flows);
  return {
    ...frame,
    flows: parts.flows ? frame.flows : [],
    zero: true,
    log: parts.log,
    unit: '%',
    series: [own, ...(parts.benchmark ? [other] : []), ...(parts.hold ? [hold] : [])],
    axisLabel: (value, step) => f.percent(value, { digits: tickDigits(step, 1), signed: true }),
    endLabel: (value) => f.percent(value, { digits: 1, signed: true }),
    extra: parts.benchmark ? excess(history, f, words.excess) : undefined,
  };
}

function excess({ series }: History, f: Format, label: string): LineModel['extra'] {
  return {
    label,
    read: (i) => {
      const own = toDecimal(series[i]?.twr_percent);
      const other = toDecimal(series[i]?.benchmark_percent);
      return own && other ? f.points(own.minus(other)) : null;
    },
  };
}

/** Fall below the highest snapshot of the window so far, in percent; the deepest point is named. */
export function drawdownModel(
  history: History,
  f: Format,
  words: { drawdown: string; benchmark: string; deepest: (percent: string) => string },
  benchmark: boolean,
): LineModel {
  const { series } = history;
  const read = (value: number | null | undefined): string => f.percent(value);
  const values = pixels(series.map((p) => p.drawdown_percent));
  const own: LineSeries = { key: 'drawdown', label: words.drawdown, colour: '--loss', width: 1.5, fill: 'zero', values, read: (i) => read(series[i]?.drawdown_percent) };
  const other: LineSeries = { key: 'benchmark', label: words.benchmark, colour: '--bench', ...DASHED, values: pixels(series.map((p) => p.benchmark_drawdown_percent)), read: (i) => read(series[i]?.benchmark_drawdown_percent) };
  const index = deepestAt(values);
  const depth = values[index];
  return {
    ...frameOf(history, false),
    flows: [],
    zero: true,
    unit: '%',
    series: benchmark ? [own, other] : [own],
    axisLabel: (value, step) => f.percent(value, { digits: tickDigits(step, 1) }),
    endLabel: (value) => f.percent(value, { digits: 1 }),
    mark: depth ? { index, text: words.deepest(f.percent(depth, { digits: 1 })) } : undefined,
  };
}

/** Index of the lowest value; -1 without any. */
export function deepestAt(values: readonly (number | null)[]): number {
  return values.reduce<number>((low, value, i) => (value !== null && value < (values[low] ?? Infinity) ? i : low), -1);
}

/** Labels of an axis of money, as short as its ticks allow. */
export function moneyAxis(f: Format): Pick<LineModel, 'axisLabel' | 'endLabel'> {
  return {
    axisLabel: (value, step) => f.moneyCompact(value, { digits: tickDigits(step, compactUnit(value)) }),
    endLabel: (value) => f.moneyCompact(value),
  };
}

/** Value against net deposits, in the reporting currency. */
export function valueModel(
  history: History,
  f: Format,
  words: { value: string; netDeposits: string },
  rail: boolean,
): LineModel {
  const { series } = history;
  const values = pixels(series.map((p) => p.value_usd));
  const net = pixels(series.map((p) => p.net_deposits_usd));
  const known = [...values, ...net].filter((value) => value !== null);
  const exact = (value: string | null | undefined): string | null => (value && f.hidden ? HIDDEN : (value ?? null));
  return {
    ...frameOf(history, rail),
    // From zero where that leaves the lines their shape; a quiet week would be two flat lines at the top.
    zero: Math.min(...known) < Math.max(...known) / 2,
    unit: f.unit(),
    series: [
      { key: 'value', label: words.value, ...SOLID, values, read: (i) => f.money(series[i]?.value_usd), raw: (i) => exact(series[i]?.value_usd) },
      { key: 'net', label: words.netDeposits, colour: '--info', ...DASHED, values: net, read: (i) => f.money(series[i]?.net_deposits_usd), raw: (i) => exact(series[i]?.net_deposits_usd) },
    ],
    ...moneyAxis(f),
  };
}
