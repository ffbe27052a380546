import { Decimal } from '@/lib/decimal';

/** What a typed amount means. `value` is a plain decimal string with a point. */
export type Reading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'ambiguous'; readonly asDecimal: string; readonly asThousands: string };

const SPACES = /[\s\u00A0\u202F\u2009']/g;

/**
 * Read an amount typed with comma or point, in either convention and with any grouping. "1.234,56" and
 * "1,234.56" are clear; one separator followed by exactly three digits ("3.000") can mean two numbers, so the
 * caller must ask.
 */
export function readAmount(text: string): Reading {
  const compact = text.trim().replace(SPACES, '').replace(/^\+/, '');
  if (compact === '') return { kind: 'empty' };
  if (!/^-?[\d.,]+$/.test(compact) || !/\d/.test(compact)) return { kind: 'invalid' };
  const marks = [...compact].filter((c) => c === '.' || c === ',');
  if (marks.length === 0) return value(compact);
  const last = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','));
  const mark = compact[last] ?? '.';
  const tail = compact.slice(last + 1);
  const distinct = new Set(marks);
  if (distinct.size === 2) return marks.filter((m) => m === mark).length === 1 ? split(compact, last) : { kind: 'invalid' };
  if (marks.length > 1) return grouped(compact, mark) ? value(compact.replaceAll(mark, '')) : { kind: 'invalid' };
  const head = compact.slice(0, last).replace('-', '');
  if (tail.length !== 3 || head.length === 0 || head.length > 3 || head.startsWith('0')) return split(compact, last);
  return { kind: 'ambiguous', asDecimal: `${compact.slice(0, last)}.${tail}`, asThousands: compact.replace(mark, '') };
}

/** Digits in groups of three after the first, as in 1.234.567. */
function grouped(text: string, mark: string): boolean {
  const [first = '', ...rest] = text.replace('-', '').split(mark);
  return first.length >= 1 && first.length <= 3 && rest.every((part) => part.length === 3);
}

function split(text: string, at: number): Reading {
  const whole = text.slice(0, at);
  const other = text[at] === '.' ? ',' : '.';
  if (whole.includes(other) && !grouped(whole, other)) return { kind: 'invalid' };
  const digits = whole.replaceAll(other, '');
  const tail = text.slice(at + 1);
  if (digits.replace('-', '') === '' && tail === '') return { kind: 'invalid' };
  return value(`${digits === '' || digits === '-' ? `${digits}0` : digits}${tail === '' ? '' : `.${tail}`}`);
}

function value(text: string): Reading {
  return { kind: 'value', value: text };
}

/** A value written so that it can be read in one way only. */
export function clearly(value: string): string {
  const plain = new Decimal(value).toFixed();
  return /\.\d{3}$/.test(plain) ? `${plain}0` : plain;
}
