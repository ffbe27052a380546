import type { Cell } from '@/lib/csv';
import type { Gap } from './scale';

/** A design token holding a colour, read from the page when the chart is drawn. */
export type ColourToken = '--accent' | '--bench' | '--info' | '--loss' | '--cat-1' | '--cat-2' | '--cat-3' | '--cat-4';

/** One line. All lines of a chart share the instants of `LineModel.times`. */
export interface LineSeries {
  readonly key: string;
  readonly label: string;
  /** Plain numbers for pixels; null where there is nothing to draw. */
  readonly values: readonly (number | null)[];
  readonly colour: ColourToken;
  readonly width: number;
  readonly dash?: readonly number[];
  /** Filled to the floor of the plot, or to its zero line. */
  readonly fill?: 'floor' | 'zero';
  /** The value at an index as a reader sees it, from the exact figure and not from the pixel. */
  readonly read: (index: number) => string;
  /** The value at an index for a file, with all its digits; without it that of `values`. */
  readonly raw?: (index: number) => Cell;
}

/** A cash flow on the rail under the plot. */
export interface FlowMark {
  readonly t: number;
  readonly into: boolean;
}

export interface LineModel {
  /** Instants in epoch milliseconds, ascending. */
  readonly times: readonly number[];
  readonly series: readonly LineSeries[];
  readonly flows: readonly FlowMark[];
  readonly gaps: readonly Gap[];
  /** Whether the y axis must contain zero (returns, money), with a stronger line on it. */
  readonly zero: boolean;
  /** The values are returns in percent, and equal growth is equally tall. */
  readonly log?: boolean;
  /** Lines have instants of their own: where one has no value at another's, it goes on. */
  readonly join?: boolean;
  /** What the values of a file are in. */
  readonly unit: string;
  /** Leave room for the flow rail even while there are no flows in the range. */
  readonly rail: boolean;
  /** A label of the y axis; `step` is the distance of two ticks, which decides the decimals. */
  readonly axisLabel: (value: number, step: number) => string;
  readonly endLabel: (value: number) => string;
  /** A point of the first line that is named beside it, such as the deepest. */
  readonly mark?: { readonly index: number; readonly text: string };
  /** A further line of tooltip and table, such as the excess; null where it is unknown. */
  readonly extra?: { readonly label: string; readonly read: (index: number) => string | null };
}

/** Last index at which a line has a value; -1 when it has none. */
export function lastKnown(values: readonly (number | null)[]): number {
  return values.findLastIndex((value) => value !== null);
}
