import type { Nav } from './types';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

/** Net asset value by both formulas; asked for only while `wanted` is true. */
export function useNav(wanted: () => boolean): Resource<Nav> {
  return useResource<Nav>(() => (wanted() ? '/api/portfolio/nav' : null), { query: useFiguresQuery(), topics: ['balances'] });
}
