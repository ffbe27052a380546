import type { Answer } from '@/api/answers';
import { type Resource, useResource } from './useResource';

export type Health = Answer<'/health'>;

/** The server's own account of itself; asked again with each refresh. */
export function useHealth(): Resource<Health> {
  return useResource<Health>('/health', { topics: ['sync', 'balances'] });
}
