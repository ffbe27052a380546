// Decimals travel as strings; arithmetic on them is done here, never with floats.
import Decimal from 'decimal.js';

export type DecimalInput = string | number | Decimal;

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

export { Decimal };
