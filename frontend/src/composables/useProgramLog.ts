import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import type { Answer } from '@/api/answers';
import { read } from '@/api/client';
import { toFailure } from '@/api/problem';
import type { Failure } from '@/lib/states';

const PATH = '/api/logs/lines';
const EVERY_MS = 2000;
const PAGE = 100;
/** As many lines are held; what is older is loaded again on demand. */
const KEPT = 1000;

type Page = Answer<typeof PATH>;
export type ProgramLine = Page['items'][number];
export type LogLevel = ProgramLine['level'];
export type LogComponent = ProgramLine['component'];

/** Which lines are wanted; what is left out narrows nothing. */
export interface LogFilter {
  level?: LogLevel;
  component?: LogComponent;
  account?: number;
  request_id?: string;
}

export interface ProgramLog {
  /** Newest first; null: nothing has come yet. */
  lines: Readonly<Ref<readonly ProgramLine[] | null>>;
  /** Of the newest attempt; the lines may still be there. */
  error: Readonly<Ref<Failure | null>>;
  /** The database cannot be read: the last lines of the process, and none before them. */
  fromMemory: Readonly<Ref<boolean>>;
  /** Lines that were too many to be stored, since the program's start. */
  dropped: Readonly<Ref<number>>;
  more: Readonly<Ref<boolean>>;
  loadMore: () => Promise<void>;
  retry: () => void;
}

/** The program's log: the newest lines, and each that comes, once, while `following` and somebody can see them. */
export function useProgramLog(filter: () => LogFilter, following: () => boolean): ProgramLog {
  const lines = shallowRef<readonly ProgramLine[] | null>(null);
  const error = shallowRef<Failure | null>(null);
  const [fromMemory, more, dropped] = [ref(false), ref(false), ref(0)];
  let newest: number | null = null;
  let before: number | null = null;
  let running = new AbortController();
  /** Whose answer is awaited: asked twice, the same news would come twice. */
  let awaited: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = (query: Record<string, number>): Promise<Page> => read<Page>(PATH, { query: { limit: PAGE, ...filter(), ...query }, signal: running.signal });

  function take(page: Page, news: boolean): void {
    error.value = null;
    fromMemory.value = page.source === 'memory';
    dropped.value = page.dropped;
    if (!news || fromMemory.value) {
      [lines.value, before] = [page.items, page.next_before];
    } else if (page.items.length) {
      const all = [...page.items, ...(lines.value ?? [])];
      if (all.length > KEPT) before = all[KEPT - 1]?.id ?? before;
      lines.value = all.slice(0, KEPT);
    }
    newest = page.newest_id;
    more.value = before !== null;
  }

  async function follow(): Promise<void> {
    const mine = running;
    if (awaited === mine) return;
    awaited = mine;
    let again = EVERY_MS;
    try {
      const after = newest;
      const page = await ask(after === null ? {} : { after });
      if (mine.signal.aborted) return;
      take(page, after !== null);
      if (after !== null && page.items.length === PAGE) again = 0; // more has come than one answer tells
    } catch (failed) {
      if (mine.signal.aborted) return;
      error.value = toFailure(failed);
    } finally {
      if (awaited === mine) awaited = null;
    }
    wait(again);
  }

  function wait(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (following() && document.visibilityState !== 'hidden') void follow();
      else wait(EVERY_MS);
    }, ms);
  }

  function start(): void {
    running.abort();
    running = new AbortController();
    [newest, before] = [null, null];
    [lines.value, error.value, more.value] = [null, null, false];
    void follow();
  }

  async function loadMore(): Promise<void> {
    const [mine, from] = [running, before];
    if (from === null) return;
    try {
      const page = await ask({ before: from });
      if (mine.signal.aborted || before !== from) return;
      lines.value = [...(lines.value ?? []), ...page.items];
      before = page.next_before;
      more.value = before !== null;
    } catch (failed) {
      if (!mine.signal.aborted) error.value = toFailure(failed);
    }
  }

  watch(() => JSON.stringify(filter()), start, { immediate: true });
  watch(following, (now) => {
    if (now) wait(0);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    running.abort();
  });

  return { lines, error, fromMemory, dropped, more, loadMore, retry: start };
}
