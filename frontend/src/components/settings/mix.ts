// The benchmark as it is typed: coins with weights in percent that must be the whole.
import type { BenchmarkPlan } from '@/composables/useSettings';
import { Decimal, toDecimal } from '@/lib/decimal';
import { typedDecimal, written } from '@/lib/typed';

export interface MixRow {
  coin: string;
  percent: string;
}

export const MOST_COINS = 10;
const NEAR = new Decimal('0.01'); // thirds do not add up; what the server takes too
const WHOLE = new Decimal(100);

export type RowError = 'noCoin' | 'twice' | 'badWeight';

export interface MixReading {
  /** What is wrong with each row; null: nothing. */
  readonly errors: readonly (RowError | null)[];
  /** Of the weights that can be read, in percent. */
  readonly total: Decimal;
  /** What is missing to the whole, below zero: too much. */
  readonly left: Decimal;
  /** What can be set; null while something is wrong. */
  readonly coins: BenchmarkPlan['coins'] | null;
}

const nameOf = (row: MixRow): string => row.coin.trim().toUpperCase();

function errorOf(row: MixRow, at: number, rows: readonly MixRow[]): RowError | null {
  const name = nameOf(row);
  if (!/^\S+$/.test(name)) return 'noCoin';
  if (rows.findIndex((one) => nameOf(one) === name) < at) return 'twice';
  const weight = typedDecimal(row.percent);
  return weight?.gt(0) && weight.lte(WHOLE) ? null : 'badWeight';
}

export function readMix(rows: readonly MixRow[]): MixReading {
  const errors = rows.map(errorOf);
  const total = rows.reduce((all, row) => all.plus(typedDecimal(row.percent) ?? 0), new Decimal(0));
  const left = WHOLE.minus(total);
  const right = errors.every((error) => error === null) && left.abs().lte(NEAR);
  return {
    errors, total, left: left.abs().lte(NEAR) ? new Decimal(0) : left,
    coins: right ? rows.map((row) => ({ coin: nameOf(row), weight: (typedDecimal(row.percent) ?? new Decimal(0)).div(100).toFixed() })) : null,
  };
}

export function rowsOf(coins: BenchmarkPlan['coins']): MixRow[] {
  return coins.map(({ coin, weight }) => ({ coin, percent: written(toDecimal(weight)?.times(100) ?? null) }));
}

/** The same weight for each, to a hundredth of a percent; the last one takes what is left. */
export function equalWeights(rows: readonly MixRow[]): MixRow[] {
  const each = WHOLE.div(rows.length).toDecimalPlaces(2, Decimal.ROUND_DOWN);
  return rows.map((row, i) => ({ ...row, percent: written(i + 1 < rows.length ? each : WHOLE.minus(each.times(rows.length - 1))) }));
}
