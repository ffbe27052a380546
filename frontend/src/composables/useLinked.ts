import { nextTick, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A link with `?name=1` does something once on the page it leads to; the address is the page's own again afterwards. */
export function useLinked(name: string, act: () => void): void {
  const route = useRoute();
  const router = useRouter();
  watch(() => route.query[name], async (wanted) => {
    if (wanted === undefined) return;
    await router.replace({ query: { ...route.query, [name]: undefined }, hash: route.hash });
    await nextTick();
    act();
  }, { immediate: true });
}
