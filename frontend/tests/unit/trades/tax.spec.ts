import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import TaxLists from '@/components/trades/TaxLists.vue';
import { yearsOf, zonesOf } from '@/components/trades/tax';
import * as csv from '@/lib/csv';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';

const NOW = Date.parse('2026-11-20T13:00:00Z');
const asked: string[] = [];
let answer = (): Response => new Response('\uFEFFtime\r\n', { headers: { 'Content-Type': 'text/csv', ETag: 'W/"1"' } });

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request.url);
    return Promise.resolve(answer());
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  setDisplay({ hidden: false, timeZone: 'Europe/Paris' });
  document.body.innerHTML = '';
});

const panel = (first: string | null = '2024-06-23T01:11:00Z') => show(TaxLists, { props: { first, now: NOW, method: 'fifo' } });

describe('yearly lists', () => {
  it('can be asked for every year since the first event, the newest first', () => {
    expect(yearsOf('2024-06-23T01:11:00Z', NOW)).toEqual([2026, 2025, 2024]);
    expect(yearsOf(null, NOW)).toEqual([2026, 2025, 2024, 2023, 2022]);
  });

  it('are of years of UTC or of the zone of the reader', () => {
    expect(zonesOf('Europe/Paris')).toEqual(['UTC', 'Europe/Paris']);
    expect(zonesOf('UTC')).toEqual(['UTC']);
  });

  it('come as a file of the year that is over, by the method of the page', async () => {
    const saved = vi.spyOn(csv, 'downloadCsv').mockImplementation(() => undefined);
    const wrapper = await panel();
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    const query = new URL(asked[0] ?? '').searchParams;
    expect(Object.fromEntries(query)).toEqual({ what: 'disposals', year: '2025', method: 'fifo', zone: 'UTC', format: 'csv' });
    expect(saved.mock.calls).toEqual([['disposals-2025-fifo.csv', 'time\r\n']]);
  });

  it('are asked for as chosen', async () => {
    vi.spyOn(csv, 'downloadCsv').mockImplementation(() => undefined);
    const wrapper = await panel();
    for (const [i, value] of ['income', '2024', 'hifo', 'Europe/Paris'].entries()) await wrapper.findAll('select')[i]?.setValue(value);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(new URL(asked[0] ?? '').search).toContain('what=income&year=2024&method=hifo&zone=Europe%2FParis');
  });

  it('say why they cannot be made', async () => {
    const before = answer;
    answer = () => Response.json({ detail: 'The books are being made: ask again in a moment', status: 409 }, { status: 409, headers: { 'Content-Type': 'application/problem+json' } });
    const wrapper = await panel();
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    answer = before;
    expect(wrapper.get('[role="alert"]').text()).toContain('The books are being made');
  });

  it('are not written while amounts are hidden', async () => {
    setDisplay({ hidden: true });
    const wrapper = await panel();
    expect(wrapper.get('button').attributes('disabled')).toBeDefined();
    expect(wrapper.text()).toContain('Amounts are hidden');
  });
});
