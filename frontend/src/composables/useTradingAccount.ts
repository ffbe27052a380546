// A plan is for one account, and only one whose key may trade: which that is, and which others there are.
import { computed, onScopeDispose, watch, type ComputedRef } from 'vue';
import { useSessionStore } from '@/stores/session';
import { type AccountItem, type AccountList, useAccountList } from './useAccountList';
import type { Resource } from './useResource';

export interface TradingAccount {
  list: Resource<AccountList>;
  /** null: none is chosen, or the one that is cannot trade. */
  account: ComputedRef<AccountItem | null>;
  may: ComputedRef<readonly AccountItem[]>;
  mayNot: ComputedRef<readonly AccountItem[]>;
  choose: (id: number) => void;
}

/** While it is in use the switcher offers no account that may not trade. */
export function useTradingAccount(): TradingAccount {
  const session = useSessionStore();
  const list = useAccountList();
  const items = computed(() => list.data.value?.items ?? []);
  const may = computed(() => items.value.filter(({ trading }) => trading.allowed));
  watch(() => (list.data.value ? may.value.map(({ id }) => id) : null), (ids) => session.offer(ids), { immediate: true });
  onScopeDispose(() => session.offer(null));
  return {
    list,
    may,
    mayNot: computed(() => items.value.filter(({ trading }) => !trading.allowed)),
    account: computed(() => (session.account === null && items.value.length === 1 ? may.value[0] : may.value.find(({ id }) => id === session.account)) ?? null),
    choose: session.choose,
  };
}
