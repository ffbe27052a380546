import { Decimal } from '@/lib/decimal';
import type { CashFlow, FlowDraft, FlowType } from '@/composables/types';
import { fromWall, toWall } from '@/lib/wallTime';
import { readAmount } from './amount';

/** What the user typed, as typed. */
export interface FlowForm {
  type: FlowType;
  amount: string;
  /** YYYY-MM-DD in the display zone */
  date: string;
  /** HH:mm in the display zone */
  time: string;
  account: number | null;
  note: string;
}

/** Message keys under `cashflows.errors`. */
export type FieldError =
  | 'amountMissing' | 'amountInvalid' | 'amountZero' | 'amountNegative' | 'amountAmbiguous'
  | 'dateMissing' | 'dateInvalid' | 'timeInvalid' | 'future' | 'noteLong';

export type FieldErrors = Partial<Record<'amount' | 'date' | 'time' | 'note', FieldError>>;

export const NOTE_LIMIT = 200;

export function emptyForm(now: Date, zone: string, account: number | null): FlowForm {
  return { type: 'DEPOSIT', amount: '', ...toWall(now, zone), account, note: '' };
}

/** The form of an existing flow; the amount is shown as a magnitude, its sign is the type. */
export function formOf(flow: CashFlow, zone: string): FlowForm {
  return {
    type: flow.type,
    amount: flow.amount_usd === null ? '' : new Decimal(flow.amount_usd).abs().toFixed(),
    ...toWall(new Date(flow.timestamp), zone),
    account: flow.account_id,
    note: flow.description,
  };
}

/** The typed instant, or null while date and time do not name one. */
export function instantOf(form: Pick<FlowForm, 'date' | 'time'>, zone: string): Date | null {
  return isTime(form.time) ? fromWall({ date: form.date, time: form.time }, zone) : null;
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Everything wrong with the form, by field. An empty answer means it may be sent. */
export function validate(form: FlowForm, now: Date, zone: string): FieldErrors {
  const errors: FieldErrors = {};
  const amount = amountError(form.amount);
  if (amount) errors.amount = amount;
  if (form.date === '') errors.date = 'dateMissing';
  else if (!/^\d{4}-\d{2}-\d{2}$/.test(form.date) || !fromWall({ date: form.date, time: '12:00' }, zone)) errors.date = 'dateInvalid';
  const at = instantOf(form, zone);
  if (!errors.date && !at) errors.time = 'timeInvalid';
  if (at && at.getTime() > now.getTime()) errors[sameDay(form.date, now, zone) ? 'time' : 'date'] = 'future';
  if (form.note.length > NOTE_LIMIT) errors.note = 'noteLong';
  return errors;
}

function sameDay(date: string, now: Date, zone: string): boolean {
  return toWall(now, zone).date === date;
}

function amountError(text: string): FieldError | null {
  const reading = readAmount(text);
  if (reading.kind === 'empty') return 'amountMissing';
  if (reading.kind === 'invalid') return 'amountInvalid';
  if (reading.kind === 'ambiguous') return 'amountAmbiguous';
  const value = new Decimal(reading.value);
  if (value.isZero()) return 'amountZero';
  return value.isNegative() ? 'amountNegative' : null;
}

/** The body to send; only for a form that `validate` accepted. */
export function draftOf(form: FlowForm, zone: string): FlowDraft {
  const reading = readAmount(form.amount);
  const at = instantOf(form, zone);
  if (reading.kind !== 'value' || !at) throw new Error('draftOf needs a validated form');
  return {
    timestamp: at.toISOString(),
    type: form.type,
    amount_usd: new Decimal(reading.value).toFixed(),
    description: form.note.trim(),
    ...(form.account === null ? {} : { account: form.account }),
  };
}

/** The body that puts a deleted flow back, so that Undo restores what was there. */
export function draftAgain(flow: CashFlow): FlowDraft {
  return {
    timestamp: flow.timestamp,
    type: flow.type,
    amount_usd: new Decimal(flow.amount_usd ?? 0).abs().toFixed(),
    description: flow.description,
    ...(flow.asset ? { asset: flow.asset } : {}),
    ...(flow.quantity ? { quantity: flow.quantity } : {}),
    account: flow.account_id,
  };
}

export interface Cut {
  /** Start of the snapshot interval the flow falls into. */
  readonly from: Date;
  readonly to: Date;
  /** The flow is exactly on a slot: nothing is cut, the slot itself is the border. */
  readonly onSlot: boolean;
}

/** Which snapshot interval a flow at `at` cuts in two. Slots are whole multiples of the interval in UTC. */
export function cutAt(at: Date, intervalS: number): Cut {
  const step = intervalS * 1000;
  const from = Math.floor(at.getTime() / step) * step;
  return { from: new Date(from), to: new Date(from + step), onSlot: from === at.getTime() };
}
