// Numbers as readers type and paste them, in their own way of writing: a comma or a point, thousands in groups of three.
import { Decimal, type DecimalInput, toDecimal } from './decimal';
import { display } from './display';

/** What parts a number's decimals from the rest where the reader comes from. */
function pointOf(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** `3.000` where decimals have a comma: three thousand, or three. */
const TWO_WAYS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

export interface Typed {
  /** null: it is none, or could be two. */
  readonly value: Decimal | null;
  /** Both numbers that the text can mean. */
  readonly either: readonly [Decimal, Decimal] | null;
}

/** Spaces of any width and apostrophes group thousands; so do the point and the comma, where the other one is the decimal's. */
export function readTyped(text: string): Typed {
  const none: Typed = { value: null, either: null };
  let plain = text.trim();
  const spaced = /^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?![\d\s'’])/.exec(plain);
  if (spaced) plain = spaced[0].replace(/[\s'’]/g, '') + plain.slice(spaced[0].length);
  else if (TWO_WAYS.test(plain) && !plain.includes(pointOf(display.locale))) {
    return { value: null, either: [new Decimal(plain.replace(/[.,]/, '')), new Decimal(plain.replace(',', '.'))] };
  }
  const grouped = /^([+-]?\d{1,3}(?:(?:,\d{3})+(?=\.)|(?:\.\d{3})+(?=,)|(?:,\d{3}){2,}(?=$)|(?:\.\d{3}){2,}(?=$)))(.*)$/.exec(plain);
  if (grouped) plain = (grouped[1] ?? '').replace(/[.,]/g, '') + (grouped[2] ?? '');
  plain = plain.replace(',', '.');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(plain) ? { value: new Decimal(plain), either: null } : none;
}

/** A number as it was typed; null for what is none, or could be two. */
export const typedDecimal = (text: string): Decimal | null => readTyped(text).value;

/** A number as it stands in a field: all its digits, its decimals parted the reader's way. */
export const written = (value: DecimalInput | null): string => pointed(toDecimal(value)?.toFixed() ?? '');

/** Plain decimal text, its point the reader's. */
export const pointed = (text: string): string => text.replace('.', pointOf(display.locale));

/** Whether the reader should see what was understood: the text has groups, another's decimal point, or looks like groups. */
export function isWorthReadingBack(text: string): boolean {
  const [plain, point] = [text.trim(), pointOf(display.locale)];
  if (typedDecimal(plain) === null) return false;
  return TWO_WAYS.test(plain) || !/^[+-]?\d*$/.test(plain.replace(point, ''));
}
