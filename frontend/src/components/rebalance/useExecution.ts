import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { newIdempotencyKey } from '@/api/client';
import { ApiError, ConnectionError } from '@/api/problem';
import type { Planning } from '@/composables/usePlan';
import { useRunWrites } from '@/composables/useRuns';

/** For how long an account that is not armed may trade once its name was typed. */
const ARM_MINUTES = 15;

export interface Execution {
  busy: Ref<boolean>;
  failed: ShallowRef<unknown>;
  /** Begin a run of the plan; its number, or null where the server took none. */
  begin: (dryRun: boolean, confirmation: string) => Promise<number | null>;
  stop: (id: number) => Promise<void>;
}

export function useExecution(planning: Planning): Execution {
  const writes = useRunWrites();
  const [busy, failed] = [ref(false), shallowRef<unknown>(null)];
  let pending: { of: string; key: string } | null = null; // a plan that was sent and whose answer was lost keeps its key

  async function begin(dryRun: boolean, confirmation: string): Promise<number | null> {
    const plan = planning.plan.value;
    if (!plan || busy.value) return null;
    busy.value = true;
    failed.value = null;
    const of = `${plan.plan_id} ${String(dryRun)}`;
    const key = pending?.of === of ? pending.key : newIdempotencyKey();
    pending = { of, key };
    const send = (): Promise<number> => writes.execute(plan, dryRun, confirmation, key);
    try {
      const run = await send().catch(async (error: unknown) => {
        if (dryRun || !(error instanceof ApiError) || error.code.replaceAll('_', '-') !== 'trading-disarmed') throw error;
        await writes.arm(plan.account, ARM_MINUTES, confirmation); // the name was typed for just this
        return writes.execute(plan, dryRun, confirmation, newIdempotencyKey());
      });
      planning.use();
      pending = null;
      return run;
    } catch (error) {
      if (!(error instanceof ConnectionError)) pending = null;
      failed.value = error;
      return null;
    } finally {
      busy.value = false;
    }
  }
  return { busy, failed, begin, stop: writes.stop };
}
