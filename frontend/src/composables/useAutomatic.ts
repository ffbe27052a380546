// When the next automatic run is due, on each account, and a switch that lets all of them rest.
import { replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { Automatic } from './rebalanceTypes';
import { useResource, type Resource } from './useResource';

const PATH = '/api/rebalancing/automatic';

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
