import { Decimal } from '@/lib/decimal';
import type { Balance, Balances } from '@/composables/types';

/** Target weight in percent by asset, and the band around it in percentage points. */
export interface Targets {
  readonly weights: ReadonlyMap<string, number>;
  readonly bandPp: number;
}

/** Until targets are set. */
export const NO_TARGETS: Targets = { weights: new Map(), bandPp: 0 };

/** The targets of the assets that are held. */
export function targetsOf(held: Balances | null): Targets {
  if (held === null) return NO_TARGETS;
  const set = held.balances.flatMap(({ asset, target_percent: target }): [string, number][] => (target === null ? [] : [[asset, target]]));
  return { weights: new Map(set), bandPp: held.drift_band_percent };
}

/** One line of the allocation panel: a coin, or an account when grouped so. */
export interface Share {
  readonly key: string;
  readonly label: string;
  readonly valueUsd: string;
  /** Percent of the total, full precision; the donut and the bars read it as a float. */
  readonly percent: number;
  /** Position by value, 0 first: picks the colour of the sequence. */
  readonly rank: number;
  /** Target weight in percent, or null when none is set. */
  readonly targetPercent: number | null;
}

/** The mockup lists eight bars; what follows is named in the line under them. */
export const MAX_BARS = 8;

/** Colour of a rank: the ramp has eight steps and the last one repeats. */
export const rankToken = (rank: number): `--seq-${number}` => `--seq-${Math.min(rank, 7) + 1}`;
export const rankColour = (rank: number): string => `var(${rankToken(rank)})`;

/** Add up priced balances under `keyOf`, largest first. What has no price has no share. */
function shares(
  balances: readonly Balance[],
  keyOf: (balance: Balance) => string,
  labelOf: (key: string) => string,
  targets: ReadonlyMap<string, number>,
): Share[] {
  const sums = new Map<string, Decimal>();
  for (const balance of balances) {
    if (balance.usd_value === null) continue;
    const key = keyOf(balance);
    sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(balance.usd_value));
  }
  const total = [...sums.values()].reduce((sum, value) => sum.plus(value), new Decimal(0));
  return [...sums.entries()]
    .filter(([, value]) => value.gt(0))
    .sort(([a, x], [b, y]) => y.cmp(x) || a.localeCompare(b))
    .map(([key, value], rank) => ({
      key,
      label: labelOf(key),
      valueUsd: value.toString(),
      percent: total.isZero() ? 0 : value.div(total).times(100).toNumber(),
      rank,
      targetPercent: targets.get(key) ?? null,
    }));
}

export function sharesByAsset(balances: readonly Balance[], targets: Targets): Share[] {
  return shares(balances, (b) => b.asset, (asset) => asset, targets.weights);
}

/** Targets belong to coins; a share of an account never has one. */
export function sharesByAccount(balances: readonly Balance[], names: ReadonlyMap<string, string>): Share[] {
  return shares(balances, (b) => String(b.account), (id) => names.get(id) ?? id, new Map());
}

/** Bars are drawn against the widest of weights and targets, so that both fit their track; what is all of it fills it. */
export function barScale(rows: readonly Share[]): number {
  const widest = Math.max(0, ...rows.flatMap((row) => [row.percent, row.targetPercent ?? 0]));
  return widest > 0 ? Math.max(widest, Math.min(100, widest / 0.93)) : 1;
}
