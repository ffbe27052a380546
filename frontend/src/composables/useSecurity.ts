// Who is signed in, which programs may call the API, and the second factor.
import type { Answer } from '@/api/answers';
import { create, remove, replace } from '@/api/client';
import { useResource, type Resource } from './useResource';

const SESSIONS = '/api/auth/sessions';
const TOKENS = '/api/auth/tokens';
const FACTOR = '/api/auth/second-factor';

export type SessionList = Answer<typeof SESSIONS>;
export type SessionItem = SessionList['items'][number];
export type TokenList = Answer<typeof TOKENS>;
export type TokenItem = TokenList['items'][number];
export type Scope = TokenItem['scopes'][number];
export type FactorState = Answer<typeof FACTOR>;
/** What the authenticator app is told. */
export interface FactorSecret {
  readonly secret: string;
  readonly address: string;
  readonly picture: string;
}

export interface Sessions extends Resource<SessionList> {
  end: (id: number) => Promise<void>;
  /** This one, too: the page is loaded anew. */
  endAll: () => Promise<void>;
  changePassword: (old: string, wanted: string) => Promise<void>;
}

export function useSessions(leave: () => void = () => window.location.assign('/')): Sessions {
  const list = useResource<SessionList>(SESSIONS);
  return {
    ...list,
    end: async (id) => {
      await remove(`${SESSIONS}/{session_id}`, { path: { session_id: id } });
      await list.reload();
    },
    endAll: async () => {
      await remove(SESSIONS);
      leave();
    },
    changePassword: async (old, wanted) => {
      await create('/api/auth/password', { current_password: old, new_password: wanted });
      await list.reload();
    },
  };
}

export interface Tokens extends Resource<TokenList> {
  /** Resolves to the text, which is told this once. */
  add: (name: string, scope: Scope) => Promise<string>;
  end: (id: number) => Promise<void>;
}

export function useTokens(): Tokens {
  const list = useResource<TokenList>(TOKENS);
  return {
    ...list,
    add: async (name, scope) => {
      const { token } = await create<{ token: string }>(TOKENS, { name, scopes: [scope] });
      await list.reload();
      return token;
    },
    end: async (id) => {
      await remove(`${TOKENS}/{token_id}`, { path: { token_id: id } });
      await list.reload();
    },
  };
}

export interface SecondFactor extends Resource<FactorState> {
  begin: () => Promise<FactorSecret>;
  /** Resolves to the recovery codes, which are told this once. */
  turnOn: (code: string) => Promise<readonly string[]>;
  turnOff: () => Promise<void>;
}

export function useSecondFactor(): SecondFactor {
  const state = useResource<FactorState>(FACTOR);
  return {
    ...state,
    begin: () => create<FactorSecret>(FACTOR, undefined),
    turnOn: async (code) => {
      const { recovery_codes: codes } = await replace<{ recovery_codes: string[] }>(FACTOR, { code });
      await state.reload();
      return codes;
    },
    turnOff: async () => {
      await remove(FACTOR);
      await state.reload();
    },
  };
}
