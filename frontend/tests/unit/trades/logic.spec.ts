import { describe, expect, it } from 'vitest';
import { startOf, tradesCsv } from '@/components/trades/history';
import { lotCost, lotErrors } from '@/components/trades/lotCost';
import { largest, pnlBars, type PnlPart } from '@/components/trades/pnlBars';
import { missingFigure, positionColumns, positionRows } from '@/components/trades/positions';
import { toCsv } from '@/lib/csv';
import { lot, position, trade } from './builders';

const part = (label: string, realized: string | null, unrealized: string | null, total: string | null): PnlPart => ({ key: label, label, realized, unrealized, total });

describe('bars of profit', () => {
  it('stack realised and unrealised gains to the right of one zero', () => {
    const { zero, rows } = pnlBars([part('BTC', '20', '80', '100')]);
    const [first, second] = rows[0]?.pieces ?? [];
    expect(first).toMatchObject({ kind: 'realized', left: zero });
    expect(second?.kind).toBe('gain');
    expect(second?.left).toBeCloseTo(zero + (first?.width ?? 0));
    expect((first?.width ?? 0) * 4).toBeCloseTo(second?.width ?? 0);
    expect((second?.left ?? 0) + (second?.width ?? 0)).toBeLessThanOrEqual(100);
  });

  it('put losses to the left, on the same scale and zero for all rows', () => {
    const { zero, rows } = pnlBars([part('BTC', '100', '0', '100'), part('ETH', '50', '-50', '0'), part('FET', '-25', '-25', '-50')]);
    const [eth, fet] = [rows[1]?.pieces ?? [], rows[2]?.pieces ?? []];
    expect(eth[1]).toMatchObject({ kind: 'loss' });
    expect((eth[1]?.left ?? 0) + (eth[1]?.width ?? 0)).toBeCloseTo(zero);
    expect(fet.map((piece) => piece.kind)).toEqual(['realized', 'loss']);
    expect((fet[1]?.left ?? 0) + (fet[1]?.width ?? 0)).toBeCloseTo(fet[0]?.left ?? 0); // one after the other, not one over the other
    expect(fet[1]?.left).toBeGreaterThanOrEqual(0);
    expect(rows[0]?.pieces[0]?.width).toBeCloseTo(2 * (eth[0]?.width ?? 0));
  });

  it('draw nothing for what is unknown', () => {
    expect(pnlBars([part('XYZ', null, null, null)]).rows[0]?.pieces).toEqual([]);
  });

  it('keep the greatest gains and losses and add the rest up exactly', () => {
    const many = ['5', '0.1', '0.2', '-4', '3'].map((total, i) => part(`C${String(i)}`, total, '0', total));
    const shown = largest(many, 4, (n) => `${String(n)} more`);
    expect(shown.map((row) => [row.label, row.total])).toEqual([['C0', '5'], ['C4', '3'], ['C3', '-4'], ['2 more', '0.3']]);
  });

  it('do not know the sum of the rest when one of it is unknown', () => {
    const rest = [part('A', '9', '0', '9'), part('B', '1', '0', '1'), part('C', null, null, null)];
    expect(largest(rest, 2, () => 'more').at(-1)?.total).toBeNull();
  });
});

