// The connection test: a read that the user asks for, one account at a time.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Answer } from '@/api/answers';
import { read } from '@/api/client';
import { toFailure } from '@/api/problem';
import type { Failure } from '@/lib/states';

type Connection = Answer<'/api/portfolio/connection/test'>;

export interface ConnectionTest {
  found: ShallowRef<Connection | null>;
  failure: ShallowRef<Failure | null>;
  pending: Ref<boolean>;
  /** When the answer came, ms. */
  at: Ref<number | null>;
  run: (account: number | undefined) => Promise<void>;
}

export function useConnectionTest(): ConnectionTest {
  const found = shallowRef<Connection | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const pending = ref(false);
  const at = ref<number | null>(null);

  async function run(account: number | undefined): Promise<void> {
    if (pending.value) return;
    pending.value = true;
    try {
      found.value = await read<Connection>('/api/portfolio/connection/test', { query: { account } });
      failure.value = null;
      at.value = Date.now();
    } catch (error) {
      found.value = null;
      failure.value = toFailure(error);
    } finally {
      pending.value = false;
    }
  }
  return { found, failure, pending, at, run };
}
