import { Decimal, sum } from '@/lib/decimal';
import type { Balance } from '@/composables/types';
import type { Cell } from '@/lib/csv';
import type { Missing } from '@/lib/states';

/** What one account and wallet hold of a coin; shown in the asset drawer. */
export interface Place {
  readonly account: number;
  readonly wallet: string;
  readonly free: string;
  readonly locked: string;
  /** Borrowed and interest due together; "0" where nothing is owed. */
  readonly owed: string;
  readonly total: string;
  readonly unrealized: string;
  readonly valueUsd: string | null;
  /** When the wallet answered, and why it is older than the rest, where it is. */
  readonly at: string;
  readonly reason: string | null;
}

/** One line of the holdings table: a coin over all accounts and wallets. */
export interface Holding {
  readonly asset: string;
  readonly name: string;
  readonly priceUsd: string | null;
  readonly change24hPercent: number | null;
  readonly free: string;
  readonly locked: string;
  readonly quantity: string;
  /** null: no price, left out of the total. */
  readonly valueUsd: string | null;
  readonly weightPercent: number | null;
  readonly targetPercent: number | null;
  /** Weight in what takes part in rebalancing less target, in points; null without a target or without a price. */
  readonly driftPp: number | null;
  /** null until the ledger knows what the coin cost; the reason says why, `not_applicable` for the unit itself.
   * Beside a figure the reason says why it is an estimate. */
  readonly costUsd: string | null;
  readonly unrealizedUsd: string | null;
  readonly unrealizedReason: string | null;
  readonly reason: string | null;
  /** Left out of the list by the rule of the installation. */
  readonly hidden: boolean;
  readonly rank: number;
  readonly places: readonly Place[];
}

/** Group balances by coin, add them up exactly, largest value first, unpriced coins last. */
export function holdingsOf(balances: readonly Balance[]): Holding[] {
  const groups = new Map<string, Balance[]>();
  for (const balance of balances) groups.set(balance.asset, [...(groups.get(balance.asset) ?? []), balance]);
  const total = sum(balances.map((b) => b.usd_value).filter((value) => value !== null));
  return [...groups.values()]
    .map((rows) => one(rows, total))
    .sort((a, b) => new Decimal(b.valueUsd ?? -1).cmp(a.valueUsd ?? -1) || a.asset.localeCompare(b.asset))
    .map((row, rank) => ({ ...row, rank }));
}

function one(rows: readonly Balance[], total: Decimal | null): Holding {
  const first = rows[0] as Balance; // groups are never empty
  const value = sum(rows.map((b) => b.usd_value));
  const weight = value && total && !total.isZero() ? value.div(total).times(100).toNumber() : null;
  return {
    asset: first.asset,
    name: first.name,
    priceUsd: first.price_usd,
    change24hPercent: first.change_24h_percent,
    free: text(sum(rows.map((b) => b.free))) ?? '0',
    locked: text(sum(rows.map((b) => b.locked))) ?? '0',
    quantity: text(sum(rows.map((b) => b.total))) ?? '0',
    valueUsd: text(value),
    weightPercent: weight,
    targetPercent: first.target_percent,
    driftPp: first.drift_percent,
    costUsd: text(sum(rows.map((b) => b.cost_usd))),
    unrealizedUsd: text(sum(rows.map((b) => b.unrealized_pnl_usd))),
    unrealizedReason: (rows.find((b) => b.unrealized_pnl_usd === null) ?? rows.find((b) => b.unrealized_pnl_reason !== null))?.unrealized_pnl_reason ?? null,
    reason: rows.find((b) => b.reason)?.reason ?? null,
    hidden: first.hidden !== null,
    rank: 0,
    places: rows.map((b) => ({
      account: b.account, wallet: b.wallet, free: b.free, locked: b.locked, owed: text(sum([b.borrowed, b.interest])) ?? '0',
      total: b.total, unrealized: b.unrealized, valueUsd: b.usd_value, at: b.timestamp, reason: b.reason,
    })),
  };
}

function text(value: Decimal | null): string | null {
  return value === null ? null : value.toFixed();
}

/** How a missing cost looks: the unit of account has none, a coin without a price cannot have a gain, and no
 * cost is known in another currency than the server's. */
export function missingCost(row: Holding): Missing {
  if (row.unrealizedReason === 'not_applicable' || row.unrealizedReason === 'other_currency') return 'not-applicable';
  return row.unrealizedReason === 'no_price' ? 'no-price' : 'not-yet';
}

/** Whether the figure rests on a cost that nobody told. */
export function costEstimated(row: Holding): boolean {
  return row.unrealizedUsd !== null && row.unrealizedReason !== null;
}

export interface Shown {
  readonly rows: readonly Holding[];
  /** Coins left out of the list; they stay in the total. */
  readonly hidden: number;
}

/** Apply the text filter and, where asked to, leave out the coins that the server's rule hides. */
export function showHoldings(rows: readonly Holding[], filter: string, hide: boolean): Shown {
  const wanted = filter.trim().toLowerCase();
  const matching = rows.filter((h) => `${h.asset} ${h.name}`.toLowerCase().includes(wanted));
  const kept = matching.filter((h) => !hide || !h.hidden);
  return { rows: kept, hidden: matching.length - kept.length };
}

/** The rows as shown, with full precision. Amounts and quantities stay hidden when the page hides them. */
export function holdingsCsv(rows: readonly Holding[], headers: readonly string[], hidden: string | null): Cell[][] {
  const amount = (value: string | null): Cell => (value === null ? null : (hidden ?? value));
  return [
    [...headers],
    ...rows.map((h) => [
      h.asset, h.name, h.priceUsd, h.change24hPercent, amount(h.quantity), amount(h.free), amount(h.locked),
      amount(h.valueUsd), h.weightPercent, h.targetPercent, h.driftPp, amount(h.costUsd), amount(h.unrealizedUsd),
    ]),
  ];
}
