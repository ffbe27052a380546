import { describe, expect, it } from 'vitest';
import { fromWeights, giveRest, readTargets, rowsOf, scaleToWhole, sharesOf } from '@/components/rebalance/targets';

const rows = (text: string) => text.split(' ').filter(Boolean).map((one) => ({ coin: one.split(':')[0] ?? '', percent: one.split(':')[1] ?? '' }));
const percents = (list: readonly { percent: string }[] | null) => list?.map(({ percent }) => percent);

describe('targets as typed', () => {
  it('are taken only when they are exactly 100.00', () => {
    expect(readTargets(rows('BTC:60 ETH:40')).weights).toEqual({ BTC: 60, ETH: 40 });
    expect(readTargets(rows('BTC:60 ETH:39.5')).weights).toBeNull();
    expect(readTargets(rows('BTC:60 ETH:39.99')).weights).toBeNull();
    expect(readTargets([]).weights).toBeNull();
  });
  it('say what is left, below zero when it is too much', () => {
    expect(readTargets(rows('BTC:60 ETH:39.5')).left.toString()).toBe('0.5');
    expect(readTargets(rows('BTC:60 ETH:41')).left.toString()).toBe('-1');
  });
  it('read a comma as a point, and any case of a coin', () => {
    expect(readTargets(rows('btc:60,5 Eth:39,5')).weights).toEqual({ BTC: 60.5, ETH: 39.5 });
  });
  it('name what is wrong with each row', () => {
    expect(readTargets(rows('BTC:x btc:1 :5 A-B:5 SOL:-1 ADA:101')).errors).toEqual(['badWeight', 'twice', 'noCoin', 'noCoin', 'badWeight', 'overWhole']);
  });
  it('may be zero: sell all of it', () => {
    expect(readTargets(rows('BTC:100 DOGE:0')).weights).toEqual({ BTC: 100, DOGE: 0 });
  });
});

describe('help to reach the whole', () => {
  it('gives what is left to one coin, which gets a row where it has none', () => {
    expect(giveRest(rows('BTC:60 USDT:30'), 'USDT')).toEqual(rows('BTC:60 USDT:40.00'));
    expect(giveRest(rows('BTC:60'), 'USDT')).toEqual(rows('BTC:60 USDT:40.00'));
  });
  it('takes what is too much from it, and refuses where it has less', () => {
    expect(giveRest(rows('BTC:90 USDT:30'), 'USDT')).toEqual(rows('BTC:90 USDT:10.00'));
    expect(giveRest(rows('BTC:99 USDT:1 ETH:20'), 'USDT')).toBeNull();
  });
  it('scales all by one factor, to exactly 100.00', () => {
    const scaled = scaleToWhole(rows('BTC:1 ETH:1 SOL:1'));
    expect(percents(scaled)).toEqual(['33.34', '33.33', '33.33']);
    expect(readTargets(scaled ?? []).weights).not.toBeNull();
    expect(scaleToWhole(rows('BTC:0'))).toBeNull();
  });
  it('takes current weights as they are, without dust, to exactly 100.00', () => {
    const held = fromWeights([['BTC', 41.7543], ['ETH', 58.2417], ['SHIB', 0.004]]);
    expect(held.map(({ coin }) => coin)).toEqual(['BTC', 'ETH']);
    expect(readTargets(held).weights).not.toBeNull();
    expect(fromWeights([])).toEqual([]);
  });
  it('shows what is kept with two decimals, the largest first', () => {
    expect(rowsOf({ ETH: 25, BTC: 74.125, SOL: 0.875 })).toEqual(rows('BTC:74.125 ETH:25.00 SOL:0.875'));
  });
});

describe('shares of now beside the targets', () => {
  const held = (asset: string, percent: number | null, base: number | null, targeted: boolean) => ({ asset, name: asset, percent, base, targeted });
  it('are those of what takes part, as the server says, while the list has the kept coins', () => {
    const kept = [held('BTC', 30, 74, true), held('ETH', 10, 26, true), held('DOGE', 60, null, false)];
    expect([...sharesOf(kept, rows('BTC:60 ETH:40'))]).toEqual([['BTC', 74], ['ETH', 26]]);
    expect([...sharesOf(kept, rows('BTC:60 ETH:20 DOGE:20')).values()]).toEqual([30, 10, 60]);
    expect([...sharesOf(kept, rows('BTC:100')).values()]).toEqual([100]);
  });
  it('are of all that is held where coins without a target are sold too, and unknown without a price', () => {
    const sold = [held('BTC', 30, 30, true), held('DOGE', 60, 60, false), held('XYZ', null, null, false)];
    expect([...sharesOf(sold, rows('BTC:50 SOL:30 XYZ:20')).values()]).toEqual([30, 0, null]);
    expect([...sharesOf([], rows('BTC:100')).values()]).toEqual([null]);
  });
});
