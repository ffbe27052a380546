// The four steps of a rebalancing, in the order in which they are taken.
export const STEPS = ['targets', 'plan', 'confirm', 'execute'] as const;
export type Step = (typeof STEPS)[number];

export interface StepState {
  readonly key: Step;
  readonly state: 'done' | 'on' | 'open' | 'off';
  readonly detail: string;
}

export interface Progress {
  /** Target weights are kept and whole. */
  readonly targets: boolean;
  readonly plan: boolean;
  /** The plan may be executed now: it has orders and is not too old. */
  readonly ready: boolean;
  readonly run: boolean;
  /** Orders are asked for by name; not on the built-in exchange. */
  readonly asked: boolean;
}

/** Whether a step can be gone to. */
export function reachable(step: Step, at: Progress): boolean {
  if (step === 'targets') return true;
  if (step === 'plan') return at.targets || at.plan;
  return step === 'confirm' ? at.ready : at.run;
}

/** The step that a URL asks for, or the last one before it that can be gone to. */
export function stepAt(wanted: Step, at: Progress): Step {
  const last = STEPS.slice(0, STEPS.indexOf(wanted) + 1).findLast((step) => reachable(step, at));
  return last === 'confirm' && wanted === 'execute' ? 'plan' : (last ?? 'targets');
}

const DONE: Readonly<Record<Step, (at: Progress) => boolean>> = { targets: (at) => at.targets, plan: (at) => at.plan, confirm: (at) => at.run && at.asked, execute: () => false };

export function stepStates(current: Step, at: Progress, details: Readonly<Record<Step, string>>): StepState[] {
  return STEPS.map((key) => {
    const before = STEPS.indexOf(key) < STEPS.indexOf(current);
    const state = key === current ? 'on' : before && DONE[key](at) ? 'done' : reachable(key, at) ? 'open' : 'off';
    return { key, state, detail: details[key] };
  });
}
