import { type Ref, type ShallowRef } from 'vue';
import { newIdempotencyKey } from '@/api/client';
import { ConnectionError } from '@/api/problem';
import { useAct } from '@/composables/useAct';
import type { Planning } from '@/composables/usePlan';
import { useRunWrites } from '@/composables/useRuns';

export interface Execution {
  busy: Ref<boolean>;
  failed: ShallowRef<unknown>;
  /** Begin a run of the plan; its number, or null where the server took none. */
  begin: (dryRun: boolean, confirmation: string) => Promise<number | null>;
  stop: (id: number) => Promise<void>;
}

export function useExecution(planning: Planning): Execution {
  const writes = useRunWrites();
  const { busy, failed, act } = useAct();
  let pending: { of: string; key: string } | null = null; // a plan that was sent and whose answer was lost keeps its key

  async function begin(dryRun: boolean, confirmation: string): Promise<number | null> {
    const plan = planning.plan.value;
    if (!plan || busy.value) return null;
    const of = `${plan.plan_id} ${String(dryRun)}`;
    const key = pending?.of === of ? pending.key : newIdempotencyKey();
    pending = { of, key };
    let run: number | null = null;
    await act(async () => {
      run = await writes.execute(plan, dryRun, confirmation, key);
      planning.use();
    });
    if (!(failed.value instanceof ConnectionError)) pending = null;
    return run;
  }
  return { busy, failed, begin, stop: writes.stop };
}
