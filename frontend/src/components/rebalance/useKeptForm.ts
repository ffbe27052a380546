import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { ApiError, toFailure } from '@/api/problem';

export interface KeptForm<F> {
  form: Ref<F>;
  /** Other than what is kept. */
  changed: ComputedRef<boolean>;
  saving: Ref<boolean>;
  /** What the server refused, by field; '' is the whole. */
  refused: Ref<Readonly<Record<string, string>>>;
  /** Fill the form with what is kept. */
  reset: () => void;
  /** Whether it was kept. */
  save: (keep: () => Promise<void>) => Promise<boolean>;
}

/** A form over something that is kept: filled from it, followed while it is not being written in, and guarded while it is. */
export function useKeptForm<F extends object>(kept: () => F | null): KeptForm<F> {
  const form = ref(kept() ?? {}) as Ref<F>; // shown only once there is something kept
  const [saving, refused] = [ref(false), shallowRef<Readonly<Record<string, string>>>({})];
  const shown = ref(JSON.stringify(form.value));
  const changed = computed(() => JSON.stringify(form.value) !== shown.value);

  function reset(): void {
    const now = kept();
    if (!now) return;
    form.value = { ...now };
    shown.value = JSON.stringify(form.value);
    refused.value = {};
  }
  watch(() => JSON.stringify(kept()), () => {
    if (!changed.value) reset();
  }, { immediate: true });

  async function save(keep: () => Promise<void>): Promise<boolean> {
    saving.value = true;
    refused.value = {};
    try {
      await keep();
      shown.value = JSON.stringify(form.value);
      return true;
    } catch (error) {
      refused.value = refusals(error);
      return false;
    } finally {
      saving.value = false;
    }
  }
  return { form, changed, saving, refused, reset, save };
}

/** What is wrong by the last part of each field's name; '' where the server named none. */
export function refusals(error: unknown): Record<string, string> {
  const named = error instanceof ApiError ? error.errors : [];
  if (named.length === 0) return { '': toFailure(error).message };
  return Object.fromEntries(named.map(({ field, message }) => [field.split('.').at(-1) ?? '', message]));
}
