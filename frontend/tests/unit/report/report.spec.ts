import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeOpened } from '@/components/performance/explaining';
import { drawn } from '@/components/report/line';
import { periodName, shownPeriod } from '@/components/report/period';
import ReportSheet from '@/components/report/ReportSheet.vue';
import { quoted } from '@/components/report/runningHead';
import { changeTable, coinsTable, daysTable, flowsTable, profitTable, riskTable, summaryTable } from '@/components/report/tables';
import type { Words } from '@/components/report/words';
import type { Report, ReportPeriod } from '@/composables/useReport';
import { display, setDisplay } from '@/lib/display';
import { createFormat } from '@/lib/format';
import { i18n } from '@/locales';
import { show } from '../mounting';
import { report } from './builders';

const cells = (rows: readonly (readonly { text: string; note?: string }[])[]): string[][] => rows.map((row) => row.map((cell) => cell.text.replaceAll('\u00a0', ' ')));
const words = (): Words => ({ i18n: i18n.global as Words['i18n'], f: createFormat(display), locale: display.locale }); // the same functions, without their schema

beforeAll(async () => {
  (await show(ReportSheet, { props: { report: report(), made: 0 } })).unmount(); // loads the messages
});
beforeEach(() => setDisplay({ timeZone: 'UTC', hidden: false, locale: 'en-GB', currency: 'USDT' }));
afterEach(() => {
  document.body.innerHTML = '';
});

describe('a period', () => {
  const one = (name: string, running = false): ReportPeriod => ({ name, kind: name.length === 4 ? 'year' : 'month', start: `${name.length === 4 ? `${name}-01` : name}-01T00:00:00Z`, end: '', running });
  it('is named in UTC, in the reader’s language', () => {
    expect(periodName(one('2026-10'), 'en-GB')).toBe('October 2026');
    expect(periodName(one('2026-10'), 'fr-FR')).toBe('octobre 2026');
    expect(periodName(one('2026'), 'fr-FR')).toBe('2026');
  });
  it('of the URL is shown, else the newest month that is over', () => {
    const items = [one('2026', true), one('2026-11', true), one('2026-10'), one('2026-09')];
    expect(shownPeriod('2026-09', items)).toBe('2026-09');
    expect(shownPeriod('1999', items)).toBe('2026-10');
    expect(shownPeriod('', [one('2026', true), one('2026-11', true)])).toBe('2026-11');
    expect(shownPeriod('', [])).toBe('');
  });
});

describe('a figure', () => {
  it('is printed with its sign', () => {
    expect(cells(summaryTable(words(), report()).rows).map((row) => row[1])).toEqual(['$1,000.00', '+$50.00', '+$50.00', '$1,100.00', '+4.76%', '+4.80%', '+4.90%', '+3.00%', '+1.80 pp', '+$20.00']);
  });
  it('that is not known says so with the reason, and is no zero', () => {
    const one = report();
    const rows = summaryTable(words(), { ...one, benchmark: null, summary: { ...one.summary, twr_percent: null, net_flows_usd: null, status: 'unavailable', reason: 'history_importing' } }).rows;
    expect(rows[5]?.[1]).toMatchObject({ text: 'not known', note: 'the history is still being read' });
    expect(rows[1]?.[1]).toMatchObject({ text: 'not known', note: 'the history is still being read' });
  });
  it('has a status of its own: an estimate beside an exact one, and a rate that is one of several', () => {
    const one = report();
    const rows = summaryTable(words(), { ...one, summary: { ...one.summary, benchmark_status: 'estimated', benchmark_reason: 'old_price', xirr_several_roots: true } }).rows;
    expect(rows[7]?.[1]?.note).toBe('estimated: a price is old');
    expect(rows[5]?.[1]?.note).toBeUndefined();
    expect(rows[6]?.[1]?.note).toBe('several rates fit; the one nearest to zero');
  });
  it('opens its proof of that period where one account is told, and nothing to open where it is not known', () => {
    const figures = (one: Report) => [summaryTable(words(), one), changeTable(words(), one), riskTable(words(), one), daysTable(words(), one, 'best')].flatMap(({ rows }) => rows.flatMap((row) => row.flatMap((cell) => (cell.opens ? [writeOpened(cell.opens)] : []))));
    const names = figures(report());
    expect(names).toEqual(expect.arrayContaining(['twr@2026-10', 'xirr@2026-10', 'benchmark_difference@2026-10', 'attribution_fees@2026-10', 'sharpe@2026-10', 'sharpe@benchmark@2026-10', 'day_return@2026-10-04']));
    expect(names).not.toContain('beta@benchmark@2026-10');
    expect(figures({ ...report(), accounts: [{ id: 1, name: 'a' }, { id: 2, name: 'b' }] })).toEqual([]);
    expect(figures({ ...report(), period: { ...report().period, kind: 'year', name: '2026' } })).toContain('pnl@2026');
    const one = report();
    expect(figures({ ...one, summary: { ...one.summary, twr_percent: null, status: 'unavailable', reason: 'total_loss_before' } })).not.toContain('twr@2026-10');
  });
  it('that is an estimate says why below it', () => {
    const one = report();
    const rows = summaryTable(words(), { ...one, summary: { ...one.summary, status: 'estimated', reason: 'recomputing' } }).rows;
    expect(rows[5]?.[1]).toMatchObject({ text: '+4.80%', note: 'estimated: being recomputed' });
  });
});

