import { describe, expect, it } from 'vitest';
import { holdingsCsv, holdingsOf, showHoldings } from '@/components/overview/holdings';
import { balance } from './builders';

const rows = holdingsOf([
  balance({ asset: 'BTC', total: '0.1', free: '0.1', usd_value: '700', target_percent: 75, drift_percent: 15 }),
  balance({ asset: 'BTC', account: 2, total: '0.2', free: '0.15', locked: '0.05', usd_value: '200' }),
  balance({ asset: 'DOGE', usd_value: '4.99', hidden: 'small' }),
  balance({ asset: 'ETH', usd_value: '95.01' }),
  balance({ asset: 'FET', price_usd: null, usd_value: null, change_24h_percent: null, status: 'unavailable', reason: 'no_price' }),
]);

describe('holdings', () => {
  it('add a coin up exactly over its accounts, free and locked apart', () => {
    const btc = rows[0];
    expect(btc).toMatchObject({ asset: 'BTC', quantity: '0.3', free: '0.25', locked: '0.05', valueUsd: '900' });
    expect(btc?.places).toHaveLength(2);
  });

  it('weigh by the total of what has a price', () => {
    expect(rows[0]?.weightPercent).toBeCloseTo(90, 10);
  });

  it('take target and drift as the plan weighs them', () => {
    expect(rows[0]).toMatchObject({ targetPercent: 75, driftPp: 15 });
    expect(rows[1]).toMatchObject({ targetPercent: null, driftPp: null });
  });

  it('keep a coin without a price, last and without a weight', () => {
    expect(rows.at(-1)).toMatchObject({ asset: 'FET', valueUsd: null, weightPercent: null, reason: 'no_price' });
  });

  it('sum up to nothing where one part of the sum is unknown', () => {
    const [btc] = holdingsOf([balance({ asset: 'BTC' }), balance({ asset: 'BTC', account: 2, usd_value: null })]);
    expect(btc?.valueUsd).toBeNull();
  });

  it('leave out what the rule hides, and count it', () => {
    const shown = showHoldings(rows, '', true);
    expect(shown.rows.map((h) => h.asset)).toEqual(['BTC', 'ETH', 'FET']);
    expect(shown.hidden).toBe(1);
    expect(showHoldings(rows, '', false)).toMatchObject({ rows, hidden: 0 });
  });

  it('are filtered by symbol or name', () => {
    expect(showHoldings(rows, ' dog', false).rows.map((h) => h.asset)).toEqual(['DOGE']);
  });

  it('export full precision, and dots for amounts while amounts are hidden', () => {
    const [head, btc] = holdingsCsv(rows, ['h'], null);
    expect(head).toEqual(['h']);
    expect(btc?.[4]).toBe('0.3');
    const hidden = holdingsCsv(rows, ['h'], '•••••')[1];
    expect([hidden?.[4], hidden?.[7]]).toEqual(['•••••', '•••••']);
    expect(hidden?.[8]).toBeCloseTo(90, 10);
  });
});
