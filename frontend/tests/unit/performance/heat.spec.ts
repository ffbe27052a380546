import { describe, expect, it } from 'vitest';
import { countMonths, ground, heatYears, strength, type Month, type Year } from '@/components/performance/heat';
import { monthRows } from '@/components/performance/partFiles';

const month = (name: string, own: number | null, benchmark: number | null = null): Month => ({ month: name, twr_percent: own, benchmark_twr_percent: benchmark, benchmark_status: 'exact', benchmark_reason: null, status: own === null ? 'unavailable' : 'exact', reason: own === null ? 'no_snapshots' : null });
const year = (name: number, own: number | null, benchmark: number | null = null): Year => ({ year: name, twr_percent: own, benchmark_twr_percent: benchmark, benchmark_status: 'exact', benchmark_reason: null, status: own === null ? 'unavailable' : 'exact', reason: null });

describe('table of months', () => {
  const months = [month('2025-12', 12.91, 9.92), month('2026-01', -6.22, -7.03), month('2026-02', null), month('2026-11', -3.67, -4.95)];
  const years = heatYears(months, [year(2025, 33.0), year(2026, 22.7, 5.1)], 'portfolio', '2026-11');

  it('has twelve places a year, hatched where nothing is known and never zero', () => {
    expect(years.map((one) => one.cells.length)).toEqual([12, 12]);
    expect(years[1]?.cells.map((cell) => cell.value)).toEqual([-6.22, null, null, null, null, null, null, null, null, null, -3.67, null]);
    expect(years[1]?.cells[1]).toMatchObject({ reason: 'no_snapshots', status: 'unavailable' });
    expect(ground(null)).toBeUndefined();
  });

  it('outlines the running month alone, and takes the total of a year from the server', () => {
    expect(years.flatMap((one) => one.cells).filter((cell) => cell.current).map((cell) => cell.month)).toEqual(['2026-11']);
    expect(years.map((one) => one.total.value)).toEqual([33.0, 22.7]);
  });

  it('shows the excess in points, exact, and none where one of both is unknown', () => {
    const excess = heatYears([month('2026-01', 0.3, 0.1), month('2026-03', 1)], [year(2026, 22.7, 5.1)], 'excess', '2026-11');
    expect(excess[0]?.cells.slice(0, 3).map((cell) => cell.value)).toEqual([0.2, null, null]);
    expect(excess[0]?.total.value).toBe(17.6);
  });

  it('counts by the return, whatever is shown', () => {
    const counts = countMonths(heatYears(months, [year(2025, 33), year(2026, 22.7)], 'excess', '2026-11'));
    expect([counts.best?.month, counts.worst?.month]).toEqual(['2025-12', '2026-01']);
    expect(counts).toMatchObject({ known: 3, positive: 1, compared: 3, benchmarkPositive: 1, ahead: 3 });
    expect(countMonths([])).toMatchObject({ best: null, worst: null, known: 0 });
  });

  it('colours gains and losses by their size, up to a bound that keeps text readable', () => {
    expect([strength(0.6), strength(10.7), strength(80)]).toEqual([7, 25, 46]);
    expect(ground(-5)).toContain('var(--loss)');
    expect(ground(5)).toContain('var(--gain)');
  });

  it('goes into a file with what is known, its status and its reason', () => {
    const rows = monthRows(years, 'BTC', { t: ((key: string, named?: { name?: string }) => named?.name ?? key) as never }); // words are not what this is about
    expect(rows[0]?.[2]).toBe('BTC');
    expect(rows.slice(1)).toEqual([
      ['2025-12', 12.91, 9.92, 'exact', null], ['2025', 33.0, null, 'exact', null],
      ['2026-01', -6.22, -7.03, 'exact', null], ['2026-02', null, null, 'unavailable', 'no_snapshots'], ['2026-11', -3.67, -4.95, 'exact', null], ['2026', 22.7, 5.1, 'exact', null],
    ]);
  });
});
