// A run and its orders in the reader's words.
import type { IconName } from '@/lib/icons';
import type { Leg, LegState, Run, RunState } from '@/composables/rebalanceTypes';

/** How an order stands, as five looks. */
export type LegLook = 'waiting' | 'moving' | 'done' | 'left' | 'bad';

const LOOKS: Readonly<Record<LegState, LegLook>> = {
  PLANNED: 'waiting', SENDING: 'moving', UNKNOWN: 'moving', OPEN: 'moving', PARTIAL: 'moving', FILLED: 'done', ENDED: 'done', REJECTED: 'bad', NEEDS_REVIEW: 'bad', SKIPPED: 'left', STOPPED: 'left',
};
export const lookOf = (leg: Pick<Leg, 'state'>): LegLook => LOOKS[leg.state];

export const ICON_OF: Readonly<Record<Exclude<LegLook, 'moving'>, IconName>> = { waiting: 'clock', done: 'check', left: 'close', bad: 'alert' };
export const COLOUR_OF: Readonly<Record<LegLook, string>> = { waiting: 'q', moving: 'acc', done: 'okc', left: 'q', bad: 'dangerc' };

export const TONE_OF: Readonly<Record<RunState, string>> = { queued: 'm', running: 'acc', complete: '', stopped: 'warnc', failed: 'warnc', needs_review: 'dangerc' };

/** Orders that will not change any more. */
export const settled = (legs: readonly Leg[]): number => legs.filter((leg) => !['waiting', 'moving'].includes(lookOf(leg))).length;

/** The order that is being worked on, from 1; the last one once all are settled. */
export function atOrder(legs: readonly Leg[]): number {
  const at = legs.findIndex((leg) => ['waiting', 'moving'].includes(lookOf(leg)));
  return at < 0 ? legs.length : at + 1;
}

/** Key of what came of a run: nothing to do is no success of orders. */
export const resultOf = (run: Pick<Run, 'state' | 'orders' | 'filled' | 'dry_run'>): string => (run.state === 'complete' && run.orders === 0 ? 'nothing' : run.state);
