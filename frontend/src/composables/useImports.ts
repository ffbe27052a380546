import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { Answer } from '@/api/answers';
import { create, read, replace } from '@/api/client';
import { ConnectionError } from '@/api/problem';
import { useLiveStore } from '@/stores/live';
import { useAccountQuery } from './useAccountQuery';
import { usePaged, type Paged } from './usePaged';
import { useResource, type Resource } from './useResource';

export type ImportList = Answer<'/api/imports'>;
export type ImportPreview = Answer<'/api/imports/{import_id}'>;
export type ImportItem = ImportPreview['item'];
export type Refused = NonNullable<ImportPreview['refused']>;
export type ImportLine = ImportPreview['lines'][number];
export type ImportAnswers = Partial<ImportPreview['answers']>;
export type ImportQuestion = ImportPreview['questions'][number];
/** A file: its text, or a zip of several in base64. */
export type ImportContent = { readonly content: string } | { readonly content_base64: string };
export type LineFilter = 'all' | ImportLine['state'];
type Lines = Answer<'/api/imports/{import_id}/lines'>;
interface Changed {
  readonly item: ImportItem;
  readonly recomputing: boolean;
}

const PATH = '/api/imports';
const ONE = '/api/imports/{import_id}';
const LINES = '/api/imports/{import_id}/lines';
const AFTER = ['import', 'cashflow', 'snapshot'] as const;
const PAGE = 200;

export interface ImportFiles extends Paged<ImportItem> {
  resource: Resource<ImportList>;
}

/** Imports of the account shown, newest first, `limit` at a time. */
export function useImportList(limit: number): ImportFiles {
  const account = useAccountQuery();
  const query = () => ({ limit, ...account() });
  const resource = useResource<ImportList>(PATH, { query, topics: ['import'] });
  return { resource, ...usePaged<ImportItem>(resource, (cursor) => read<ImportList>(PATH, { query: { ...query(), cursor } })) };
}

/** Whether there is anything to take back. A statement may have told better what was known, and nothing new. */
export function undoable({ state, written, known, kind }: ImportItem): boolean {
  return state === 'committed' && ((written ?? 0) > 0 || (kind === 'statement' && (known ?? 0) > 0));
}

/** Lines that an import left out, and the word that they are seen to: until then the certificate is an estimate. */
export function useRefusedLines(): { load: (id: number) => Promise<Refused | null>; dismiss: (id: number) => Promise<Refused | null> } {
  const live = useLiveStore();
  const load = async (id: number): Promise<Refused | null> => (await read<ImportPreview>(ONE, { path: { import_id: id } })).refused;
  return {
    load,
    dismiss: async (id) => {
      await create<Changed>(`${ONE}/dismiss`, undefined, { path: { import_id: id } });
      live.bump(AFTER);
      return load(id);
    },
  };
}

export interface FileImport {
  preview: Readonly<Ref<ImportPreview | null>>;
  /** What was written or taken back. */
  done: Readonly<Ref<ImportItem | null>>;
  busy: Readonly<Ref<boolean>>;
  failure: Readonly<Ref<string | null>>;
  open: (name: string, content: ImportContent, account: number | null) => Promise<void>;
  /** Read the file with these answers; the ones that are left out are found out or asked. */
  answer: (answers: ImportAnswers) => Promise<void>;
  commit: () => Promise<void>;
  undo: (id: number) => Promise<void>;
  reset: () => void;
}

/** One file on its way into the list. `away` says that the server did not answer. */
export function useFileImport(away: () => string): FileImport {
  const live = useLiveStore();
  const preview = shallowRef<ImportPreview | null>(null);
  const done = shallowRef<ImportItem | null>(null);
  const busy = ref(false);
  const failure = ref<string | null>(null);
  let newest = 0;

  /** The last thing asked for is the one that is shown. */
  async function act<T>(work: () => Promise<T>, show: (answer: T) => void): Promise<void> {
    const turn = ++newest;
    busy.value = true;
    failure.value = null;
    try {
      const answer = await work();
      if (turn === newest) show(answer);
    } catch (error) {
      if (turn === newest) failure.value = error instanceof ConnectionError ? away() : error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === newest) busy.value = false;
    }
  }
  const finished = ({ item }: Changed): void => {
    done.value = item;
    preview.value = null;
    live.bump(AFTER);
  };
  const id = (): { import_id: number } => ({ import_id: preview.value?.import_id ?? 0 });

  return {
    preview, done, busy, failure,
    open: (name, content, account) => act(
      () => create<ImportPreview>(PATH, { name, ...content, ...(account === null ? {} : { account }) }),
      (body) => (preview.value = body),
    ),
    answer: (answers) => act(() => replace<ImportPreview>(ONE, { answers }, { path: id() }), (body) => (preview.value = body)),
    commit: () => act(() => create<Changed>(`${ONE}/commit`, undefined, { path: id(), query: { expected: preview.value?.counts.new } }), finished),
    undo: (which) => act(() => create<Changed>(`${ONE}/undo`, undefined, { path: { import_id: which } }), finished),
    reset: () => {
      newest += 1;
      preview.value = null;
      done.value = null;
      failure.value = null;
      busy.value = false;
    },
  };
}

export interface ImportLines {
  lines: ComputedRef<readonly ImportLine[]>;
  more: ComputedRef<boolean>;
  failed: Readonly<Ref<boolean>>;
  loadMore: () => Promise<void>;
}

/** Lines of a preview in one state. The first come with the preview; the others are asked for. */
export function useImportLines(preview: () => ImportPreview, filter: () => LineFilter): ImportLines {
  const lines = shallowRef<readonly ImportLine[]>([]);
  const cursor = ref<string | null>(null);
  const failed = ref(false);
  let newest = 0;

  async function fetchPage(from: string | null, before: readonly ImportLine[]): Promise<void> {
    const turn = ++newest;
    failed.value = false;
    const state = filter();
    try {
      const query = { limit: PAGE, ...(state === 'all' ? {} : { state }), ...(from === null ? {} : { cursor: from }) };
      const page = await read<Lines>(LINES, { path: { import_id: preview().import_id }, query });
      if (turn !== newest) return;
      lines.value = [...before, ...page.items];
      cursor.value = page.next_cursor;
    } catch {
      failed.value = turn === newest;
    }
  }

  watch([preview, filter], ([body, state]) => {
    newest += 1;
    lines.value = body.lines.filter((line) => state === 'all' || line.state === state);
    cursor.value = state === 'all' ? body.next_cursor : null;
    if (state !== 'all' && body.next_cursor !== null) void fetchPage(null, []);
  }, { immediate: true });

  return {
    lines: computed(() => lines.value),
    more: computed(() => cursor.value !== null),
    failed,
    loadMore: () => fetchPage(cursor.value, lines.value),
  };
}
