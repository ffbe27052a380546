import { flushPromises } from '@vue/test-utils';
import { expect, it, vi } from 'vitest';
import { computed, shallowRef } from 'vue';
import { usePaged } from '@/composables/usePaged';
import type { Resource } from '@/composables/useResource';
import { inApp } from '../mounting';

interface Page { readonly items: readonly number[]; readonly next_cursor: string | null }

async function paged(growing: boolean) {
  const data = shallowRef<Page>({ items: [9, 8], next_cursor: '8' });
  const resource = { data: computed(() => data.value) } as unknown as Resource<Page>; // it looks at the data alone
  const next = vi.fn(() => Promise.resolve({ items: [7, 6], next_cursor: null }));
  const { result, stop } = await inApp(() => usePaged<number>(resource, next, growing));
  await result.loadMore();
  expect(result.items.value).toEqual([9, 8, 7, 6]);
  return { data, result, stop };
}

it('a refresh of the first page drops further ones', async () => {
  const { data, result, stop } = await paged(false);
  data.value = { items: [9, 8], next_cursor: '8' };
  await flushPromises();
  expect([result.items.value, result.more.value]).toEqual([[9, 8], true]);
  stop();
});

it('of a growing list they stay while the first one ends where it did', async () => {
  const { data, result, stop } = await paged(true);
  data.value = { items: [9, 8], next_cursor: '8' };
  await flushPromises();
  expect([result.items.value, result.more.value]).toEqual([[9, 8, 7, 6], false]);
  data.value = { items: [10, 9], next_cursor: '9' };
  await flushPromises();
  expect([result.items.value, result.more.value]).toEqual([[10, 9], true]);
  stop();
});
