// Windows of the frame: one at a time, opened by buttons, keys and the palette alike.
import { computed, type InjectionKey, ref, type Ref, type WritableComputedRef } from 'vue';

export type Overlay = 'palette' | 'keys' | 'demo' | 'more' | 'alerts';

export interface Overlays {
  current: Ref<Overlay | null>;
  show: (overlay: Overlay) => void;
  /** `v-model:open` of one of them. */
  model: (overlay: Overlay) => WritableComputedRef<boolean>;
}

export const OVERLAYS: InjectionKey<Overlays> = Symbol('overlays');

export function createOverlays(): Overlays {
  const current = ref<Overlay | null>(null);
  return {
    current,
    show: (overlay) => (current.value = overlay),
    model: (overlay) =>
      computed({
        get: () => current.value === overlay,
        set: (open) => {
          if (open) current.value = overlay;
          else if (current.value === overlay) current.value = null;
        },
      }),
  };
}
