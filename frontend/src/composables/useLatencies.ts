import type { Answer } from '@/api/answers';
import { type Resource, useResource } from './useResource';

export type Latencies = Answer<'/api/logs/latency'>;

/** What components took in the last hour; asked again with each refresh. */
export function useLatencies(): Resource<Latencies> {
  return useResource<Latencies>('/api/logs/latency', { topics: ['balances', 'snapshot'] });
}
