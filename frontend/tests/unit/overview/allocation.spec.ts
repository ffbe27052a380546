import { describe, expect, it } from 'vitest';
import { barScale, rankColour, sharesByAccount, sharesByAsset, targetsOf } from '@/components/overview/allocation';
import { balance, balances as answer } from './builders';

const balances = [
  balance({ asset: 'ETH', usd_value: '250' }),
  balance({ asset: 'BTC', usd_value: '500' }),
  balance({ asset: 'ETH', account: 2, usd_value: '250.5' }),
  balance({ asset: 'XYZ', usd_value: null, price_usd: null, status: 'unavailable', reason: 'no_price' }),
];
const targets = { weights: new Map([['BTC', 60]]), bandPp: 0.75 };

describe('allocation', () => {
  it('adds a coin up over its accounts and ranks by value', () => {
    expect(sharesByAsset(balances, targets).map((s) => [s.key, s.valueUsd, s.rank])).toEqual([
      ['ETH', '500.5', 0], ['BTC', '500', 1],
    ]);
  });

  it('gives a coin without a price no share instead of a zero share', () => {
    expect(sharesByAsset(balances, targets).map((s) => s.key)).not.toContain('XYZ');
  });

  it('sums to 100 percent', () => {
    const total = sharesByAsset(balances, targets).reduce((sum, s) => sum + s.percent, 0);
    expect(total).toBeCloseTo(100, 10);
  });

  it('groups by account under the account name, without targets', () => {
    const rows = sharesByAccount(balances, new Map([['1', 'main-spot']]));
    expect(rows.map((r) => [r.label, r.valueUsd, r.targetPercent])).toEqual([
      ['main-spot', '750', null], ['2', '250.5', null],
    ]);
  });

  it('scales the bars so that the widest target fits too', () => {
    expect(barScale(sharesByAsset(balances, targets))).toBeGreaterThan(60);
  });

  it('fills the track with what is all there is', () => {
    expect(barScale(sharesByAsset([balance({ asset: 'BTC', usd_value: '500' })], { ...targets, weights: new Map() }))).toBe(100);
  });

  it('has the targets and the band that came with the balances', () => {
    const found = targetsOf(answer([balance({ asset: 'BTC', target_percent: 60, drift_percent: -10 }), balance({ asset: 'ETH' })]));
    expect([...found.weights]).toEqual([['BTC', 60]]);
    expect(found.bandPp).toBe(0.75);
    expect(targetsOf(null).weights.size).toBe(0);
  });

  it('repeats the last colour of the ramp after the eighth rank', () => {
    expect(rankColour(0)).toBe('var(--seq-1)');
    expect(rankColour(11)).toBe('var(--seq-8)');
  });
});
