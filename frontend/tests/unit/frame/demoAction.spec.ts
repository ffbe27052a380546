import { describe, expect, it } from 'vitest';
import { demoBody, demoErrors, type DemoForm } from '@/composables/useDemoAction';

const form = (part: Partial<DemoForm>): DemoForm => ({ action: 'deposit', asset: 'usdt', amount: '1000', percent: '-10', ...part });

describe('the demo form', () => {
  it('sends amounts as decimal text, with point or comma', () => {
    expect(demoBody(form({ amount: ' 0,00000001 ' }))).toEqual({ action: 'deposit', asset: 'USDT', amount: '0.00000001' });
  });
  it('sends a shock as a number in percent, without an amount', () => {
    expect(demoBody(form({ action: 'price_shock', asset: 'BTC', percent: '-12,5' }))).toEqual({ action: 'price_shock', asset: 'BTC', percent: -12.5 });
  });
  it.each(['0', '', '-5', '1e9', '1.123456789', 'abc'])('refuses the amount %j', (amount) => {
    expect(demoErrors(form({ amount }))).toEqual({ amount: 'demo.badAmount' });
  });
  it.each(['0', '-96', '501', 'x'])('refuses the shock %j', (percent) => {
    expect(demoErrors(form({ action: 'price_shock', percent }))).toEqual({ percent: 'demo.badPercent' });
  });
  it('refuses an asset that is no short name', () => {
    expect(demoErrors(form({ asset: 'bit coin' }))).toEqual({ asset: 'demo.badAsset' });
    expect(demoErrors(form({}))).toEqual({});
  });
});
