import type { Balances } from './types';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

/** Everything held, by account, wallet and coin. */
export function useHoldings(): Resource<Balances> {
  return useResource<Balances>('/api/portfolio/balances', { query: useFiguresQuery(), topics: ['balances'] });
}
