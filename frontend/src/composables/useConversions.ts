// One asset into another, by the same orders and the same journal as a run.
import { create, read } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { Conversion, ConversionPlan, Conversions, Converting } from './rebalanceTypes';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const LIST = '/api/rebalancing/conversions';

export interface ConversionList extends Omit<Paged<Conversion>, 'items'> {
  resource: Resource<Conversions>;
  conversions: Paged<Conversion>['items'];
}

export function useConversions(account: () => number | null): ConversionList {
  const query = () => ({ account: account() ?? undefined, limit: 5 });
  const resource = useResource<Conversions>(() => (account() === null ? null : LIST), { query, topics: ['run'] });
  const { items, more, loadMore, moreError } = usePaged<Conversion>(resource, (cursor) => read<Conversions>(LIST, { query: { ...query(), limit: 50, cursor } }));
  return { resource, conversions: items, more, loadMore, moreError };
}

export interface ConvertWish {
  readonly account: number;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
}
export interface ConvertAsk extends ConvertWish {
  readonly dry_run: boolean;
  readonly confirmation?: string;
}

export function useConvert(): (ask: ConvertAsk, key: string) => Promise<Converting> {
  const live = useLiveStore();
  return async (ask, key) => {
    const begun = await create<Converting>('/api/rebalancing/convert', ask, { idempotencyKey: key });
    live.bump(['run']);
    return begun;
  };
}

/** What a conversion would give; nothing is begun. */
export const planConversion = (wish: ConvertWish): Promise<ConversionPlan> => create<ConversionPlan>('/api/rebalancing/convert/plan', wish);
