import { describe, expect, it } from 'vitest';
import { createFormat, direction, EN_DASH, HIDDEN } from '@/lib/format';

const NBSP = '\u00a0';
const settings = { locale: 'en-GB', timeZone: 'Europe/Paris', hidden: false, currency: 'USDT' };
const en = createFormat(settings);
const fr = createFormat({ ...settings, locale: 'fr-FR' });
const hidden = createFormat({ ...settings, hidden: true });

describe('money', () => {
  it('prints the stable dollar with its narrow symbol and two decimals', () => {
    expect(en.money('143224.84')).toBe('$143,224.84');
    expect(fr.money('143224.84')).toBe(`143${NBSP}224,84${NBSP}$`);
  });
  it('never leaves a narrow no-break space, which the font does not have', () => {
    for (const text of [fr.money('1234567.8'), fr.percent(12.5), fr.number('1234567'), fr.dateTime('2026-11-20T13:32:00Z')]) expect(text).not.toContain('\u202f');
  });
  it('keeps decimals exact that no float can hold', () => {
    expect(en.money('9007199254740993.01')).toBe('$9,007,199,254,740,993.01');
  });
  it('names a unit that has no symbol', () => {
    expect(en.money('0.5', { unit: 'XRP' })).toBe(`0.50${NBSP}XRP`);
  });
  it('prints a coin that is worth thousands with more than cents', () => {
    const inBtc = createFormat({ locale: 'en-GB', timeZone: 'UTC', hidden: false, currency: 'BTC' });
    expect(inBtc.money('0.0017284', { signed: true })).toBe(`+0.001728${NBSP}BTC`);
    expect(inBtc.moneyCompact('0.0431', { digits: 1 })).toBe('0.0431');
    expect(direction('0.001728', inBtc.moneyDigits)).toBe(1);
    expect([inBtc.unit(), en.unit()]).toEqual(['BTC', '$']);
  });
  it('gives a value that rounds to zero neither sign nor direction', () => {
    expect(en.money('-0.004', { signed: true })).toBe('$0.00');
    expect(en.money('-0.004')).toBe('$0.00');
    expect(direction('-0.004')).toBe(0);
    expect(direction('-0.005')).toBe(-1);
  });
  it('signs gains and losses alike', () => {
    expect(en.money('2043.87', { signed: true })).toBe('+$2,043.87');
    expect(en.money('-2043.87', { signed: true })).toBe('-$2,043.87');
  });
  it('splits off the cents so that they join to the same text', () => {
    const { main, fraction, rest } = fr.moneyParts('143224.84');
    expect([main, fraction]).toEqual([`143${NBSP}224`, ',84']);
    expect(main + fraction + rest).toBe(fr.money('143224.84'));
  });
  it('is compact on axes', () => {
    expect(en.moneyCompact('143224.84')).toBe('$143k');
    expect(fr.moneyCompact('143224.84')).toBe(`143${NBSP}k${NBSP}$`);
    expect(en.moneyCompact('5')).toBe('$5');
  });
});

describe('unknown and hidden', () => {
  it('writes an en dash, never 0, for what is unknown', () => {
    for (const nothing of [null, undefined, '', 'NaN', 'Infinity']) expect(en.money(nothing)).toBe(EN_DASH);
    expect(en.percent(null)).toBe(EN_DASH);
    expect(en.quantity(null)).toBe(EN_DASH);
  });
  it('hides amounts and quantities but not percentages and prices', () => {
    expect([hidden.money('1'), hidden.moneyCompact('1'), hidden.quantity('1'), hidden.exact('1'), hidden.moneyParts('1').main]).toEqual(Array(5).fill(HIDDEN));
    expect(hidden.percent(1.45)).toBe('1.45%');
    expect(hidden.price('97412.5')).toBe('97,412.50');
  });
});

describe('figures', () => {
  it('prints percents with two decimals and points as pp', () => {
    expect(en.percent(46.5, { signed: true })).toBe('+46.50%');
    expect(fr.percent(46.5, { signed: true })).toBe(`+46,50${NBSP}%`);
    expect(en.points(19.414)).toBe(`+19.41${NBSP}pp`);
    expect(en.percent(0.001, { signed: true })).toBe('0.00%');
  });
  it('prints prices with two decimals from 1 up and four significant digits below', () => {
    expect(['97412.5', '1', '0.61844', '0.00001234', '0'].map(en.price)).toEqual(['97,412.50', '1.00', '0.6184', '0.00001234', '0.00']);
  });
  it('prints quantities with 2, 4 or 6 decimals by size', () => {
    expect(['7106.97', '1000', '999.12345', '10', '9.6180171', '0'].map((q) => en.quantity(q))).toEqual(['7,106.97', '1,000.00', '999.1235', '10.0000', '9.618017', '0.000000']);
  });
  it('keeps every digit for hover and copy', () => {
    expect(en.exact('0.61386412345678')).toBe('0.61386412345678');
  });
});

describe('time', () => {
  const at = '2026-11-20T13:32:07Z';
  it('shows instants in the reader’s zone, 24 h', () => {
    expect(en.dateTime(at)).toBe('20 Nov 2026, 14:32');
    expect(fr.dateTime(at)).toBe('20 nov. 2026, 14:32');
    expect(en.timeSeconds(at)).toBe('14:32:07');
  });
  it('names the zone by its offset at that instant', () => {
    expect(en.zone(at)).toBe('UTC+1');
    expect(en.zone('2026-07-01T00:00:00Z')).toBe('UTC+2');
    expect(en.dateTimeUtc(at)).toBe('20 Nov 2026, 13:32:07 UTC (UTC+1)');
  });
  it('is relative only under an hour', () => {
    expect(en.ago(at, '2026-11-20T13:32:16Z')).toBe(`9${NBSP}s ago`);
    expect(en.ago(at, '2026-11-20T13:46:08Z')).toBe(`14${NBSP}min ago`);
    expect(fr.ago(at, '2026-11-20T13:32:16Z')).toBe(`il y a 9${NBSP}s`);
    expect(en.ago(at, '2026-11-20T14:32:07Z')).toBe('14:32');
    expect(en.ago(at, '2026-11-21T14:32:07Z')).toBe('20 Nov 2026, 14:32');
  });
  it('reads an instant ahead of this clock as now', () => {
    expect(en.ago(at, '2026-11-20T13:32:00Z')).toBe(`0${NBSP}s ago`);
  });
  it('takes the day boundary of the reader’s zone', () => {
    expect(en.sameDay('2026-11-20T23:30:00Z', '2026-11-21T12:00:00Z')).toBe(true);
  });
  it('counts down and stops at zero', () => {
    expect(en.countdown('2026-11-20T14:00:00Z', at)).toBe('27:53');
    expect(en.countdown('2026-11-20T15:00:00Z', at)).toBe('1:27:53');
    expect(en.countdown(at, '2026-11-20T14:00:00Z')).toBe('0:00');
  });
  it('tells durations in one unit', () => {
    expect([0.4, 5, 12, 600, 7200, 864000].map(en.duration)).toEqual(['0.4 s', '5 s', '12 s', '10 min', '2 h', '10 d'].map((text) => text.replace(' ', NBSP)));
  });
});
