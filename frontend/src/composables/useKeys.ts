// The keyboard of the whole page (DESIGN section 7). Pages answer `n`, `e` and the ranges with useShortcut().
import { onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';
import { PAGES } from '@/lib/pages';
import { createKeyReader } from '@/lib/shortcuts';
import { usePreferencesStore } from '@/stores/preferences';
import { useRefresh } from './useFrame';
import type { Overlays } from './useOverlays';
import { useShortcut } from './useShortcut';

export function useKeys(overlays: Overlays): void {
  const preferences = usePreferencesStore();
  const router = useRouter();
  const refresh = useRefresh();

  useShortcut('palette', () => overlays.show('palette'));
  useShortcut('?', () => overlays.show('keys'));
  useShortcut('h', () => preferences.toggleHidden());
  useShortcut('r', () => void refresh());
  useShortcut('n', () => void router.push({ name: 'cashflows', query: { new: '1' } }));
  useShortcut('/', () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus());
  useShortcut('goto', (key) => {
    const page = PAGES.find((one) => one.key === key);
    if (page) void router.push({ name: page.name });
  });

  const read = createKeyReader(() => preferences.singleKeys, PAGES.map((page) => page.key).join(''));
  window.addEventListener('keydown', read);
  onScopeDispose(() => window.removeEventListener('keydown', read));
}
