// Coins that came from outside, and what they had cost: nobody but the reader knows.
import { read, replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { Lot, LotCost, Lots } from './tradeTypes';
import { useAccountQuery } from './useAccountQuery';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const PATH = '/api/portfolio/lots';
const AT_ONCE = 1000;

export interface LotList extends Paged<Lot> {
  resource: Resource<Lots>;
}

/** All lots from outside, newest first; asked for only while `wanted` is true. */
export function useLots(wanted: () => boolean): LotList {
  const account = useAccountQuery();
  const query = () => ({ status: 'all', limit: AT_ONCE, ...account() });
  const resource = useResource<Lots>(() => (wanted() ? PATH : null), { query, topics: ['positions', 'cashflow'] });
  return { resource, ...usePaged<Lot>(resource, (cursor) => read<Lots>(PATH, { query: { ...query(), cursor } })) };
}

/** Say what a lot had cost. Every figure of cost is asked for again afterwards, events or not. */
export function useLotCost(): (id: number, cost: LotCost, key: string) => Promise<void> {
  const live = useLiveStore();
  return async (id, cost, key) => {
    await replace(`${PATH}/{lot_id}`, cost, { path: { lot_id: id }, idempotencyKey: key });
    live.bump(['positions', 'snapshot']);
  };
}
