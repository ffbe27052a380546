import { Decimal } from '@/lib/decimal';
import type { Balance } from '@/composables/types';

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
export function rankColour(rank: number): string {
  return `var(--seq-${Math.min(rank, 7) + 1})`;
}

/** Add up priced balances under `keyOf`, largest first. What has no price has no share. */
function shares(
  balances: readonly Balance[],
  keyOf: (balance: Balance) => string,
  labelOf: (key: string) => string,
): Share[] {
  const sums = new Map<string, Decimal>();
  const targets = new Map<string, number>();
  for (const balance of balances) {
    if (balance.usd_value === null) continue;
    const key = keyOf(balance);
    sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(balance.usd_value));
    if (typeof balance.target_percent === 'number') targets.set(key, balance.target_percent);
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

export function sharesByAsset(balances: readonly Balance[]): Share[] {
  return shares(balances, (b) => b.asset, (asset) => asset);
}

/** Targets belong to coins; a share of an account never has one. */
export function sharesByAccount(balances: readonly Balance[], names: ReadonlyMap<string, string>): Share[] {
  return shares(balances, (b) => b.account, (id) => names.get(id) ?? id).map((s) => ({ ...s, targetPercent: null }));
}

/** Bars are drawn against the widest of weights and targets, so that both fit their track. */
export function barScale(rows: readonly Share[]): number {
  const widest = Math.max(0, ...rows.flatMap((row) => [row.percent, row.targetPercent ?? 0]));
  return widest > 0 ? widest / 0.93 : 1;
}

export interface Arc {
  readonly key: string;
  readonly path: string;
  readonly colour: string;
}

/** Ring segments of a donut around (c, c), clockwise from the top, with a hairline between neighbours. */
export function donutArcs(rows: readonly Share[], c: number, r: number): Arc[] {
  const hairline = rows.length > 1 ? 0.014 : 0;
  const point = (angle: number): string =>
    `${(c + r * Math.sin(angle)).toFixed(2)} ${(c - r * Math.cos(angle)).toFixed(2)}`;
  let turn = 0;
  return rows.map((row) => {
    const sweep = (row.percent / 100) * 2 * Math.PI;
    const inset = Math.min(hairline, sweep / 2) / 2;
    const from = turn + inset;
    // A full ring has equal ends and would vanish, so it stops just short of them.
    const to = Math.min(turn + sweep - inset, from + 2 * Math.PI - 0.001);
    turn += sweep;
    const large = to - from > Math.PI ? 1 : 0;
    return { key: row.key, colour: rankColour(row.rank), path: `M${point(from)}A${r} ${r} 0 ${large} 1 ${point(to)}` };
  });
}
