// The key that ranks of coins are asked for with. What is typed goes to the server once and is never read back.
import type { Answer } from '@/api/answers';
import { remove, replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import { useResource, type Resource } from './useResource';

const PATH = '/api/rebalancing/rank-key';

export type RankKey = Answer<typeof PATH>;

export const useRankKey = (): Resource<RankKey> => useResource<RankKey>(PATH, { topics: ['run'] });

export interface RankKeyWrites {
  keep: (key: string) => Promise<void>;
  drop: () => Promise<void>;
}

/** Each asks for the key again, and for what rebalancing says of its filter. */
export function useRankKeyWrites(): RankKeyWrites {
  const live = useLiveStore();
  return {
    async keep(key) {
      await replace(PATH, { key });
      live.bump(['run']);
    },
    async drop() {
      await remove(PATH);
      live.bump(['run']);
    },
  };
}
