import { afterEach, describe, expect, it } from 'vitest';
import Amount from '@/components/base/Amount.vue';
import Delta from '@/components/base/Delta.vue';
import DriftBar from '@/components/base/DriftBar.vue';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';

const NBSP = '\u00a0';
afterEach(() => {
  setDisplay({ hidden: false, locale: 'en-GB', currency: 'USDT' });
});

describe('Delta', () => {
  it('shows a rise and a fall by class, sign and figure', async () => {
    const up = await show(Delta, { props: { value: 2.22 } });
    expect([up.classes(), up.text()]).toEqual([['d', 'up'], '+2.22%']);
    const down = await show(Delta, { props: { value: '-1337.45', kind: 'money', chip: true } });
    expect([down.classes(), down.text()]).toEqual([['d', 'dn', 'chip-d'], '-$1,337.45']);
  });
  it('is flat, with neither sign nor colour, for what rounds to zero', async () => {
    const flat = await show(Delta, { props: { value: -0.001 } });
    expect([flat.classes(), flat.text()]).toEqual([['d', 'eq'], '0.00%']);
  });
  it('never writes a missing figure as 0', async () => {
    const missing = await show(Delta, { props: { value: null, missing: 'not-yet', note: 'needs 730 days, has 412' } });
    expect(missing.text()).toBe('not yet needs 730 days, has 412');
    const none = await show(Delta, { props: { value: null } });
    expect(none.find('.sr').text()).toBe('not applicable');
  });
  it('keeps zero apart from missing', async () => {
    expect((await show(Delta, { props: { value: 0 } })).text()).toBe('0.00%');
    expect((await show(Delta, { props: { value: '0', kind: 'points' } })).text()).toBe(`0.00${NBSP}pp`);
  });
  it('hides money but not percent', async () => {
    setDisplay({ hidden: true });
    expect((await show(Delta, { props: { value: '5', kind: 'money' } })).text()).toBe('•••••');
    expect((await show(Delta, { props: { value: 5 } })).text()).toBe('+5.00%');
  });
  it('turns grey when stale', async () => {
    expect((await show(Delta, { props: { value: 5, stale: true } })).classes()).toContain('stale');
  });
});

describe('Amount', () => {
  it('dims the cents of the headline and reads as one figure', async () => {
    const total = await show(Amount, { props: { value: '143224.84', split: true } });
    expect([total.text(), total.find('.x').text()]).toEqual(['$143,224.84', '.84']);
  });
  it('says why there is none', async () => {
    expect((await show(Amount, { props: { value: null, missing: 'no-price' }, language: 'fr' })).text()).toBe('sans prix');
  });
  it('is replaced, not blurred, when hidden, and says so to screen readers', async () => {
    setDisplay({ hidden: true });
    const amount = await show(Amount, { props: { value: '143224.84', split: true } });
    expect(amount.html()).not.toContain('143');
    expect(amount.find('.sr').text()).toBe('amount hidden');
    expect((await show(Amount, { props: { value: '97412.5', kind: 'price' } })).text()).toBe('97,412.50');
  });
  it('gives the full quantity on hover, but not when hidden', async () => {
    const shown = await show(Amount, { props: { value: '0.61386412345678', kind: 'quantity' } });
    expect([shown.text(), shown.attributes('title')]).toEqual(['0.613864', '0.61386412345678']);
    setDisplay({ hidden: true });
    expect((await show(Amount, { props: { value: '0.61386412345678', kind: 'quantity' } })).html()).not.toContain('0.6138');
  });
});

describe('DriftBar', () => {
  it('says in words whether it is inside the band and on the scale', async () => {
    const words = async (drift: number): Promise<string> => (await show(DriftBar, { props: { drift, band: 0.75, scale: 4 } })).text();
    expect([await words(0.5), await words(-1.2), await words(9)]).toEqual(['inside the band', 'outside the band', 'outside the band, beyond the scale']);
  });
});
