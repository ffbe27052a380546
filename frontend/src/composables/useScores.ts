// What runs made beside not having traded: of one run, and of all runs of an account together.
import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer, PathOf } from '@/api/answers';
import { useResource, type Resource } from './useResource';

export type Scores = Answer<'/api/rebalancing/score'>;
export type AccountScore = Scores['items'][number];
export type RunScore = Answer<'/api/rebalancing/runs/{run_id}/score'>;
export type ScoreLine = RunScore['lines'][number];

/** Prices move them, so they follow the balances. */
const TOPICS = ['run', 'balances'] as const;

export function useScores(account: () => number | null): Resource<Scores> {
  return useResource<Scores>('/api/rebalancing/score', { query: () => ({ account: account() ?? undefined }), topics: TOPICS });
}

/** null: none is asked for. */
export function useRunScore(run: MaybeRefOrGetter<number | null>): Resource<RunScore> {
  return useResource<RunScore>(() => (toValue(run) === null ? null : (`/api/rebalancing/runs/${String(toValue(run))}/score` as PathOf<RunScore>)), { topics: TOPICS }); // the document knows the path with a name in the place of the number
}
