// Targets and settings of one account's rebalancing.
import { create, replace } from '@/api/client';
import type { Allocation, RebalancingSettings } from './rebalanceTypes';
import { useAccountQuery } from './useAccountQuery';
import { useResource, type Resource } from './useResource';

const ALLOCATION = '/api/rebalancing/allocation';
const SETTINGS = '/api/rebalancing/settings';
type Account = () => number | null;

/** Asked for only once an account is known. */
export function useAllocation(account: Account): Resource<Allocation> {
  return useResource<Allocation>(() => (account() === null ? null : ALLOCATION), { query: () => ({ account: account() ?? undefined }), topics: ['balances', 'run'] });
}

/** Of the account that is chosen, or of all together: how far the page's figures are from their targets. */
export function useOutside(): Resource<Allocation> {
  return useResource<Allocation>(ALLOCATION, { query: useAccountQuery(), topics: ['balances', 'run'] });
}

export function useRebalancingSettings(account: Account): Resource<RebalancingSettings> {
  return useResource<RebalancingSettings>(() => (account() === null ? null : SETTINGS), { query: () => ({ account: account() ?? undefined }), topics: ['run'] });
}

export interface RebalancingWrites {
  keepTargets: (allocations: Readonly<Record<string, number>>) => Promise<void>;
  /** What is left out stays as it is. */
  keepSettings: (changes: object) => Promise<void>;
}

export function useRebalancingWrites(account: Account, allocation: Resource<Allocation>, settings: Resource<RebalancingSettings>): RebalancingWrites {
  const query = (): { account: number | undefined } => ({ account: account() ?? undefined });
  return {
    keepTargets: async (allocations) => {
      await create(ALLOCATION, { allocations }, { query: query() });
      await allocation.reload();
    },
    keepSettings: async (changes) => {
      await replace(SETTINGS, changes, { query: query() });
      await Promise.all([settings.reload(), allocation.reload()]); // the band is a setting
    },
  };
}
