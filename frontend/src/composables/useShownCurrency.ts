// Overview and the report show their money in the currency of the reader's choice; all other pages in the server's own,
// in which amounts are also typed.
import { watch } from 'vue';
import { useRoute } from 'vue-router';
import { usePreferencesStore } from '@/stores/preferences';
import { useSessionStore } from '@/stores/session';

const CHOSEN: ReadonlySet<unknown> = new Set(['overview', 'report']);

export function useShownCurrency(): void {
  const route = useRoute();
  const preferences = usePreferencesStore();
  const session = useSessionStore();
  // At once: figures asked for and the unit they are printed with change in the same moment.
  watch(() => (CHOSEN.has(route.name) ? preferences.displayCurrency : 'own'), (wanted) => session.show(wanted === 'own' ? null : wanted), { immediate: true, flush: 'sync' });
}
