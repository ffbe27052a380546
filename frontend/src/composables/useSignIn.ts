// Saying who one is: sign in, set the first password, type the password again. What waited for it goes on afterwards.
import { onMounted, type ShallowRef, shallowRef } from 'vue';
import type { Answer } from '@/api/answers';
import { introduce } from '@/api/client';
import { useSignInStore } from '@/stores/signIn';

const SESSION = '/api/auth/session';
export type SessionState = Answer<typeof SESSION>;

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of the second factor, once it is asked for. */
  readonly code?: string;
  readonly stay: boolean;
}

export interface SignIn {
  signIn: (who: Credentials) => Promise<void>;
  setUp: (password: string, code: string | undefined) => Promise<void>;
  confirm: (password: string) => Promise<void>;
  /** What waits is not sent again. */
  callOff: () => void;
}

export function useSignIn(): SignIn {
  const store = useSignInStore();
  const say = async (path: string, body: unknown): Promise<void> => {
    await introduce('POST', `/api/auth/${path}`, body);
    store.settle(true);
  };
  return {
    signIn: (who) => say('login', who),
    setUp: (password, code) => say('set-up', code === undefined ? { password } : { password, code }),
    confirm: (password) => say('confirm', { password }),
    callOff: () => store.settle(false),
  };
}

/** How the server stands to whoever opens the page; null until it is known. */
export function useSessionState(): ShallowRef<SessionState | null> {
  const state = shallowRef<SessionState | null>(null);
  onMounted(async () => {
    state.value = await introduce<SessionState>('GET', SESSION).catch(() => null);
  });
  return state;
}
