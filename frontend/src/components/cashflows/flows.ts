import type { CashFlow } from '@/composables/types';
import type { Decision } from '@/composables/useCashFlows';
import type { Cell } from '@/lib/csv';
import type { Format } from '@/lib/format';

export const FLOW_FILTERS = ['all', 'DEPOSIT', 'WITHDRAW'] as const;
export type FlowFilter = (typeof FLOW_FILTERS)[number];

/** The filter a URL asks for; anything unknown shows all. */
export function filterFromQuery(value: unknown): FlowFilter {
  return FLOW_FILTERS.find((filter) => filter === value) ?? 'all';
}

export function matches(flow: CashFlow, filter: FlowFilter, query: string): boolean {
  if (filter !== 'all' && flow.type !== filter) return false;
  const text = `${flow.description} ${flow.asset ?? ''} ${flow.account_name}`.toLowerCase();
  return text.includes(query.trim().toLowerCase());
}

/** What a row of the list is called: what stays the user's is a move, what the user said is no cash flow is income or a loss. */
export function kindOf(flow: CashFlow): CashFlow['type'] | 'INCOME' | 'LOSS' | 'MOVE' {
  if (flow.reason === 'kept_outside' || (flow.move?.state === 'paired' && !flow.counted)) return 'MOVE';
  if (flow.status !== 'not_flow') return flow.type;
  return flow.type === 'DEPOSIT' ? 'INCOME' : 'LOSS';
}

/** What the user has said of a change that nothing explains; null: nothing yet. */
export function decisionOf(flow: CashFlow): Decision | null {
  if (!flow.decided) return null;
  return flow.status === 'not_flow' ? 'not_flow' : 'flow';
}

/** What moved, in words: the coins where they are known, else their value. */
export function amountOf(flow: CashFlow, f: Pick<Format, 'quantity' | 'money'>): string {
  return flow.quantity && flow.asset ? `${f.quantity(flow.quantity)} ${flow.asset}` : f.money(flow.amount_usd);
}

/** Whole months from `since` to `now`, at least one: what a change at `since` makes the server recompute. */
export function monthsSince(since: Date, now: Date): number {
  const months = (now.getUTCFullYear() - since.getUTCFullYear()) * 12 + now.getUTCMonth() - since.getUTCMonth();
  return Math.max(1, months + 1);
}

/** The listed flows with full precision; amounts stay hidden when the page hides them. */
export function flowsCsv(flows: readonly CashFlow[], headers: readonly string[], hidden: string | null): Cell[][] {
  const amount = (value: string | null): Cell => (value === null ? null : (hidden ?? value));
  return [
    [...headers],
    ...flows.map((f) => [
      f.timestamp, f.type, amount(f.amount_usd), f.asset, amount(f.quantity), f.description,
      f.account_name, amount(f.value_before_usd), f.source, f.status,
    ]),
  ];
}
