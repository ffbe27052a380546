import { describe, expect, it } from 'vitest';
import { filterFromQuery, flowsCsv, kindOf, matches, monthsSince } from '@/components/cashflows/flows';
import { downloadCsv, toCsv } from '@/lib/csv';
import { fromWall, toWall } from '@/lib/wallTime';
import { flow } from './builders';

describe('cash-flow list', () => {
  it('calls what stays the user’s a move, and neither loss nor withdrawal', () => {
    const move = { state: 'paired' as const, flow_id: 8, account_name: 'vault' };
    expect(kindOf(flow({ status: 'not_flow', reason: 'kept_outside' }))).toBe('MOVE');
    expect(kindOf(flow({ move, counted: false }))).toBe('MOVE');
    expect(kindOf(flow({ move }))).toBe('WITHDRAW'); // of one account alone it left
    expect(kindOf(flow({ status: 'not_flow', decided: true }))).toBe('LOSS');
  });

  it('filters by type and by note, coin or account', () => {
    expect(matches(flow(), 'DEPOSIT', '')).toBe(false);
    expect(matches(flow(), 'all', 'CARD')).toBe(true);
    expect(matches(flow(), 'WITHDRAW', 'main-sp')).toBe(true);
    expect(matches(flow(), 'all', 'holiday')).toBe(false);
    expect(filterFromQuery('nonsense')).toBe('all');
  });

  it('exports full precision and no amount while amounts are hidden', () => {
    expect(flowsCsv([flow()], ['h'], null)[1]?.slice(0, 3)).toEqual(['2026-10-28T01:52:00Z', 'WITHDRAW', '-3200']);
    expect(flowsCsv([flow()], ['h'], '•••••').flat().join()).not.toContain('3200');
  });

  it('counts the months a change makes the server recompute', () => {
    expect(monthsSince(new Date('2025-10-31T00:00:00Z'), new Date('2026-11-20T00:00:00Z'))).toBe(14);
    expect(monthsSince(new Date('2026-11-20T00:00:00Z'), new Date('2026-11-20T01:00:00Z'))).toBe(1);
  });
});

describe('CSV', () => {
  it('quotes what needs quotes and writes null as an empty cell', () => {
    expect(toCsv([['a,b', 'say "x"', null, 1.5]])).toBe('"a,b","say ""x""",,1.5\r\n');
  });

  it('disarms text a spreadsheet would run and leaves negative numbers alone', () => {
    expect(toCsv([['=1+1', '-12.50', '@x']])).toBe("'=1+1,-12.50,'@x\r\n");
  });

  it('is offered as a named file', () => {
    const made: string[] = [];
    const create = URL.createObjectURL;
    const revoke = URL.revokeObjectURL;
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) { made.push(this.download); };
    downloadCsv('cash-flows.csv', 'a\r\n');
    HTMLAnchorElement.prototype.click = click;
    URL.createObjectURL = create;
    URL.revokeObjectURL = revoke;
    expect(made).toEqual(['cash-flows.csv']);
  });
});

describe('wall time', () => {
  it('goes through a zone and back', () => {
    const at = new Date('2026-07-01T22:30:00Z');
    expect(toWall(at, 'Asia/Tokyo')).toEqual({ date: '2026-07-02', time: '07:30' });
    expect(fromWall({ date: '2026-07-02', time: '07:30' }, 'Asia/Tokyo')).toEqual(at);
    expect(fromWall({ date: '2026-07-01', time: '10:30' }, 'Pacific/Apia')?.toISOString()).toBe('2026-06-30T21:30:00.000Z');
  });

  it('takes the first pass of an hour that occurs twice', () => {
    expect(fromWall({ date: '2026-10-25', time: '02:30' }, 'Europe/Paris')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('knows no instant for an hour that is skipped', () => {
    expect(fromWall({ date: '2026-03-29', time: '02:30' }, 'Europe/Paris')).toBeNull();
  });
});
