import { describe, expect, it } from 'vitest';
import { changed, columnsOf, contentOf, decode, zones } from '@/components/cashflows/importFile';
import { preview } from './importBuilders';

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
const utf8 = (text: string): ArrayBuffer => new TextEncoder().encode(text).slice().buffer;

describe('text of a file', () => {
  it('is sent as text, and a zip as it is', () => {
    expect(contentOf(utf8('a,b'))).toEqual({ content: 'a,b' });
    expect(contentOf(bytes(0x50, 0x4b, 3, 4, 255))).toEqual({ content_base64: 'UEsDBP8=' });
  });
  it('is UTF-8, with or without a byte order mark', () => {
    expect(decode(utf8('Été'))).toBe('Été');
    expect(decode(bytes(0xef, 0xbb, 0xbf, 0x41))).toBe('A');
  });
  it('may be UTF-16, whichever byte comes first', () => {
    expect(decode(bytes(0xff, 0xfe, 0x41, 0, 0xe9, 0))).toBe('Aé');
    expect(decode(bytes(0xfe, 0xff, 0, 0x41, 0, 0xe9))).toBe('Aé');
  });
  it('is else what Excel writes on Windows', () => {
    expect(decode(bytes(0x41, 0xe9))).toBe('Aé');
  });
});

describe('answers', () => {
  const seen = preview({ columns: { date: 0, time: null, type: null, amount: 1, asset: null, quantity: null, note: null } });

  it('are those that were given: what was found out is left to the file', () => {
    expect(changed({}, seen, { time_zone: 'UTC' })).toEqual({ time_zone: 'UTC' });
    expect(changed({ time_zone: 'UTC' }, seen, { decimal_mark: ',' })).toEqual({ time_zone: 'UTC', decimal_mark: ',' });
  });
  it('keep the other columns when one is chosen, also before the server has answered', () => {
    const first = changed({}, seen, { columns: { ...columnsOf({}, seen), note: 2 } });
    const second = changed(first, seen, { columns: { ...columnsOf(first, seen), type: 3 } });
    expect(second.columns).toEqual({ date: 0, time: null, type: 3, amount: 1, asset: null, quantity: null, note: 2 });
  });
  it('forget the columns with another separator or heading', () => {
    const given = { columns: columnsOf({}, seen), time_zone: 'UTC' };
    expect(changed(given, seen, { delimiter: ';' })).toEqual({ time_zone: 'UTC', delimiter: ';' });
    expect(changed(given, seen, { header: false })).toEqual({ time_zone: 'UTC', header: false });
  });
});

it('offers the reader’s zone first, each zone once', () => {
  const offered = zones('Europe/Paris');
  expect(offered.slice(0, 2)).toEqual(['Europe/Paris', 'UTC']);
  expect(new Set(offered).size).toBe(offered.length);
});
