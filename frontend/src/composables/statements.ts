// Accounts without a key: what is said of them beside their figures.
import type { Overview } from './types';

/** An account that lives from statements; `at`: their last line, null before the first statement. */
export interface FromStatements {
  readonly id: number;
  readonly name: string;
  readonly at: string | null;
}

/** The wallet under which the server lists what statements tell. */
const WALLET = 'statements';

/** The accounts shown that no key reads. */
export function fromStatements(overview: Pick<Overview, 'accounts' | 'wallets'> | null): FromStatements[] {
  return (overview?.accounts ?? [])
    .filter(({ has_key: read }) => !read)
    .map(({ id, name }) => ({ id, name, at: overview?.wallets.find((one) => one.account === id && one.wallet === WALLET)?.as_of ?? null }));
}

/** Whether nothing that is shown is read by a key. */
export const onlyStatements = (overview: Pick<Overview, 'accounts'> | null): boolean => (overview?.accounts.length ?? 0) > 0 && (overview?.accounts.every(({ has_key: read }) => !read) ?? false);
