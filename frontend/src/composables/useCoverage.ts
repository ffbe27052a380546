import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

export type Coverage = Answer<'/api/imports/coverage'>;
export type SourceCoverage = Coverage['items'][number];
export type CoverageGap = SourceCoverage['gaps'][number];

/** What each history of each account was read for, and which stretches of it are missing. */
export function useCoverage(): Resource<Coverage> {
  return useResource<Coverage>('/api/imports/coverage', { query: useAccountQuery(), topics: ['import', 'sync', 'cashflow'] });
}
