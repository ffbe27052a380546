import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { typedDecimal } from '@/lib/typed';
import { readTargets, rowsOf, type TargetReading, type TargetRow } from './targets';

export interface TargetEditor {
  rows: Ref<TargetRow[]>;
  reading: ComputedRef<TargetReading>;
  /** Other than what is kept. */
  changed: ComputedRef<boolean>;
  /** A list in the place of the one there is; can be undone once more than one row is at stake. */
  put: (rows: readonly TargetRow[]) => void;
  canUndo: ComputedRef<boolean>;
  undo: () => void;
  /** Back to what is kept. */
  reset: () => void;
}

const asText = (rows: readonly TargetRow[]): string => JSON.stringify(rows.map(({ coin, percent }) => [coin.trim().toUpperCase(), typedDecimal(percent)?.toNumber() ?? percent]).sort());

/** The list being edited. What is set elsewhere is shown; a list that is being written in is left alone. */
export function useTargetEditor(kept: () => Readonly<Record<string, number>> | null): TargetEditor {
  const rows = ref<TargetRow[]>([]);
  const earlier = ref<TargetRow[][]>([]);
  const reading = computed(() => readTargets(rows.value));
  const shown = ref('[]'); // what the list showed of the kept targets
  const changed = computed(() => asText(rows.value) !== shown.value);
  const copy = (list: readonly TargetRow[]): TargetRow[] => list.map((row) => ({ ...row }));

  function reset(): void {
    rows.value = rowsOf(kept() ?? {});
    shown.value = asText(rows.value);
    earlier.value = [];
  }
  function put(list: readonly TargetRow[]): void {
    earlier.value = [...earlier.value, copy(rows.value)];
    rows.value = copy(list);
  }
  function undo(): void {
    rows.value = earlier.value.at(-1) ?? rows.value;
    earlier.value = earlier.value.slice(0, -1);
  }
  watch(() => JSON.stringify(kept()), (_now, before) => {
    if (!changed.value || (before !== undefined && asText(rowsOf(kept() ?? {})) === asText(rows.value))) reset();
  }, { immediate: true });
  return { rows, reading, changed, put, canUndo: computed(() => earlier.value.length > 0), undo, reset };
}
