import { computed, watch, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Planning } from '@/composables/usePlan';
import type { RebalancingWrites } from '@/composables/useRebalancing';
import { useAct } from '@/composables/useAct';
import { useLeaveGuard } from '@/composables/useLeaveGuard';
import { coinErrors } from './coinErrors';
import { useProblemWords } from './problemWords';
import { type TargetEditor, useTargetEditor } from './useTargetEditor';

export interface TargetsKept {
  editor: TargetEditor;
  saving: Ref<boolean>;
  /** Coins that the exchange does not know are refused when they are kept or planned: each is told at its row; '' is the whole. */
  refused: ComputedRef<Record<string, string>>;
  /** Whether what was typed is kept now. */
  save: () => Promise<boolean>;
}

/** The list of targets, and keeping it. A plan of other targets is forgotten then. */
export function useTargetsKept(kept: () => Readonly<Record<string, number>> | null, writes: RebalancingWrites, planning: Planning): TargetsKept {
  const { t } = useI18n();
  const problem = useProblemWords();
  const editor = useTargetEditor(kept);
  const { busy: saving, failed, act } = useAct();
  const unknown = computed(() => t('rebalance.targets.errors.unknown'));
  useLeaveGuard(() => editor.changed.value, () => t('rebalance.leave'));
  watch(editor.rows, () => (failed.value = null), { deep: true });
  return {
    editor,
    saving,
    refused: computed(() => ({ ...coinErrors(planning.failure.value, editor.rows.value, unknown.value), ...coinErrors(failed.value, editor.rows.value, unknown.value, problem) })),
    save: async () => {
      const { weights } = editor.reading.value;
      if (!weights) return false;
      return act(async () => {
        await writes.keepTargets(weights);
        editor.reset();
        planning.forget();
      });
    },
  };
}
