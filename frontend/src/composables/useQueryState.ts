import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

type Words = Record<string, string | undefined>;

/** Words on their way into the URL: what is written while they are must not take them out again. */
let underWay: Words = {};
let writes = 0;

/** Words of the URL's query that the page writes; undefined takes one out. */
export function useQueryWrite(): (words: Words) => Promise<void> {
  const route = useRoute();
  const router = useRouter();
  return async (words) => {
    underWay = { ...underWay, ...words };
    const mine = ++writes;
    await router.replace({ query: { ...route.query, ...underWay } });
    if (mine === writes) underWay = {};
  };
}

/** One word of the URL's query that the page reads and writes; the fallback is left out of the URL. */
export function useQueryText<T extends string>(
  name: string,
  fallback: T,
  allowed?: readonly T[],
): WritableComputedRef<T> {
  const route = useRoute();
  const write = useQueryWrite();
  return computed({
    get: () => {
      const raw = route.query[name];
      if (typeof raw !== 'string') return fallback;
      return !allowed || allowed.includes(raw as T) ? (raw as T) : fallback; // checked against the list, or any text is fine
    },
    set: (value) => void write({ [name]: value === fallback ? undefined : value }),
  });
}

export interface SortState {
  id: string;
  descending: boolean;
}

/** The sort of a table in the URL: `?sort=-value` is downwards by value. */
export function useQuerySort(fallback: SortState, columns: readonly string[]): WritableComputedRef<SortState | null> {
  const write = (sort: SortState): string => `${sort.descending ? '-' : ''}${sort.id}`;
  const text = useQueryText('sort', write(fallback));
  return computed({
    get: () => {
      const id = text.value.replace(/^-/, '');
      return columns.includes(id) ? { id, descending: text.value.startsWith('-') } : fallback;
    },
    set: (sort) => (text.value = write(sort ?? fallback)),
  });
}
