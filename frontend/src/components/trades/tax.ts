// What a yearly list can be asked for.
export const TAX_LISTS = ['disposals', 'income'] as const;
export type TaxList = (typeof TAX_LISTS)[number];

/** Years that something may have happened in, the newest first. Without a first instant the last five. */
export function yearsOf(first: string | null, now: number): number[] {
  const newest = new Date(now).getUTCFullYear();
  const oldest = first === null ? newest - 4 : Math.min(new Date(first).getUTCFullYear(), newest);
  return Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i);
}

/** UTC, and the zone of the reader. */
export function zonesOf(own: string): string[] {
  return [...new Set(['UTC', own])];
}
