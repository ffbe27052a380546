import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';

export interface Act {
  busy: Ref<boolean>;
  /** What the newest attempt threw; null: nothing. */
  failed: ShallowRef<unknown>;
  /** Whether it was done; what comes while another is under way is not begun. */
  act: (what: () => Promise<unknown>) => Promise<boolean>;
}

/** One thing at a time: whether it is under way, and what went wrong with it. */
export function useAct(): Act {
  const [busy, failed] = [ref(false), shallowRef<unknown>(null)];
  async function act(what: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    failed.value = null;
    try {
      await what();
      return true;
    } catch (error) {
      failed.value = error;
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, failed, act };
}
