// The accounts of the environment, whether a key reads them, and what each has; made and removed on the Settings page.
import { useRouter } from 'vue-router';
import type { Answer } from '@/api/answers';
import { create, remove } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import { useSessionStore } from '@/stores/session';
import type { Overview } from './types';
import { useResource, type Resource } from './useResource';

export type AccountList = Answer<'/api/accounts'>;
export type AccountItem = AccountList['items'][number];
/** What becomes of the rows of an account that is removed: its key is forgotten and its history stays, or all goes. */
export type Removal = 'keep' | 'delete';

const PATH = '/api/accounts';

/** Asked for only while `wanted`. */
export function useAccountList(wanted: () => boolean = () => true): Resource<AccountList> {
  return useResource<AccountList>(() => (wanted() ? PATH : null), { topics: ['import', 'cashflow', 'run', 'sync'] }); // arming is told with runs
}

/** To the page that takes an account's statements, with that account chosen on every page. */
export function useStatementImport(): (id: number) => void {
  const router = useRouter();
  const session = useSessionStore();
  return (id) => {
    session.choose(id);
    void router.push({ name: 'imports', query: { import: '1' } });
  };
}

export interface AccountWrites {
  add: (name: string) => Promise<AccountItem>;
  /** `name` is typed by the user: the server compares it. */
  drop: (id: number, data: Removal, name: string) => Promise<void>;
}

/** Every page shows other accounts after a write; the switcher does so too, whatever is chosen. */
export function useAccountWrites(): AccountWrites {
  const live = useLiveStore();
  const session = useSessionStore();
  const all = useResource<Overview>('/api/portfolio/overview');
  const list = useAccountList();
  async function after(): Promise<void> {
    live.bump();
    await Promise.all([list.reload(), all.reload()]);
  }
  return {
    add: async (name) => {
      const { item } = await create<{ item: AccountItem }>(PATH, { name });
      await after();
      return item;
    },
    drop: async (id, data, name) => {
      await remove(`${PATH}/{account_id}`, { path: { account_id: id }, query: { data, name } });
      if (data === 'delete' && session.account === id) session.choose(null);
      await after();
    },
  };
}