describe('the tables', () => {
  it('add price moves to one line and take fees off', () => {
    const { rows, foot } = changeTable(words(), report());
    expect(cells(rows).map((row) => row[1])).toEqual(['$1,000.00', '+$50.00', '+$53.00', '+$1.00', '-$4.00', '$0.00']);
    expect(foot?.[1]?.text).toBe('$1,100.00');
  });
  it('name the best and the worst days, without those that nothing is known of', () => {
    expect(cells(daysTable(words(), report(), 'best').rows).map((row) => row.slice(0, 2))).toEqual([['4 Oct 2026', '+3.00%'], ['1 Oct 2026', '+1.00%']]);
    expect(cells(daysTable(words(), report(), 'worst').rows).map((row) => row.slice(0, 2))).toEqual([['2 Oct 2026', '-2.00%']]);
  });
  it('list every coin, and no total where one is not known', () => {
    const { rows, foot } = profitTable(words(), report());
    expect(cells(rows).map((row) => [row[0], row[3]])).toEqual([['BTCUSDT', '+$30.00'], ['ETHUSDT', '-$5.00'], ['XYZUSDT', 'not known']]);
    expect(foot?.map((cell) => cell.text).slice(1, 4)).toEqual(['+$3.00', 'not known', 'not known']);
    expect(cells(coinsTable(words(), report(), 'best').rows)).toEqual([['BTCUSDT', '+$30.00']]);
    expect(cells(coinsTable(words(), report(), 'worst').rows)).toEqual([['ETHUSDT', '-$5.00']]);
  });
  it('say of a flow that the figures do not count it yet', () => {
    const flow = { id: 1, account_id: 1, account_name: 'demo', timestamp: '2026-10-31T23:59:00Z', type: 'DEPOSIT', amount_usd: '50', asset: 'USDT', quantity: '50', price_usd: '1', description: '', source: 'exchange', value_before_usd: null, status: 'exact', decided: false, move: null, counted: true, address: null, reason: null, in_figures: false } as const;
    const { items, totals }: Report['flows'] = { items: [flow], totals: report().flows.totals };
    expect(flowsTable(words(), report({ flows: { items, totals } })).rows[0]?.[3]).toMatchObject({ text: '+$50.00', note: 'after the last snapshot: not in the figures yet' });
  });
});

describe('the line', () => {
  it('leaves a gap where nothing is known', () => {
    const at = (day: number, own: number | null) => ({ t: `2026-10-0${day}T00:00:00Z`, own, other: null });
    const found = drawn([at(1, 0), at(2, 5), at(3, null), at(4, 2), at(5, 10)]);
    expect(found?.own.match(/[ML]/g)?.join('')).toBe('MLML');
    expect(found?.other).toBe('');
    expect(found?.ticks.map((tick) => tick.value)).toEqual([0, 5, 10]);
  });
  it('is not drawn of one value', () => {
    expect(drawn([{ t: '2026-10-01T00:00:00Z', own: 1, other: null }])).toBeNull();
  });
});

it('the running head cannot end its string', () => {
  expect(quoted('a"b\\c\nd')).toBe('"a\\"b\\\\c d"');
});

it.each([['en', 'Report of October 2026'], ['fr', 'Rapport\u00a0: octobre 2026']] as const)('the sheet is told in %s', async (language, heading) => {
  setDisplay({ locale: language === 'fr' ? 'fr-FR' : 'en-GB' });
  const sheet = await show(ReportSheet, { props: { report: report(), made: Date.parse('2026-11-20T13:00:00Z') }, language });
  expect(sheet.get('h2').text()).toBe(heading);
  expect(sheet.findAll('h3').length).toBeGreaterThan(14);
  expect(sheet.text()).not.toMatch(/report\.|undefined|NaN/);
});
