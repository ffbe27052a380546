import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { Answer } from '@/api/answers';
import { read } from '@/api/client';
import { toFailure } from '@/api/problem';
import type { Failure } from '@/lib/states';
import { type Tail, withNewest, withOlder } from '@/lib/tail';
import { useAccountQuery } from './useAccountQuery';
import { type Resource, useResource } from './useResource';

const PATH = '/api/logs';
/** As many as fit beside the components; further pages are longer. */
const NEWEST = 14;
const FURTHER = 50;

type Logs = Answer<typeof PATH>;
export type LogLine = Logs['items'][number];
/** All lines, or those that tell of something that did not work. */
export type LogChoice = 'all' | 'warnings';

export interface LogTail {
  resource: Resource<Logs>;
  lines: ComputedRef<readonly LogLine[]>;
  /** Whether there are older lines. */
  more: ComputedRef<boolean>;
  loadMore: () => Promise<void>;
  moreError: Readonly<Ref<Failure | null>>;
}

/** The stored log, newest first, of the chosen account or of all. What happens is put before it, each line once. */
export function useLogs(choice: () => LogChoice): LogTail {
  const account = useAccountQuery();
  const query = computed(() => ({ level: choice() === 'all' ? undefined : 'retry', ...account() }));
  const which = computed(() => JSON.stringify(query.value));
  const resource = useResource<Logs>(PATH, { query: () => ({ limit: NEWEST, ...query.value }), topics: ['balances', 'snapshot', 'sync'] });
  const nothing: Tail<LogLine> = { items: [], next_cursor: null };
  const tail = shallowRef(nothing);
  const moreError = shallowRef<Failure | null>(null);
  const loading = ref(false);

  watch([resource.data, which], ([page, now], [, before]) => {
    if (now !== before) [tail.value, moreError.value] = [nothing, null];
    if (page) tail.value = withNewest(tail.value, page);
  }, { immediate: true });

  async function loadMore(): Promise<void> {
    const [cursor, asked] = [tail.value.next_cursor, which.value];
    if (!cursor || loading.value) return;
    [loading.value, moreError.value] = [true, null];
    try {
      const page = await read<Logs>(PATH, { query: { limit: FURTHER, cursor, ...query.value } });
      // News may have dropped what the page goes on from.
      if (which.value === asked && tail.value.next_cursor === cursor) tail.value = withOlder(tail.value, page);
    } catch (error) {
      moreError.value = toFailure(error);
    } finally {
      loading.value = false;
    }
  }

  return { resource, lines: computed(() => tail.value.items), more: computed(() => tail.value.next_cursor !== null), loadMore, moreError };
}
