import { describe, expect, it } from 'vitest';
import { readAmount } from '@/components/cashflows/amount';

describe('a typed amount', () => {
  it.each([
    ['1500', '1500'], ['1,500.00', '1500.00'], ['1.500,00', '1500.00'], ['1 500,00', '1500.00'],
    ['1\u00a0500,5', '1500.5'], ['1.234.567', '1234567'], ['1,234,567.8', '1234567.8'], ['0.001', '0.001'],
    ['0,5', '0.5'], ['.5', '0.5'], ['3.00', '3.00'], ['3.0000', '3.0000'], ['1234.567', '1234.567'], ['+12', '12'], ['-5', '-5'],
  ])('%s is read as %s', (typed, value) => {
    expect(readAmount(typed)).toEqual({ kind: 'value', value });
  });

  it.each(['3.000', '3,000', '12.500', '999,999'])('%s can mean two numbers, so it asks', (typed) => {
    const reading = readAmount(typed);
    expect(reading.kind).toBe('ambiguous');
  });

  it('offers both readings of an ambiguous amount', () => {
    expect(readAmount('3.000')).toEqual({ kind: 'ambiguous', asDecimal: '3.000', asThousands: '3000' });
    expect(readAmount('3,000')).toEqual({ kind: 'ambiguous', asDecimal: '3.000', asThousands: '3000' });
  });

  it.each(['abc', '1.2.3', '1,23,4', '12e3', '.', '1,5.000.2', '--3'])('%s is refused', (typed) => {
    expect(readAmount(typed).kind).toBe('invalid');
  });

  it('of blanks is empty, not zero', () => {
    expect(readAmount('  ').kind).toBe('empty');
  });
});
