// What a plan says, in the words of its table.
import type { Plan, PlanLine } from '@/composables/rebalanceTypes';
import { typedDecimal } from '@/lib/typed';

export interface Way {
  /** Coins from the one that is given to the one that arrives. */
  readonly coins: readonly string[];
  readonly kind: 'direct' | 'inverse' | 'triangular';
}

/** The coins on the way of a line; the one between two orders stands in the name of the first pair. */
export function wayOf(line: Pick<PlanLine, 'action' | 'asset' | 'against' | 'route'>): Way | null {
  const [first, second] = line.route;
  if (!first || line.against === null || line.action === 'SKIP') return null;
  const [from, to] = line.action === 'SELL' ? [line.asset, line.against] : [line.against, line.asset];
  if (!second) return { coins: [from, to], kind: first.side === line.action ? 'direct' : 'inverse' };
  const between = first.side === 'SELL' ? first.symbol.slice(from.length) : first.symbol.slice(0, -from.length);
  return { coins: [from, between, to], kind: 'triangular' };
}

export const ordersOf = (plan: Plan): readonly PlanLine[] => plan.lines.filter(({ action }) => action !== 'SKIP');

/** The line that is furthest from its target once all is filled; null: none takes part. */
export function furthest(plan: Plan): { asset: string; points: number } | null {
  const drifts = plan.lines.flatMap(({ asset, weight_after: after, target }) => (after === null || target === null ? [] : [{ asset, points: (after - target) * 100 }]));
  return drifts.reduce<(typeof drifts)[number] | null>((far, one) => (far === null || Math.abs(one.points) > Math.abs(far.points) ? one : far), null);
}

export type AmountError = 'amount' | null;

/** New money or money to raise, as typed: needed where the plan is not over everything. */
export function readAmountUsd(text: string, needed: boolean): { value: string | null; error: AmountError } {
  if (!needed && text.trim() === '') return { value: null, error: null };
  const value = typedDecimal(text);
  return value?.gt(0) ? { value: value.toFixed(), error: null } : { value: null, error: 'amount' };
}
