import { computed, ref } from 'vue';
import type { CashFlow, CashFlows } from '@/composables/types';
import type { CashFlowList } from '@/composables/useCashFlows';
import type { Resource } from '@/composables/useResource';
import { failed, loading, ready } from '../overview/builders';

export function page(items: readonly CashFlow[]): CashFlows {
  return {
    as_of: null, environment: 'demo', reporting_currency: 'USDT', stale: false, items, next_cursor: null,
    totals: {
      deposits_usd: '113500', withdrawals_usd: '-17700', net_usd: '95800', deposits: 7, withdrawals: 3, first_at: items.length ? '2024-06-23T01:11:00Z' : null,
      value_to_net_ratio: items.length ? 1.495 : null, status: 'exact', reason: null,
    },
  };
}

export function listOf(items: readonly CashFlow[], state: 'ready' | 'loading' | 'error' = 'ready'): CashFlowList {
  const resource: Resource<CashFlows> = state === 'ready' ? ready(page(items)) : state === 'loading' ? loading() : failed();
  return { resource, flows: computed(() => items), more: computed(() => false), loadMore: () => Promise.resolve(), moreError: ref(null) };
}
