import { toDecimal } from '@/lib/decimal';
import type { Format } from '@/lib/format';
import type { LineModel, LineSeries } from './model';

/** The chart points of a window, as the server sends them. */
export interface History {
  readonly series: readonly {
    readonly t: string;
    readonly twr_percent: number | null;
    readonly benchmark_percent: number | null;
    readonly value_usd: string;
    readonly net_deposits_usd: string;
  }[];
  readonly flows: readonly { readonly t: string; readonly type: 'DEPOSIT' | 'WITHDRAW' }[];
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
}

const SOLID = { colour: '--accent', width: 1.8, fill: true } as const;
const DASHED = { width: 1.5, dash: [5, 4] } as const;

/** Pixels may be floats; what a reader sees is formatted from the string the server sent. */
function pixels(values: readonly (string | number | null)[]): (number | null)[] {
  return values.map((value) => (value === null ? null : Number(value)));
}

function frameOf(history: History, rail: boolean): Pick<LineModel, 'times' | 'flows' | 'gaps' | 'rail' | 'zero'> {
  return {
    times: history.series.map((point) => Date.parse(point.t)),
    flows: history.flows.map((flow) => ({ t: Date.parse(flow.t), into: flow.type === 'DEPOSIT' })),
    gaps: history.gaps.map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to) })),
    rail,
    zero: true,
  };
}

/** Time-weighted return against the benchmark, both in percent since the start of the window. */
export function returnModel(
  history: History,
  f: Format,
  words: { portfolio: string; benchmark: string; excess: string },
): LineModel {
  const { series } = history;
  const read = (value: number | null | undefined): string => f.percent(value, { signed: true });
  const lines: LineSeries[] = [
    { key: 'twr', label: words.portfolio, ...SOLID, values: pixels(series.map((p) => p.twr_percent)), read: (i) => read(series[i]?.twr_percent) },
    { key: 'benchmark', label: words.benchmark, colour: '--bench', ...DASHED, values: pixels(series.map((p) => p.benchmark_percent)), read: (i) => read(series[i]?.benchmark_percent) },
  ];
  return {
    ...frameOf(history, true),
    series: lines,
    axisLabel: (value) => f.percent(value, { digits: 0, signed: true }),
    endLabel: (value) => f.percent(value, { digits: 1, signed: true }),
    extra: {
      label: words.excess,
      read: (i) => {
        const own = toDecimal(series[i]?.twr_percent);
        const other = toDecimal(series[i]?.benchmark_percent);
        return own && other ? f.points(own.minus(other)) : null;
      },
    },
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
  return {
    ...frameOf(history, rail),
    series: [
      { key: 'value', label: words.value, ...SOLID, values: pixels(series.map((p) => p.value_usd)), read: (i) => f.money(series[i]?.value_usd) },
      { key: 'net', label: words.netDeposits, colour: '--info', ...DASHED, values: pixels(series.map((p) => p.net_deposits_usd)), read: (i) => f.money(series[i]?.net_deposits_usd) },
    ],
    axisLabel: (value) => f.moneyCompact(value),
    endLabel: (value) => f.moneyCompact(value),
  };
}
