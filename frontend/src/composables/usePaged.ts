import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { toFailure } from '@/api/problem';
import type { Failure } from '@/lib/states';
import type { Resource } from './useResource';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

export interface Paged<Item> {
  items: ComputedRef<readonly Item[]>;
  /** Whether the server has more rows than are loaded. */
  more: ComputedRef<boolean>;
  loadMore: () => Promise<void>;
  moreError: Readonly<Ref<Failure | null>>;
}

/**
 * A list whose further pages are loaded when they are wanted; a refresh of the first page drops them. Of a `growing` list
 * rows are only added at its start: further pages stay while the first one ends where it did.
 */
export function usePaged<Item>(resource: Resource<Page<Item>>, next: (cursor: string) => Promise<Page<Item>>, growing = false): Paged<Item> {
  const further = shallowRef<readonly Item[]>([]);
  const cursor = ref<string | null>(null);
  const moreError = shallowRef<Failure | null>(null);

  watch(resource.data, (page, before) => {
    if (growing && page && before?.next_cursor === page.next_cursor) return;
    further.value = [];
    cursor.value = page?.next_cursor ?? null;
  }, { immediate: true });

  async function loadMore(): Promise<void> {
    const [from, first] = [cursor.value, resource.data.value];
    if (!from) return;
    moreError.value = null;
    try {
      const page = await next(from);
      if (resource.data.value !== first || cursor.value !== from) return; // the list has changed meanwhile
      further.value = [...further.value, ...page.items];
      cursor.value = page.next_cursor;
    } catch (error) {
      moreError.value = toFailure(error);
    }
  }

  return {
    items: computed(() => [...(resource.data.value?.items ?? []), ...further.value]),
    more: computed(() => cursor.value !== null),
    loadMore,
    moreError,
  };
}
