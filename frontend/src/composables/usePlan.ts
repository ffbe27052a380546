// The plan that the URL names, or the one that was made last: kept while the page is left and come back to, and read again
// where it is not known yet. No other one is ever shown in its place.
import { computed, ref, shallowReactive, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { PathOf } from '@/api/answers';
import { create, read } from '@/api/client';
import { useNow } from '@/lib/useNow';
import type { Mode, Plan } from './rebalanceTypes';
import { useAct } from './useAct';

export interface Planning {
  /** Of this account; null: none, or another account's. */
  plan: ComputedRef<Plan | null>;
  /** The URL names a plan of another account. */
  foreign: ComputedRef<Plan | null>;
  /** Seconds since its prices were read. */
  ageS: ComputedRef<number>;
  /** Older than it may be executed. */
  old: ComputedRef<boolean>;
  making: Ref<boolean>;
  /** Why the newest attempt gave none. */
  failure: ShallowRef<unknown>;
  /** Why the plan of the URL is not there; null: it is, or none is named. */
  lost: ShallowRef<unknown>;
  find: () => Promise<void>;
  make: (mode: Mode, amountUsd: string | null) => Promise<Plan | null>;
  /** It was executed: it cannot be again. */
  use: () => void;
  forget: () => void;
}

interface Kept {
  readonly plan: Plan;
  /** When it was made, on this machine's clock, ms: the exchange's may be another. null: it was not made here. */
  readonly at: number | null;
}

const plans = shallowReactive(new Map<string, Kept>());
/** Of each account. */
const newest = new Map<number, string>();

/** `named`: the plan's id in the URL, '' for none. `exchangeNow`: the exchange's time, ms. */
export function usePlan(account: () => number | null, named: Ref<string>, exchangeNow: () => number): Planning {
  const now = useNow();
  const { busy: making, failed: failure, act } = useAct();
  const lost = shallowRef<unknown>(null);
  const shown = ref(named.value || newest.get(account() ?? -1) || '');
  const kept = computed(() => plans.get(shown.value) ?? null);
  const own = computed(() => (kept.value?.plan.account === account() ? kept.value : null));
  const since = (instant: string): number => exchangeNow() - Date.parse(instant);
  const passedS = computed(() => (own.value ? Math.max(0, own.value.at === null ? since(own.value.plan.created_at) : now.value - own.value.at) / 1000 : 0));
  const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

  async function find(): Promise<void> {
    const id = shown.value;
    lost.value = null;
    if (id === '' || plans.has(id)) return;
    try {
      const path = `/api/rebalancing/plan/${encodeURIComponent(id)}` as PathOf<Plan>; // the document knows the path with a name in the place of the id
      plans.set(id, { plan: await read<Plan>(path), at: null });
    } catch (error) {
      if (id === shown.value) lost.value = error;
    }
  }
  function show(id: string): void {
    shown.value = id;
    if (named.value !== id) named.value = id;
    void find();
  }
  show(shown.value);
  watch(named, (id) => {
    if (id !== shown.value) show(id);
  });

  async function make(mode: Mode, amountUsd: string | null): Promise<Plan | null> {
    const id = account();
    if (id === null) return null;
    const done = await act(async () => {
      const plan = await create<Plan>('/api/rebalancing/plan', { account: id, mode, ...(amountUsd === null ? {} : { amount_usd: amountUsd }) });
      plans.set(plan.plan_id, { plan, at: Date.now() });
      newest.set(id, plan.plan_id);
      show(plan.plan_id);
    });
    return done ? (own.value?.plan ?? null) : null;
  }
  return {
    plan: computed(() => own.value?.plan ?? null),
    foreign: computed(() => (kept.value && !own.value ? kept.value.plan : null)),
    ageS: computed(() => (own.value ? Math.max(0, seconds(own.value.plan.prices_at, own.value.plan.created_at)) + passedS.value : 0)),
    old: computed(() => own.value !== null && (own.value.plan.expired || passedS.value >= seconds(own.value.plan.created_at, own.value.plan.expires_at))),
    making,
    failure,
    lost,
    find,
    make,
    use: () => {
      if (own.value) plans.set(shown.value, { ...own.value, plan: { ...own.value.plan, executed: true } });
    },
    forget: () => {
      newest.delete(account() ?? -1);
      show('');
    },
  };
}
