import { onScopeDispose, readonly, ref, type Ref, watch } from 'vue';

/** Skeletons appear only for waits a person notices. */
export const SKELETON_DELAY_MS = 150;

/** True once `flag` has been true for `delayMs` on end; false at once when it ends. */
export function useLateFlag(flag: () => boolean, delayMs = SKELETON_DELAY_MS): Readonly<Ref<boolean>> {
  const late = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    flag,
    (on) => {
      clearTimeout(timer);
      late.value = false;
      if (on) timer = setTimeout(() => (late.value = true), delayMs);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return readonly(late);
}
