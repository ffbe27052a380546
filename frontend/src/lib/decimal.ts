// Decimals travel as strings; arithmetic on them is done here, never with floats.
import Decimal from 'decimal.js';

export type DecimalInput = string | number | Decimal;

// The library's own twenty digits would round sums: money and quantities have eighteen decimals.
Decimal.set({ precision: 60 });

/** The value as a Decimal, or null for null, undefined, "" and what is no finite number. */
export function toDecimal(value: DecimalInput | null | undefined): Decimal | null {
  if (value === null || value === undefined || value === '') return null;
  try {
    const parsed = new Decimal(value);
    return parsed.isFinite() ? parsed : null;
  } catch {
    return null; // decimal.js throws on text that is no number; here that means "unknown"
  }
}

/** Exact sum; null as soon as one part is unknown, because a partial sum would pass for the whole. */
export function sum(values: readonly (string | null)[]): Decimal | null {
  let total = new Decimal(0);
  for (const value of values) {
    if (value === null) return null;
    total = total.plus(value);
  }
  return total;
}

export { Decimal };
