import type { ComputedRef } from 'vue';
import { create, read, remove, replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { CashFlow, CashFlows, FlowDraft } from './types';
import { useAccountQuery } from './useAccountQuery';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const PATH = '/api/performance/cashflows';
const ONE = '/api/performance/cashflows/{id}';
/** The most one answer may hold; nearly every account fits into one. */
const PAGE = 1000;

export interface CashFlowList extends Omit<Paged<CashFlow>, 'items'> {
  resource: Resource<CashFlows>;
  flows: ComputedRef<readonly CashFlow[]>;
}

/** All cash flows, newest first, with the totals over everything. */
export function useCashFlows(): CashFlowList {
  const account = useAccountQuery();
  const resource = useResource<CashFlows>(PATH, {
    query: () => ({ limit: PAGE, ...account() }),
    topics: ['cashflow', 'snapshot', 'balances'],
  });
  const { items, more, loadMore, moreError } = usePaged<CashFlow>(resource, (cursor) => read<CashFlows>(PATH, { query: { limit: PAGE, cursor, ...account() } }));
  return { resource, flows: items, more, loadMore, moreError };
}

export interface Changed {
  readonly item: CashFlow;
  readonly recomputing: boolean;
}

/** What a change of balance was that nothing explains. */
export type Decision = 'flow' | 'not_flow';

export interface CashFlowWrites {
  add: (draft: FlowDraft, key?: string) => Promise<Changed>;
  change: (id: number, draft: Partial<FlowDraft>) => Promise<Changed>;
  /** Say whether it was a cash flow; null asks again. */
  decide: (id: number, decision: Decision | null) => Promise<Changed>;
  /** Say whether a suggested move is one of the user's own, between accounts or back from a wallet outside. */
  own: (flow: CashFlow, own: boolean) => Promise<Changed>;
  drop: (id: number) => Promise<{ id: number; recomputing: boolean }>;
}

/** Writes to the list. Every figure that rests on flows is asked for again afterwards, events or not. */
export function useCashFlowWrites(): CashFlowWrites {
  const live = useLiveStore();

  async function after<T>(answer: Promise<T>): Promise<T> {
    const body = await answer;
    live.bump(['cashflow', 'snapshot']);
    return body;
  }
  return {
    add: (draft, key) => after(create<Changed>(PATH, draft, { idempotencyKey: key })),
    change: (id, draft) => after(replace<Changed>(ONE, draft, { path: { id } })),
    decide: (id, decision) => after(create<Changed>(`${ONE}/decision`, { decision }, { path: { id } })),
    own: (flow, own) => after(flow.move?.state === 'suggested' && flow.move.flow_id !== null
      ? create<Changed>(`${ONE}/move`, { other: flow.move.flow_id, decision: own ? 'move' : 'not_move' }, { path: { id: flow.id } })
      : create<Changed>(`${ONE}/address`, { decision: own ? 'returned' : 'flow', address: own ? flow.address?.id : null }, { path: { id: flow.id } })),
    drop: (id) => after(remove<{ id: number; recomputing: boolean }>(ONE, { path: { id } })),
  };
}
