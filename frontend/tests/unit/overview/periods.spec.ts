import { describe, expect, it } from 'vitest';
import { monthBars } from '@/components/overview/months';
import { tileState } from '@/components/overview/periods';
import { daysOf, rangeFromQuery } from '@/composables/useRange';
import { period } from './builders';

describe('range', () => {
  it('comes from the URL and falls back to one year', () => {
    expect(rangeFromQuery('90d')).toBe('90d');
    expect(rangeFromQuery(['2y', '7d'])).toBe('2y');
    expect(rangeFromQuery('1 year')).toBe('1y');
    expect(rangeFromQuery(undefined)).toBe('1y');
  });

  it('total asks for the whole history', () => {
    expect(daysOf('total')).toBe(0);
    expect(daysOf('2y')).toBe(730);
  });
});

describe('tile', () => {
  it('says "not yet" where history is too short, never zero', () => {
    const short = period({
      twr_percent: null, status: 'unavailable', reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z', needs_days: 730, has_days: 412,
    });
    expect(tileState(short)).toBe('not_yet');
    expect(tileState(undefined)).toBe('not_yet');
  });

  it('tells an estimate from an exact figure, and unavailable from too short', () => {
    expect(tileState(period())).toBe('exact');
    expect(tileState(period({ status: 'estimated', reason: 'gap' }))).toBe('estimated');
    expect(tileState(period({ twr_percent: null, status: 'unavailable', reason: 'gap_at_start' }))).toBe('unavailable');
  });
});

describe('month-end value', () => {
  const item = (month: string, end: string | null, flow: string | null) => ({
    month, end_value_usd: end, net_flows_usd: flow, twr_percent: null, benchmark_twr_percent: null, benchmark_status: 'exact' as const, benchmark_reason: null, status: 'exact' as const, reason: null, complete: true,
  });

  it('starts bars at zero, oldest first, and marks the running month', () => {
    const bars = monthBars([item('2026-11', '50', '0'), item('2026-10', '100', '-3200')], new Date('2026-11-20T12:00:00Z'));
    expect(bars.map((b) => [b.month, b.height, b.current])).toEqual([['2026-10', 1, false], ['2026-11', 0.5, true]]);
    expect(bars.map((b) => b.netFlowsUsd)).toEqual(['-3200', null]);
  });

  it('draws no bar for a month without a value', () => {
    expect(monthBars([item('2026-10', null, null)], new Date('2026-11-20T12:00:00Z'))[0]).toMatchObject({ height: 0, endValueUsd: null });
  });
});
