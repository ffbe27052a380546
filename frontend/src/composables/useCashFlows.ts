import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { create, read, remove, replace } from '@/api/client';
import { toFailure } from '@/api/problem';
import type { Failure } from '@/lib/states';
import { useLiveStore } from '@/stores/live';
import type { CashFlow, CashFlows, FlowDraft } from './types';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

const PATH = '/api/performance/cashflows';
const ONE = '/api/performance/cashflows/{id}';
/** The most one answer may hold; nearly every account fits into one. */
const PAGE = 1000;

export interface CashFlowList {
  resource: Resource<CashFlows>;
  flows: ComputedRef<readonly CashFlow[]>;
  /** Whether the server has more rows than are loaded. */
  more: ComputedRef<boolean>;
  loadMore: () => Promise<void>;
  moreError: Readonly<Ref<Failure | null>>;
}

/** All cash flows, newest first, with the totals over everything. */
export function useCashFlows(): CashFlowList {
  const account = useAccountQuery();
  const resource = useResource<CashFlows>(PATH, {
    query: () => ({ limit: PAGE, ...account() }),
    topics: ['cashflow', 'snapshot', 'balances'],
  });
  const further = shallowRef<readonly CashFlow[]>([]);
  const cursor = ref<string | null>(null);
  const moreError = shallowRef<Failure | null>(null);

  watch(resource.data, (page) => {
    further.value = [];
    cursor.value = page?.next_cursor ?? null;
  }, { immediate: true });

  async function loadMore(): Promise<void> {
    if (!cursor.value) return;
    moreError.value = null;
    try {
      const page = await read<CashFlows>(PATH, { query: { limit: PAGE, cursor: cursor.value, ...account() } });
      further.value = [...further.value, ...page.items];
      cursor.value = page.next_cursor;
    } catch (error) {
      moreError.value = toFailure(error);
    }
  }

  return {
    resource,
    flows: computed(() => [...(resource.data.value?.items ?? []), ...further.value]),
    more: computed(() => cursor.value !== null),
    loadMore,
    moreError,
  };
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
    drop: (id) => after(remove<{ id: number; recomputing: boolean }>(ONE, { path: { id } })),
  };
}
