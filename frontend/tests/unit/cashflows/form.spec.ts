import { describe, expect, it } from 'vitest';
import { cutAt, draftAgain, draftOf, emptyForm, formOf, validate, type FlowForm } from '@/components/cashflows/form';
import { flow } from './builders';

const NOW = new Date('2026-11-20T13:32:07Z');
const ZONE = 'Europe/Paris';
const form = (over: Partial<FlowForm> = {}): FlowForm => ({
  type: 'DEPOSIT', amount: '1500', date: '2026-11-20', time: '09:15', account: null, note: '', ...over,
});

describe('cash-flow form', () => {
  it('starts at the present minute of the display zone', () => {
    expect(emptyForm(NOW, ZONE, 1)).toMatchObject({ date: '2026-11-20', time: '14:32', account: 1 });
  });

  it('accepts a complete form', () => {
    expect(validate(form(), NOW, ZONE)).toEqual({});
  });

  it.each([
    ['0', 'amountZero'], ['0,00', 'amountZero'], ['', 'amountMissing'], ['x', 'amountInvalid'], ['-5', 'amountNegative'], ['3.000', 'amountAmbiguous'],
  ])('refuses the amount "%s" at its field: %s', (amount, error) => {
    expect(validate(form({ amount }), NOW, ZONE)).toEqual({ amount: error });
  });

  it('refuses the future at the field that is in the future', () => {
    expect(validate(form({ time: '14:33' }), NOW, ZONE)).toEqual({ time: 'future' });
    expect(validate(form({ date: '2026-11-21' }), NOW, ZONE)).toEqual({ date: 'future' });
    expect(validate(form({ time: '14:32' }), NOW, ZONE)).toEqual({});
  });

  it('refuses a date that does not exist and an hour that daylight saving skips', () => {
    expect(validate(form({ date: '2026-02-31' }), NOW, ZONE)).toEqual({ date: 'dateInvalid' });
    expect(validate(form({ date: '2026-03-29', time: '02:30' }), NOW, ZONE)).toEqual({ time: 'timeInvalid' });
  });

  it('sends the instant in UTC, the magnitude positive and the sign as type', () => {
    expect(draftOf(form({ type: 'WITHDRAW', amount: '1 500,50', note: ' Tax ' }), ZONE)).toEqual({
      timestamp: '2026-11-20T08:15:00.000Z', type: 'WITHDRAW', amount_usd: '1500.5', description: 'Tax',
    });
  });

  it('shows an existing withdrawal as a magnitude in the display zone', () => {
    expect(formOf(flow({ type: 'WITHDRAW', amount_usd: '-3200' }), ZONE)).toMatchObject({ amount: '3200', type: 'WITHDRAW', date: '2026-10-28', time: '02:52' });
  });

  it('puts a deleted flow back with everything it had', () => {
    expect(draftAgain(flow({ amount_usd: '-3200.10', type: 'WITHDRAW' }))).toEqual({
      timestamp: '2026-10-28T01:52:00Z', type: 'WITHDRAW', amount_usd: '3200.1', description: 'Card top-up', asset: 'USDT', quantity: '3200', account: 1,
    });
  });
});

describe('effect on the return', () => {
  it('cuts the snapshot hour the flow falls into', () => {
    const cut = cutAt(new Date('2026-11-20T08:15:00Z'), 3600);
    expect([cut.from.toISOString(), cut.to.toISOString(), cut.onSlot]).toEqual([
      '2026-11-20T08:00:00.000Z', '2026-11-20T09:00:00.000Z', false,
    ]);
  });

  it('cuts nothing when the flow is exactly on a slot', () => {
    expect(cutAt(new Date('2026-11-20T08:00:00Z'), 3600).onSlot).toBe(true);
  });
});
