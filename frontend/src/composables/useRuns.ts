// Runs of plans: begun here, worked on by the server, told by the event `run`.
import { toValue, type MaybeRefOrGetter } from 'vue';
import type { PathOf } from '@/api/answers';
import { create, read, remove } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { KillSwitch, Plan, Run, RunDetail, Runs } from './rebalanceTypes';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

const RUNS = '/api/rebalancing/runs';
const KILL_SWITCH = '/api/rebalancing/kill-switch';
const PAGE = 5;

export const isGoingOn = (run: Pick<Run, 'state'>): boolean => run.state === 'queued' || run.state === 'running';

export interface RunList extends Omit<Paged<Run>, 'items'> {
  resource: Resource<Runs>;
  runs: Paged<Run>['items'];
}

/** Of one account, or (null) of all; the newest first. */
export function useRuns(account: () => number | null, limit = PAGE): RunList {
  const query = () => ({ account: account() ?? undefined, limit });
  const resource = useResource<Runs>(RUNS, { query, topics: ['run', 'balances'] });
  const { items, more, loadMore, moreError } = usePaged<Run>(resource, (cursor) => read<Runs>(RUNS, { query: { ...query(), limit: 50, cursor } }), true); // prices move scores all the time
  return { resource, runs: items, more, loadMore, moreError };
}

/** Of all accounts: those that go on or wait for a review, whatever their age. */
export function useOpenRuns(): Resource<Runs> {
  return useResource<Runs>(RUNS, { query: { open: true }, topics: ['run'] });
}

export function useRun(id: MaybeRefOrGetter<number | null>): Resource<RunDetail> {
  return useResource<RunDetail>(() => (toValue(id) === null ? null : (`${RUNS}/${String(toValue(id))}` as PathOf<RunDetail>)), { topics: ['run'] }); // the document knows the path with a name in the place of the number
}

export interface RunWrites {
  /** Asks for the plan as it was seen; the server refuses any other. */
  execute: (plan: Pick<Plan, 'plan_id' | 'hash'>, dryRun: boolean, confirmation: string, key: string) => Promise<number>;
  stop: (id: number) => Promise<void>;
}

export function useRunWrites(): RunWrites {
  const live = useLiveStore();
  return {
    execute: async ({ plan_id, hash }, dryRun, confirmation, key) => {
      const { run_id } = await create<{ run_id: number }>('/api/rebalancing/execute', { plan_id, hash, dry_run: dryRun, confirmation }, { idempotencyKey: key });
      live.bump(['run']);
      return run_id;
    },
    stop: async (id) => {
      await create(`${RUNS}/{run_id}/stop`, undefined, { path: { run_id: id } });
      live.bump(['run']);
    },
  };
}

/** Whether orders may be sent at all. */
export function useKillSwitch(): { resource: Resource<KillSwitch>; set: (on: boolean) => Promise<void> } {
  const live = useLiveStore();
  return {
    resource: useResource<KillSwitch>(KILL_SWITCH, { topics: ['run'] }),
    set: async (on) => {
      await (on ? create(KILL_SWITCH, undefined) : remove(KILL_SWITCH));
      live.bump(['run']);
    },
  };
}
