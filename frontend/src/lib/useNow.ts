import { onScopeDispose, readonly, ref, type Ref } from 'vue';

// One interval for all clocks, countdowns and ages on the page; it stops with its last reader.
const now = ref(Date.now());
let readers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in ms, once a second. */
export function useNow(): Readonly<Ref<number>> {
  if (readers++ === 0) {
    now.value = Date.now();
    timer = setInterval(() => (now.value = Date.now()), 1000);
  }
  onScopeDispose(() => {
    if (--readers === 0) clearInterval(timer);
  });
  return readonly(now);
}
