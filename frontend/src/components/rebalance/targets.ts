// Target weights as they are typed: coins with percents that must be exactly the whole.
import { equalWeights, type MixRow } from '@/components/settings/mix';
import type { Target } from '@/composables/rebalanceTypes';
import { Decimal } from '@/lib/decimal';
import { pointed, typedDecimal } from '@/lib/typed';

export type TargetRow = MixRow;
export type TargetError = 'noCoin' | 'twice' | 'badWeight' | 'overWhole';

const WHOLE = new Decimal(100);
const DIGITS = 2;

export interface TargetReading {
  /** What is wrong with each row; null: nothing. */
  readonly errors: readonly (TargetError | null)[];
  /** Of the percents that can be read. */
  readonly total: Decimal;
  /** What is missing to 100 at two decimals; below zero: too much. */
  readonly left: Decimal;
  /** What can be kept; null while something is wrong. */
  readonly weights: Readonly<Record<string, number>> | null;
}

/** What the account holds of a coin. Percents: of its worth (null: no price), and of what the kept targets are about. */
export interface Held {
  readonly asset: string;
  readonly name: string;
  readonly percent: number | null;
  readonly base: number | null;
  readonly targeted: boolean;
}

export const heldOf = (item: Target): Held => ({
  asset: item.asset,
  name: item.name,
  percent: item.value_usd === null ? null : item.weight_percent,
  base: item.base_weight_percent,
  targeted: item.target_percent !== null,
});

/**
 * The share that each coin of the list has now, of what a plan would work with: as the server says it while the list has
 * the coins that are kept, else of the listed coins together. Null: not known, or the coin takes no part.
 */
export function sharesOf(held: readonly Held[], rows: readonly TargetRow[]): Map<string, number | null> {
  const coins = rows.map(coinOf);
  const kept = new Set(held.filter(({ targeted }) => targeted).map(({ asset }) => asset));
  const by = new Map(held.map((one) => [one.asset, one]));
  if (coins.every((coin) => kept.has(coin)) && new Set(coins).size === kept.size) return new Map(coins.map((coin) => [coin, by.get(coin)?.base ?? null]));
  // Where coins without a target are sold too, all that is held takes part.
  const all = held.some(({ targeted, base }) => !targeted && base !== null);
  const worth = new Map(coins.map((coin) => [coin, held.length ? (by.get(coin) ?? { percent: 0 }).percent : null]));
  const total = [...worth.values()].reduce<number>((sum, percent) => sum + (percent ?? 0), 0);
  return new Map([...worth].map(([coin, percent]) => [coin, percent === null ? null : all ? percent : total > 0 ? (percent / total) * 100 : null]));
}

export const coinOf = (row: TargetRow): string => row.coin.trim().toUpperCase();

function errorOf(row: TargetRow, at: number, rows: readonly TargetRow[]): TargetError | null {
  const coin = coinOf(row);
  if (!/^[A-Z0-9]{1,20}$/.test(coin)) return 'noCoin';
  if (rows.findIndex((one) => coinOf(one) === coin) < at) return 'twice';
  const percent = typedDecimal(row.percent);
  if (!percent || percent.isNegative()) return 'badWeight';
  return percent.gt(WHOLE) ? 'overWhole' : null;
}

export function readTargets(rows: readonly TargetRow[]): TargetReading {
  const errors = rows.map(errorOf);
  const total = rows.reduce((all, row) => all.plus(typedDecimal(row.percent) ?? 0), new Decimal(0));
  const left = WHOLE.minus(total).toDecimalPlaces(DIGITS);
  const right = rows.length > 0 && left.isZero() && errors.every((error) => error === null);
  return { errors, total, left, weights: right ? Object.fromEntries(rows.map((row) => [coinOf(row), typedDecimal(row.percent)?.toNumber() ?? 0])) : null };
}

export function rowsOf(weights: Readonly<Record<string, number>>): TargetRow[] {
  return Object.entries(weights)
    .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
    .map(([coin, percent]) => ({ coin, percent: written(new Decimal(percent)) }));
}

/** At least two decimals, and all there are. */
const written = (percent: Decimal): string => pointed(percent.toFixed(Math.max(DIGITS, percent.decimalPlaces())));

/** What is missing to the whole goes to `coin`, which gets a row where it has none; null where it would fall below zero. */
export function giveRest(rows: readonly TargetRow[], coin: string): TargetRow[] | null {
  const at = rows.findIndex((row) => coinOf(row) === coin);
  const given = (typedDecimal(rows[at]?.percent ?? '0') ?? new Decimal(0)).plus(readTargets(rows).left);
  if (given.isNegative()) return null;
  const row = { coin, percent: written(given) };
  return at < 0 ? [...rows, row] : rows.map((one, i) => (i === at ? row : one));
}

/** All percents by one factor, so that they are the whole; null where nothing is above zero. */
export function scaleToWhole(rows: readonly TargetRow[]): TargetRow[] | null {
  const { total } = readTargets(rows);
  if (!total.gt(0)) return null;
  return rounded(rows.map((row) => [row.coin, (typedDecimal(row.percent) ?? new Decimal(0)).times(WHOLE).div(total)]));
}

/** Weights in percent as targets, what is below a hundredth left out. */
export function fromWeights(weights: readonly (readonly [coin: string, percent: number])[]): TargetRow[] {
  const held = weights.filter(([, percent]) => percent >= 0.01);
  const total = held.reduce((all, [, percent]) => all.plus(percent), new Decimal(0));
  return held.length ? rounded(held.map(([coin, percent]) => [coin, new Decimal(percent).times(WHOLE).div(total)])) : [];
}

/** To two decimals; what rounding leaves goes to the largest. */
function rounded(shares: readonly (readonly [string, Decimal])[]): TargetRow[] {
  const parts = shares.map(([coin, share]) => ({ coin, share: share.toDecimalPlaces(DIGITS) }));
  const rest = parts.reduce((left, { share }) => left.minus(share), WHOLE);
  const largest = parts.reduce((best, { share }, i) => (share.gt(parts[best]?.share ?? 0) ? i : best), 0);
  return parts.map(({ coin, share }, i) => ({ coin, percent: written(i === largest ? share.plus(rest) : share) }));
}

export { equalWeights };
