// What is set for this installation: the same on every device.
import { replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import { useResource, type Resource } from './useResource';

const PATH = '/api/settings';

/** Which coins lists leave out. They stay in every sum. */
export interface HidingRule {
  /** In the server's own currency; "0" hides none. */
  readonly minimum_usd: string;
  readonly unpriced: boolean;
  readonly assets: readonly string[];
}

export interface Settings {
  readonly reporting_currency: string;
  readonly hidden_coins: HidingRule;
}

export function useSettings(): Resource<Settings> {
  return useResource<Settings>(PATH);
}

/** Put a rule in the place of the one there is; balances are asked for again. */
export function useHidingRule(): (rule: HidingRule) => Promise<void> {
  const live = useLiveStore();
  return async (rule) => {
    await replace(PATH, { hidden_coins: rule });
    live.bump(['balances']);
  };
}
