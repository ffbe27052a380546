import { useSessionStore } from '@/stores/session';

/** The query of every request for figures of Overview: one account or all, in the currency they are shown in. */
export function useFiguresQuery(): () => { account: number | undefined; display: string | undefined } {
  const session = useSessionStore();
  return () => ({ account: session.account ?? undefined, display: session.shown ?? undefined });
}