describe('positions', () => {
  it('of one coin in two accounts are one line, added up exactly', () => {
    const [row] = positionRows([position(), position({ id: '2 BTC', account: 2, account_name: 'vault', quantity: '0.1', cost_usd: '9000.000000000000000001', value_usd: '9741.25', pnl: '741.249999999999999999', realized_pnl: '-1' })]);
    expect(row).toMatchObject({ quantity: '0.6', cost_usd: '39000.000000000000000001', value_usd: '58447.5', pnl: '19447.499999999999999999', realized_pnl: '2377.33', accounts: ['main-spot', 'vault'] });
    expect(Number(row?.entry_price)).toBeCloseTo(65000);
    expect(row?.pnl_percent).toBeCloseTo(49.865, 2);
  });

  it('are unknown together as soon as one account does not know', () => {
    const [row] = positionRows([position(), position({ id: '2 BTC', account: 2, cost_status: 'unknown', figures_status: 'unavailable', figures_reason: 'history_importing', pnl: null, cost_usd: null })]);
    expect(row).toMatchObject({ pnl: null, pnl_percent: null, entry_price: null, cost_status: 'unknown', figures_status: 'unavailable', figures_reason: 'history_importing' });
  });

  it('keep contracts and closed ones apart', () => {
    const closed = position({ id: 'c1', status: 'closed' });
    expect(positionRows([position({ id: 'f1', kind: 'futures', symbol: 'ETHUSDT' }), position({ id: 'f2', kind: 'futures', symbol: 'ETHUSDT', account: 2 }), closed, { ...closed, id: 'c2' }])).toHaveLength(4);
  });

  it('show what closing brought on every width, and what an open one brought so far on a wide one', () => {
    const priority = (status: 'open' | 'closed') => positionColumns(status, (key) => key).find(({ id }) => id === 'realized')?.priority;
    expect([priority('open'), priority('closed')]).toEqual([3, 1]);
  });

  it('tell a price that is missing from a figure that is still to come', () => {
    expect(['no_price', 'not_applicable', 'history_importing', null].map(missingFigure)).toEqual(['no-price', 'not-applicable', 'not-yet', 'not-yet']);
  });
});

describe('history', () => {
  it('begins at a whole day of UTC, so that the question holds still for a day', () => {
    const now = Date.parse('2026-11-20T13:14:15Z');
    expect(startOf('90d', now)).toBe('2026-08-22T00:00:00.000Z');
    expect(startOf('90d', now)).toBe(startOf('90d', now + 3_600_000));
    expect(startOf('all', now)).toBeUndefined();
  });

  it('is exported in full precision, with no amount while amounts are hidden, and no formula', () => {
    const rows = tradesCsv([trade({ quantity: '1.00880200', account_name: '=cmd()' })], ['h'], null);
    expect(toCsv(rows)).toContain("t1,2026-10-28T13:00:11Z,'=cmd(),ETHUSDT,SELL,1.00880200,3511.36,3542.266");
    const hidden = toCsv(tradesCsv([trade()], ['h'], '•••••'));
    expect(hidden).toContain('3511.36');
    expect(hidden).not.toMatch(/1\.0088|3542|50\.8|3\.54/);
  });
});

describe('cost of coins from outside', () => {
  const zone = 'Europe/Paris';
  it('is a number from zero up in either notation', () => {
    expect(lotErrors({ cost: '0', date: '' }, lot(), zone)).toEqual({});
    expect(lotErrors({ cost: '1 500,25', date: '' }, lot(), zone)).toEqual({});
    expect(['', 'x', '-1', '3.000', `1.${'0'.repeat(18)}1`].map((cost) => lotErrors({ cost, date: '' }, lot(), zone).cost)).toEqual(['missing', 'invalid', 'negative', 'ambiguous', 'long']);
    expect(lotCost({ cost: '1 500,25', date: '' }, lot(), zone)).toEqual({ cost_usd: '1500.25' });
  });

  it('may be older than the coins’ arrival and never younger', () => {
    expect(lotErrors({ cost: '1', date: '2026-03-03' }, lot(), zone).date).toBe('late');
    expect(lotErrors({ cost: '1', date: '2026-02-30' }, lot(), zone).date).toBe('invalid');
    expect(lotCost({ cost: '1', date: '2026-03-02' }, lot(), zone).acquired_at).toBe('2026-03-02T09:00:00.000Z');
    expect(lotCost({ cost: '1', date: '2024-07-01' }, lot(), zone).acquired_at).toBe('2024-07-01T10:00:00.000Z');
  });
});
