import type { Composer } from 'vue-i18n';
import { Decimal } from '@/lib/decimal';
import type { AccountShare, Wallet } from '@/composables/types';

/** A wallet in words; one that this version has no word for keeps the server's name. */
export function walletName({ t, te }: Pick<Composer, 't' | 'te'>, wallet: string): string {
  return te(`overview.wallets.${wallet}`) ? t(`overview.wallets.${wallet}`) : wallet;
}

export interface WalletLine extends Wallet {
  /** Percent of the account's value; null while the wallet was never read. */
  readonly percent: number | null;
}

/** An account and its wallets, both largest first; wallets that could not be read come before those that could. */
export interface AccountLine extends AccountShare {
  readonly wallets: readonly WalletLine[];
  readonly unread: number;
}

/** Wallets whose lines are older than the rest: a missing price alone is another matter. */
export const unread = ({ complete, reason }: Wallet): boolean => !complete && reason !== 'no_price';

const worth = (value: string | null): Decimal => new Decimal(value ?? 0);

export function accountLines(accounts: readonly AccountShare[], wallets: readonly Wallet[]): AccountLine[] {
  return accounts
    .map((account) => {
      const total = worth(account.value_usd);
      const own = wallets
        .filter((one) => one.account === account.id)
        .map((one) => ({ ...one, percent: one.value_usd === null || total.isZero() ? null : worth(one.value_usd).div(total).times(100).toNumber() }))
        .sort((a, b) => Number(unread(b)) - Number(unread(a)) || worth(b.value_usd).cmp(worth(a.value_usd)));
      return { ...account, wallets: own, unread: own.filter(unread).length };
    })
    .sort((a, b) => worth(b.value_usd).cmp(worth(a.value_usd)) || a.name.localeCompare(b.name));
}

const SPOT_AND_FUTURES: ReadonlySet<string> = new Set(['spot', 'futures_usdm', 'futures_coinm']);

/** Whether the older formula can differ from the net asset value at all. */
export const hasOthers = (wallets: readonly Wallet[]): boolean => wallets.some(({ wallet }) => !SPOT_AND_FUTURES.has(wallet));
