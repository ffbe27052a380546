import { useSessionStore } from '@/stores/session';

/** The `?account=` of every page request: one account, or nothing for all of them. */
export function useAccountQuery(): () => { account: number | undefined } {
  const session = useSessionStore();
  return () => ({ account: session.account ?? undefined });
}
