import { hasSession, introduce } from '@/api/client';

/** Whether there is a session to end, and how: the page is loaded anew, so that nothing of it stays in memory. */
export function useSignOut(leave: () => void = () => window.location.assign('/')): { signedIn: boolean; signOut: () => void } {
  async function end(): Promise<void> {
    await introduce('POST', '/api/auth/logout').catch(() => undefined); // a session that is over is signed out, too
    leave();
  }
  return { signedIn: hasSession(), signOut: () => void end() };
}
