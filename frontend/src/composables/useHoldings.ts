import type { Balances } from './types';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

/** Everything held, by account, wallet and coin. */
export function useHoldings(): Resource<Balances> {
  return useResource<Balances>('/api/portfolio/balances', { query: useAccountQuery(), topics: ['balances'] });
}
