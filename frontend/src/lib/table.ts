// How tables sort and filter: plain columns for pages, TanStack's features behind them.
import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/vue-table';
import { Decimal } from './decimal';

export type SortValue = string | number | Decimal | null | undefined;

export interface Column<Row> {
  id: string;
  label: string;
  /** Text left, figures right (the default). */
  align?: 'left' | 'right';
  /** 3 goes first when it gets narrow (1180 px), then 2 (1080 px). */
  priority?: 1 | 2 | 3;
  /** What the column sorts by; without it the column does not sort. Unknown values stay last. */
  value?: (row: Row) => SortValue;
  /** The first click sorts downwards (figures) or upwards (text). Figures by default. */
  firstSort?: 'ascending' | 'descending';
  /** The label is for screen readers only, as over buttons that speak for themselves. */
  quiet?: boolean;
  /** Definition of the column, read on hover. */
  hint?: string;
}

export interface Sort {
  id: string;
  descending: boolean;
}

/** Order of two known values: numbers by size, text by the reader's alphabet. */
export function compare(a: SortValue, b: SortValue): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' });
  return new Decimal(a ?? 0).comparedTo(new Decimal(b ?? 0));
}

export const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});
