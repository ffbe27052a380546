import { describe, expect, it } from 'vitest';
import { type Page, withNewest, withOlder } from '@/lib/tail';

const page = (ids: number[], cursor: string | null): Page<{ id: number }> => ({ items: ids.map((id) => ({ id })), next_cursor: cursor });
const ids = ({ items }: Page<{ id: number }>): number[] => items.map(({ id }) => id);
const NOTHING = page([], null);

describe('the newest page', () => {
  it('is all there is at first', () => {
    expect(withNewest(NOTHING, page([9, 8, 7], 'c7'))).toEqual(page([9, 8, 7], 'c7'));
  });
  it('comes before what is known, each line once', () => {
    const known = withOlder(page([9, 8, 7], 'c7'), page([6, 5], 'c5'));
    expect(withNewest(known, page([11, 10, 9], 'c9'))).toEqual(page([11, 10, 9, 8, 7, 6, 5], 'c5'));
  });
  it('drops what is known where lines between them are not loaded', () => {
    const known = withOlder(page([9, 8, 7], 'c7'), page([6, 5], 'c5'));
    expect(withNewest(known, page([30, 29, 28], 'c28'))).toEqual(page([30, 29, 28], 'c28'));
  });
  it('takes the place of itself', () => {
    expect(withNewest(page([9, 8, 7], 'c7'), page([9, 8, 7], 'c7'))).toEqual(page([9, 8, 7], 'c7'));
  });
  it('that is empty empties the list', () => {
    expect(withNewest(page([9, 8], null), NOTHING)).toEqual(NOTHING);
  });
});

describe('an older page', () => {
  it('goes behind, each line once', () => {
    expect(ids(withOlder(page([9, 8, 7], 'c7'), page([7, 6, 5], null)))).toEqual([9, 8, 7, 6, 5]);
  });
});
