import { readAmount, type Reading } from '@/components/cashflows/amount';
import type { Lot, LotCost } from '@/composables/tradeTypes';
import { Decimal } from '@/lib/decimal';
import { fromWall, toWall } from '@/lib/wallTime';

export interface LotForm {
  cost: string;
  /** YYYY-MM-DD in the display zone; empty: the day the coins came. */
  date: string;
}

/** Message keys under `trades.cost.errors`. */
export interface LotErrors {
  cost?: 'missing' | 'invalid' | 'ambiguous' | 'negative' | 'long';
  date?: 'invalid' | 'late';
}

const MOST_DIGITS = 18;

function costError(reading: Reading): LotErrors['cost'] {
  if (reading.kind === 'empty') return 'missing';
  if (reading.kind !== 'value') return reading.kind;
  const value = new Decimal(reading.value);
  if (value.isNegative() && !value.isZero()) return 'negative';
  const [whole = '', fraction = ''] = value.toFixed().split('.');
  return whole.length > MOST_DIGITS || fraction.length > MOST_DIGITS ? 'long' : undefined;
}

/** The instant the coins were bought: noon of the day typed, or when they came if that is earlier or the same day. */
function boughtAt(form: LotForm, lot: Lot, zone: string): Date | null {
  const came = new Date(lot.received_at);
  if (form.date === toWall(came, zone).date) return came;
  return /^\d{4}-\d{2}-\d{2}$/.test(form.date) ? fromWall({ date: form.date, time: '12:00' }, zone) : null;
}

/** Everything wrong with the form; an empty answer means it may be sent. */
export function lotErrors(form: LotForm, lot: Lot, zone: string): LotErrors {
  const cost = costError(readAmount(form.cost));
  if (form.date === '') return cost ? { cost } : {};
  const at = boughtAt(form, lot, zone);
  const date = at === null ? 'invalid' : at.getTime() > Date.parse(lot.received_at) ? 'late' : undefined;
  return { ...(cost ? { cost } : {}), ...(date ? { date } : {}) };
}

/** The body to send; only for a form without errors. */
export function lotCost(form: LotForm, lot: Lot, zone: string): LotCost {
  const reading = readAmount(form.cost);
  if (reading.kind !== 'value') throw new Error('lotCost needs a checked form');
  const at = form.date === '' ? undefined : boughtAt(form, lot, zone)?.toISOString();
  return { cost_usd: new Decimal(reading.value).abs().toFixed(), ...(at ? { acquired_at: at } : {}) };
}
