// How many refreshes of the last day worked.
import type { Health } from '@/composables/useHealth';

type Counted = NonNullable<Health['refreshes_24h']>;
/** The server counts by the hour: between 23 and 24 of them are a day. */
const DAY_MS = 23 * 3_600_000;

/** Percent with two decimals, cut and not rounded: 100 means every one. Null while too little is known. */
export function shareWorked({ worked_percent: percent }: Counted): number | null {
  return percent === null ? null : Math.floor(percent * 100) / 100;
}

/** Whether all of the day is known. */
export const wholeDay = (since: string, now: number): boolean => now - Date.parse(since) >= DAY_MS;
