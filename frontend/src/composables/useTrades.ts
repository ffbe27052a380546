// Positions, profit and trades; every figure of cost follows one method over the whole history.
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { read } from '@/api/client';
import type { Topic } from '@/lib/topics';
import type { CostMethod, Metrics, PnlBySymbol, Position, Positions, Trade, TradeHistory } from './tradeTypes';
import { useAccountQuery } from './useAccountQuery';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

export const METHODS: readonly CostMethod[] = ['average', 'fifo', 'lifo', 'hifo'];
/** Periods of the profit by coin that are offered; the server knows more. */
export const PNL_PERIODS = ['30d', '90d', '1y', 'total'] as const;
export type PnlPeriod = (typeof PNL_PERIODS)[number];
export type PositionStatus = 'open' | 'closed';

const POSITIONS = '/api/portfolio/positions';
const HISTORY = '/api/portfolio/trade-history';
const AT_ONCE = 1000; // the most one answer may hold
export const PAGE = 50;
/** What is booked changes with the history, what is open with prices too. */
const BOOKED: readonly Topic[] = ['positions', 'cashflow'];
const PRICED: readonly Topic[] = [...BOOKED, 'balances', 'snapshot'];

export interface PositionList extends Paged<Position> {
  resource: Resource<Positions>;
}

export function usePositions(status: MaybeRefOrGetter<PositionStatus>, method: MaybeRefOrGetter<CostMethod>): PositionList {
  const account = useAccountQuery();
  const query = () => ({ status: toValue(status), method: toValue(method), limit: AT_ONCE, ...account() });
  const resource = useResource<Positions>(POSITIONS, { query, topics: PRICED });
  return { resource, ...usePaged<Position>(resource, (cursor) => read<Positions>(POSITIONS, { query: { ...query(), cursor } })) };
}

/** Profit, fees and how trades ended, since the first of them. */
export function useTradeMetrics(method: MaybeRefOrGetter<CostMethod>): Resource<Metrics> {
  const account = useAccountQuery();
  return useResource<Metrics>('/api/portfolio/metrics', { query: () => ({ period: 'total', method: toValue(method), ...account() }), topics: PRICED });
}

export function usePnlBySymbol(method: MaybeRefOrGetter<CostMethod>, period: MaybeRefOrGetter<PnlPeriod> = 'total'): Resource<PnlBySymbol> {
  const account = useAccountQuery();
  return useResource<PnlBySymbol>('/api/portfolio/pnl-by-symbol', { query: () => ({ period: toValue(period), method: toValue(method), ...account() }), topics: PRICED });
}

export interface TradeFilter {
  symbol?: string;
  side?: 'BUY' | 'SELL';
  /** ISO 8601. */
  from?: string;
  /** Within all accounts; one that is chosen for the whole page goes before it. */
  account?: number;
  method: CostMethod;
}

/** The trades that match, a page at a time, newest first. `filter` is null until it is known what to ask for. */
export function useTradeHistory(filter: () => TradeFilter | null) {
  const account = useAccountQuery();
  const cursors = ref<string[]>([]);
  const asked = computed(() => {
    const wanted = filter();
    return wanted && { ...wanted, account: account().account ?? wanted.account };
  });
  const key = computed(() => JSON.stringify(asked.value));
  watch(key, () => (cursors.value = []), { flush: 'sync' }); // page 3 of one list is nothing of another
  const resource = useResource<TradeHistory>(() => (asked.value ? HISTORY : null), {
    query: () => ({ ...asked.value, limit: PAGE, cursor: cursors.value.at(-1) }),
    topics: BOOKED,
  });
  const next = computed(() => resource.data.value?.next_cursor ?? null);

  /** Every trade that matches, for a file. */
  async function all(): Promise<Trade[]> {
    const found: Trade[] = [];
    let cursor: string | undefined;
    do {
      const page = await read<TradeHistory>(HISTORY, { query: { ...asked.value, limit: AT_ONCE, cursor } });
      found.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    return found;
  }

  return {
    resource,
    trades: computed(() => resource.data.value?.items ?? []),
    /** Rows before this page. */
    before: computed(() => cursors.value.length * PAGE),
    hasNewer: computed(() => cursors.value.length > 0),
    hasOlder: computed(() => next.value !== null),
    newer: () => void (cursors.value = cursors.value.slice(0, -1)),
    older: () => {
      if (next.value) cursors.value = [...cursors.value, next.value];
    },
    all,
  };
}

export type TradeHistoryPages = ReturnType<typeof useTradeHistory>;
