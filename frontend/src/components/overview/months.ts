import type { MonthItem } from '@/composables/types';

/** One column of the month-end chart. */
export interface MonthBar {
  /** "2026-11" */
  readonly month: string;
  readonly endValueUsd: string | null;
  readonly netFlowsUsd: string | null;
  /** Height of the bar as a share of the tallest, 0 to 1; 0 where there is no value. */
  readonly height: number;
  /** The running month: its end is not reached yet. */
  readonly current: boolean;
}

/** Bars start at zero, so heights are plain ratios to the tallest month. Oldest first. */
export function monthBars(items: readonly MonthItem[], now: Date): MonthBar[] {
  const running = now.toISOString().slice(0, 7);
  const sorted = [...items].sort((a, b) => a.month.localeCompare(b.month));
  const tallest = Math.max(0, ...sorted.map((item) => Number(item.end_value_usd ?? 0)));
  return sorted.map((item) => ({
    month: item.month,
    endValueUsd: item.end_value_usd,
    netFlowsUsd: Number(item.net_flows_usd ?? 0) === 0 ? null : item.net_flows_usd,
    height: tallest > 0 ? Math.max(0, Number(item.end_value_usd ?? 0)) / tallest : 0,
    current: item.month === running,
  }));
}

/** The middle of a month in UTC, for its name: no display zone moves it into another month. */
export function midMonth(month: string): string {
  return `${month}-15T12:00:00Z`;
}
