// Data of a page: loaded once, shared by key, and again whenever the server says that it changed.
// Use: const { data, status, error, reload } = useResource<Overview>('/api/portfolio/overview', { topics: ['balances', 'sync'] });
//      useResource<Stats>('/api/performance/stats', { query: () => ({ account: id.value }), topics: ['snapshot'] });
// A refresh keeps the old data; nothing is polled while events flow.
import { computed, type ComputedRef, type MaybeRefOrGetter, onScopeDispose, toValue, watch } from 'vue';
import type { PathOf } from '@/api/answers';
import { read } from '@/api/client';
import { toFailure } from '@/api/problem';
import type { Failure } from '@/lib/states';
import type { Topic } from '@/lib/topics';
import { afterFirstScreen } from '@/lib/wholePage';
import { useLiveStore } from '@/stores/live';
import { useResourceStore } from '@/stores/resources';

type Query = Record<string, string | number | boolean | undefined>;

export interface Resource<T> {
  data: ComputedRef<T | null>;
  /** Of the newest attempt; data may still be there. */
  error: ComputedRef<Failure | null>;
  /** `error` only while there is nothing to show. */
  status: ComputedRef<'loading' | 'error' | 'ready'>;
  refreshing: ComputedRef<boolean>;
  reload: () => Promise<void>;
}

interface Flight {
  key: string;
  users: number;
  again: boolean;
  abort: AbortController;
  done: Promise<void>;
}

const flights = new Map<string, Flight>();
/** How many show what: parts of a page that are built one after another share an answer, and not only its request. */
const shownBy = new Map<string, number>();
const SHARED_MS = 2000;

function keyOf(path: string, query: Query): string {
  const parts = Object.entries(query).filter(([, value]) => value !== undefined);
  return parts.length ? `${path}?${new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString()}` : path;
}

async function fly(key: string, path: string, query: Query, flight: Flight): Promise<void> {
  const store = useResourceStore();
  store.change(key, { pending: true });
  try {
    await afterFirstScreen(); // what that needs was asked for before it
    do {
      flight.again = false;
      const data = await read<unknown>(path as PathOf<unknown>, { query, signal: flight.abort.signal }); // checked where useResource is called
      store.change(key, { data, error: null, at: Date.now() });
    } while (flight.again);
  } catch (error) {
    if (!flight.abort.signal.aborted) store.change(key, { error: toFailure(error) });
  } finally {
    land(key, flight);
  }
}

/** Nobody can join it any more. */
function land(key: string, flight: Flight): void {
  if (flights.get(key) !== flight) return;
  flights.delete(key);
  useResourceStore().change(key, { pending: false });
}

export function useResource<T>(
  path: MaybeRefOrGetter<PathOf<T> | null>,
  { query = {}, topics = [] }: { query?: MaybeRefOrGetter<Query>; topics?: readonly Topic[] } = {},
): Resource<T> {
  const store = useResourceStore();
  const live = useLiveStore();
  const wanted = computed(() => {
    const to = toValue(path);
    const asked = toValue(query);
    return to === null ? null : { path: to, query: asked, key: keyOf(to, asked) };
  });
  const known = computed(() => (wanted.value ? store.of(wanted.value.key) : null));
  const has = computed(() => (known.value?.data ?? null) !== null);
  let mine: Flight | null = null;
  let showing: string | null = null;

  function leave(): void {
    if (mine && --mine.users === 0) {
      mine.abort.abort(); // nobody waits for it any more
      land(mine.key, mine);
    }
    mine = null;
  }

  function show(key: string | null): void {
    if (showing !== null) shownBy.set(showing, (shownBy.get(showing) ?? 0) - 1);
    if (key !== null) shownBy.set(key, (shownBy.get(key) ?? 0) + 1);
    showing = key;
  }

  /** Somebody shows it already and follows its changes, and it has only just come. */
  function isShared(key: string): boolean {
    const { at, error } = store.of(key);
    return (shownBy.get(key) ?? 0) > 0 && error === null && at !== null && Date.now() - at < SHARED_MS;
  }

  async function reload(): Promise<void> {
    const target = wanted.value;
    if (!target) return;
    let flight = flights.get(target.key);
    if (flight) {
      flight.again = true; // what is under way may have been read before the change
    } else {
      flight = { key: target.key, users: 0, again: false, abort: new AbortController(), done: Promise.resolve() };
      flights.set(target.key, flight);
      flight.done = fly(target.key, target.path, target.query, flight);
    }
    if (mine !== flight) {
      leave();
      flight.users += 1;
      mine = flight;
    }
    await flight.done;
  }

  function join(): void {
    const target = wanted.value;
    leave();
    show(null);
    if (!target) return;
    const flight = flights.get(target.key);
    if (flight) {
      flight.users += 1;
      mine = flight;
    } else if (!isShared(target.key)) void reload();
    show(target.key);
  }

  watch(() => wanted.value?.key, join, { immediate: true });
  watch(() => topics.map((topic) => live.revisions[topic]).join(), () => void reload());
  onScopeDispose(() => {
    leave();
    show(null);
  });

  return {
    data: computed(() => (known.value?.data ?? null) as T | null), // the caller names the path and its type together
    error: computed(() => known.value?.error ?? null),
    status: computed(() => (has.value ? 'ready' : known.value?.error ? 'error' : 'loading')),
    refreshing: computed(() => has.value && known.value?.pending === true),
    reload,
  };
}
