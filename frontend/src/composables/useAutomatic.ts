// When the next automatic run is due, on each account, and a switch that lets all of them rest.
import type { Answer } from '@/api/answers';
import { read, replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { Automatic } from './rebalanceTypes';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const PATH = '/api/rebalancing/automatic';
const LOG = '/api/rebalancing/automatic/log';

export type Dues = Answer<typeof LOG>;
/** A due instant and what became of it. */
export type Due = Dues['items'][number];

export function useAutomatic(): { resource: Resource<Automatic>; pause: (paused: boolean) => Promise<void> } {
  const live = useLiveStore();
  const resource = useResource<Automatic>(PATH, { topics: ['run', 'balances'] });
  return {
    resource,
    pause: async (paused) => {
      await replace(PATH, { paused });
      live.bump(['run']);
    },
  };
}

export interface DueList extends Paged<Due> {
  resource: Resource<Dues>;
}

/** What automatic runs did, left and why, of one account; the newest first. */
export function useAutomaticLog(account: () => number | null): DueList {
  const query = () => ({ account: account() ?? undefined, limit: 5 });
  const resource = useResource<Dues>(() => (account() === null ? null : LOG), { query, topics: ['run'] });
  return { resource, ...usePaged<Due>(resource, (cursor) => read<Dues>(LOG, { query: { ...query(), limit: 50, cursor } }), true) };
}
