import { expect, it } from 'vitest';
import { Decimal } from '@/lib/decimal';
import { compare } from '@/lib/table';

it('orders decimals by size, beyond what a float can tell apart', () => {
  expect(compare(new Decimal('9007199254740993'), new Decimal('9007199254740992'))).toBe(1);
  expect(compare(new Decimal('10'), new Decimal('9'))).toBe(1);
});

it('orders text as people do', () => {
  expect(['b10', 'B2', 'a'].sort(compare)).toEqual(['a', 'B2', 'b10']);
});
