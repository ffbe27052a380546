// Orders are sent for an account only while it is armed: for a time that its user chose, and by its name typed.
import { create } from '@/api/client';
import { useLiveStore } from '@/stores/live';

export interface Arming {
  arm: (minutes: number, confirmation: string) => Promise<void>;
  /** A run under way sends nothing more. */
  disarm: () => Promise<void>;
}

export function useArming(account: () => number): Arming {
  const live = useLiveStore();
  const ask = async (what: 'arm' | 'disarm', body?: object): Promise<void> => {
    await create(`/api/accounts/{account_id}/${what}`, body, { path: { account_id: account() } });
    live.bump(['run']);
  };
  return { arm: (minutes, confirmation) => ask('arm', { minutes, confirmation }), disarm: () => ask('disarm') };
}
