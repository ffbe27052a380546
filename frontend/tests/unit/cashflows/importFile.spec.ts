import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { changed, columnsOf, contentOf, decode, MOST_BYTES } from '@/components/cashflows/importFile';
import { zones } from '@/lib/wallTime';
import { zipped } from '@/components/cashflows/zip';
import { preview } from './importBuilders';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const named = (name: string, content: Uint8Array) => ({ name, bytes: content });

describe('text of a file', () => {
  it('is sent as text, and a zip as it is', async () => {
    expect(await contentOf([named('a.csv', utf8('a,b'))])).toEqual({ content: 'a,b' });
    expect(await contentOf([named('a.zip', bytes(0x50, 0x4b, 3, 4, 255))])).toEqual({ content_base64: 'UEsDBP8=' });
  });
  it('is too large where the server would refuse it', async () => {
    expect(await contentOf([named('a.csv', new Uint8Array(MOST_BYTES + 1))])).toBe('tooLarge');
    const zip = new Uint8Array(MOST_BYTES);
    zip.set([0x50, 0x4b]);
    expect(await contentOf([named('a.zip', zip)])).toBe('tooLarge'); // in base64 it is a third longer
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

describe('several files', () => {
  it('become one zip, each with its name and every byte', async () => {
    const texts = { 'Binance-Deposit-History(UTC+2).csv': 'Time,Coin\r\n'.repeat(500), 'Dépôts.csv': 'Été' };
    const zip = Buffer.from(await zipped(Object.entries(texts).map(([name, text]) => named(name, utf8(text)))));
    const found: Record<string, string> = {};
    let at = zip.readUInt32LE(zip.length - 6);
    for (let left = zip.readUInt16LE(zip.length - 12); left > 0; left -= 1) {
      const [packed, name, start] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
      const from = start + 30 + zip.readUInt16LE(start + 26);
      found[zip.toString('utf8', at + 46, at + 46 + name)] = inflateRawSync(zip.subarray(from, from + packed)).toString();
      at += 46 + name;
    }
    expect(found).toEqual(texts);
    expect(zip.length).toBeLessThan(1000);
  });
  it('hold no zip: it would not be opened inside another', async () => {
    expect(await contentOf([named('a.csv', utf8('a')), named('b.zip', bytes(0x50, 0x4b, 3, 4))])).toBe('zipAlone');
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
