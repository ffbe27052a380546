import { useEventListener } from '@vueuse/core';
import { onUnmounted } from 'vue';
import { useRouter } from 'vue-router';

/** What is written and not kept is not lost by a step aside. */
export function useLeaveGuard(changed: () => boolean, question: () => string): void {
  const stop = useRouter().beforeEach((to, from) => to.path === from.path || !changed() || window.confirm(question()));
  onUnmounted(stop);
  useEventListener('beforeunload', (event) => {
    if (changed()) event.preventDefault();
  });
}
