// The keys of accounts: given, looked at and taken away. What is typed goes to the server once and is never read back.
import { create, remove, replace } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import type { AccountItem } from './useAccountList';

export type AccountKey = AccountItem['keys'][number];
export type KeyKind = AccountKey['kind'];
/** As it is typed; the server finds the type of a key out by itself. */
export interface TypedKey {
  api_key: string;
  api_secret: string;
}
export interface Checked {
  item: AccountItem;
  ok: boolean;
  code: string | null;
  detail: string;
}

export interface AccountKeys {
  /** A new account that a key reads. */
  add: (name: string, key: TypedKey) => Promise<AccountItem>;
  rename: (account: number, name: string) => Promise<AccountItem>;
  give: (account: number, kind: KeyKind, key: TypedKey) => Promise<AccountItem>;
  take: (account: number, kind: KeyKind) => Promise<void>;
  check: (account: number) => Promise<Checked>;
}

export function useAccountKeys(): AccountKeys {
  const live = useLiveStore();
  const PATH = '/api/accounts/{account_id}/key';
  async function then<T>(answer: Promise<T>): Promise<T> {
    const found = await answer;
    live.bump();
    return found;
  }
  return {
    add: async (name, key) => (await then(create<{ item: AccountItem }>('/api/accounts', { name, ...key }))).item,
    rename: async (account, name) => (await then(replace<{ item: AccountItem }>('/api/accounts/{account_id}', { name }, { path: { account_id: account } }))).item,
    give: async (account, kind, key) => (await then(replace<{ item: AccountItem }>(PATH, { kind, ...key }, { path: { account_id: account } }))).item,
    take: async (account, kind) => {
      await then(remove(PATH, { path: { account_id: account }, query: { kind } }));
    },
    check: (account) => then(create<Checked>('/api/accounts/{account_id}/check', undefined, { path: { account_id: account } })),
  };
}
