import { computed, type ComputedRef, type Ref } from 'vue';
import { useNow } from '@/lib/useNow';

interface Stamped {
  /** On the exchange's clock. */
  readonly as_of: string | null;
  /** The same moment on this machine's clock. */
  readonly refreshed_at: string | null;
}

export interface Clocks {
  /** This machine's time, ms, once a second. */
  now: Readonly<Ref<number>>;
  /** The exchange's time, ms: in a demo or rehearsal it may stand in the past or run ahead. */
  exchangeNow: ComputedRef<number>;
}

/** Machine and exchange time. Ages of refreshes are told by the first, slots and flows by the second. */
export function useClocks(source: () => Stamped | null): Clocks {
  const now = useNow();
  const offset = computed(() => {
    const body = source();
    return body?.as_of && body.refreshed_at ? Date.parse(body.as_of) - Date.parse(body.refreshed_at) : 0;
  });
  return { now, exchangeNow: computed(() => now.value + offset.value) };
}
