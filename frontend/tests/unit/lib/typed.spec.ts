import { afterEach, describe, expect, it } from 'vitest';
import { setDisplay } from '@/lib/display';
import { isWorthReadingBack, readTyped, typedDecimal, written } from '@/lib/typed';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const inFrench = (): void => setDisplay({ locale: 'fr-FR' });
afterEach(() => setDisplay({ locale: 'en-GB' }));
const read = (text: string): string | null => typedDecimal(text)?.toFixed() ?? null;

describe.each(['en-GB', 'fr-FR'])('a number as it is typed or pasted, in %s', (locale) => {
  it.each([
    ['12,5', '12.5'], ['12.5', '12.5'], ['0,125', '0.125'], ['0.125', '0.125'], ['.5', '0.5'], ['5.', '5'], ['-3', '-3'], [' 42 ', '42'],
    [`1${NARROW}500,00`, '1500'], [`1${NBSP}234${NBSP}567,89`, '1234567.89'], ['1 500', '1500'], ['1 500,125', '1500.125'], ["1'500.5", '1500.5'], ['1’500', '1500'],
    ['1,234.5', '1234.5'], ['1.234,5', '1234.5'], ['1.234.567', '1234567'], ['1,234,567', '1234567'], ['12.3456', '12.3456'], ['1234,567', '1234.567'],
  ])('%s is %s', (text, number) => {
    setDisplay({ locale });
    expect(read(text)).toBe(number);
  });
  it.each(['', 'x', '1e5', '0x10', '1 50', '1 5000', '1,2,3', '1.23.4', '12,34.5', '1 500 00', '--1', 'Infinity'])('%s is none', (text) => {
    setDisplay({ locale });
    expect(readTyped(text)).toEqual({ value: null, either: null });
  });
});

describe('a text that can be two numbers', () => {
  const either = (text: string): string[] | undefined => readTyped(text).either?.map((one) => one.toFixed());
  it('asks where its separator is not the reader’s own', () => {
    expect(either('3,000')).toEqual(['3000', '3']);
    expect(read('3.000')).toBe('3');
    inFrench();
    expect(either('3.000')).toEqual(['3000', '3']);
    expect(either('12.345')).toEqual(['12345', '12.345']);
    expect(read('3,000')).toBe('3');
  });
});

describe('a number in a field', () => {
  it('is written the reader’s way, and read as the same', () => {
    expect(written('1234.125')).toBe('1234.125');
    inFrench();
    expect(written('12.345')).toBe('12,345');
    expect(read(written('12.345'))).toBe('12.345');
    expect(written(null)).toBe('');
  });
  it('is read back where it is not plain', () => {
    expect(['1 500', '1,5', '3.000', '1,234.5'].map(isWorthReadingBack)).toEqual([true, true, true, true]);
    expect(['1500', '1.5', '40.00', 'x', ''].map(isWorthReadingBack)).toEqual([false, false, false, false, false]);
    inFrench();
    expect(['1,5', '40,00', '1.5'].map(isWorthReadingBack)).toEqual([false, false, true]);
  });
});
