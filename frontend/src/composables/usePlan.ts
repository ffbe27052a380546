// The newest plan of each account, kept while the page is left and come back to.
import { computed, ref, shallowReactive, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { create } from '@/api/client';
import { useNow } from '@/lib/useNow';
import type { Mode, Plan } from './rebalanceTypes';

export interface Planning {
  plan: ComputedRef<Plan | null>;
  /** Seconds since its prices were read. */
  ageS: ComputedRef<number>;
  /** Older than it may be executed. */
  old: ComputedRef<boolean>;
  making: Ref<boolean>;
  /** Why the newest attempt gave none. */
  failure: ShallowRef<unknown>;
  make: (mode: Mode, amountUsd: string | null) => Promise<Plan | null>;
  /** It was executed: it cannot be again. */
  use: () => void;
  forget: () => void;
}

interface Kept {
  readonly plan: Plan;
  /** When it arrived, on this machine's clock, ms: the exchange's may be another. */
  readonly at: number;
}

const plans = shallowReactive(new Map<number, Kept>());

export function usePlan(account: () => number | null): Planning {
  const now = useNow();
  const [making, failure] = [ref(false), shallowRef<unknown>(null)];
  const kept = computed(() => plans.get(account() ?? -1) ?? null);
  const passedS = computed(() => (kept.value ? Math.max(0, (now.value - kept.value.at) / 1000) : 0));
  const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

  async function make(mode: Mode, amountUsd: string | null): Promise<Plan | null> {
    const id = account();
    if (id === null || making.value) return null;
    making.value = true;
    failure.value = null;
    try {
      const plan = await create<Plan>('/api/rebalancing/plan', { account: id, mode, ...(amountUsd === null ? {} : { amount_usd: amountUsd }) });
      plans.set(id, { plan, at: Date.now() });
      return plan;
    } catch (error) {
      failure.value = error;
      return null;
    } finally {
      making.value = false;
    }
  }
  return {
    plan: computed(() => kept.value?.plan ?? null),
    ageS: computed(() => (kept.value ? Math.max(0, seconds(kept.value.plan.prices_at, kept.value.plan.created_at)) + passedS.value : 0)),
    old: computed(() => kept.value !== null && (kept.value.plan.expired || passedS.value >= seconds(kept.value.plan.created_at, kept.value.plan.expires_at))),
    making,
    failure,
    make,
    use: () => {
      const [id, one] = [account(), kept.value];
      if (id !== null && one) plans.set(id, { ...one, plan: { ...one.plan, executed: true } });
    },
    forget: () => void plans.delete(account() ?? -1),
  };
}
