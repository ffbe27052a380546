import { flushPromises, type DOMWrapper, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { ApiError, ConnectionError } from '@/api/problem';
import FlowForm from '@/components/cashflows/FlowForm.vue';
import type { CashFlow } from '@/composables/types';
import { setDisplay } from '@/lib/display';
import { show, until } from '../mounting';
import { overview } from '../overview/builders';
import { flow } from './builders';

const NOW = Date.parse('2026-11-20T13:32:07Z');
let writes: { add: Mock; change: Mock; drop: Mock };

beforeEach(() => {
  setDisplay({ timeZone: 'Europe/Paris' });
  writes = {
    add: vi.fn(() => Promise.resolve({ item: flow({ id: 9 }), recomputing: true })),
    change: vi.fn(() => Promise.resolve({ item: flow({ id: 7 }), recomputing: false })),
    drop: vi.fn(),
  };
  vi.stubGlobal('fetch', (request: Request) => {
    const before = new URL(request.url).searchParams.get('before') ?? '';
    const items = before < '2024' ? [] : [{ id: 1, timestamp: '2026-11-20T08:00:00Z', total_value_usd: '141351.44', status: 'exact' }];
    return Promise.resolve(Response.json({ items, next_cursor: null }));
  });
});
afterEach(() => {
  document.body.innerHTML = '';
});

async function form(editing: CashFlow | null = null): Promise<VueWrapper> {
  const wrapper = await show(FlowForm, { props: { writes, accounts: overview().accounts, now: NOW, intervalS: 3600, editing } });
  await flushPromises();
  return wrapper;
}
const field = (wrapper: VueWrapper, label: string): Omit<DOMWrapper<Element>, 'exists'> => {
  const id = wrapper.findAll('label').find((one) => one.text().startsWith(label))?.attributes('for') ?? '';
  return wrapper.get(`[id="${id}"]`);
};
async function fill(wrapper: VueWrapper, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(wrapper, label).setValue(value);
  await wrapper.get('form').trigger('submit');
  await flushPromises();
}

describe('adding', () => {
  it('sends magnitude, type, instant in UTC, note and account', async () => {
    const wrapper = await form();
    await fill(wrapper, { Amount: '1 500,50', Date: '2026-11-20', Time: '09:15', Note: 'Bonus' });
    expect(writes.add.mock.calls[0]?.[0]).toEqual({ timestamp: '2026-11-20T08:15:00.000Z', type: 'DEPOSIT', amount_usd: '1500.5', description: 'Bonus', account: 1 });
    expect(wrapper.emitted('saved')).toHaveLength(1);
    expect((field(wrapper, 'Amount').element as HTMLInputElement).value).toBe('');
  });

  it.each([['0', 'An amount of zero is no cash flow.'], ['', 'An amount, such as'], ['abc', 'Not a number.'], ['-5', 'Without a sign']])('refuses the amount "%s" at the field', async (amount, message) => {
    const wrapper = await form();
    await fill(wrapper, { Amount: amount });
    expect(field(wrapper, 'Amount').attributes('aria-invalid')).toBe('true');
    expect(wrapper.get('.err').text()).toContain(message);
    expect(writes.add).not.toHaveBeenCalled();
  });

  it('refuses a future date at the date, a future minute at the time', async () => {
    const wrapper = await form();
    await fill(wrapper, { Amount: '5', Date: '2026-11-21' });
    expect(field(wrapper, 'Date').attributes('aria-invalid')).toBe('true');
    await fill(wrapper, { Date: '2026-11-20', Time: '23:59' });
    expect(field(wrapper, 'Time').attributes('aria-invalid')).toBe('true');
    expect(wrapper.get('.err').text()).toBe('This lies in the future.');
    expect(writes.add).not.toHaveBeenCalled();
  });

  it('judges a field when the next one has the focus, not when a button is pressed', async () => {
    const wrapper = await form();
    const amount = field(wrapper, 'Amount');
    await amount.setValue('0');
    await amount.trigger('focusout', { relatedTarget: wrapper.get('button[type="submit"]').element });
    expect(wrapper.find('.err').exists()).toBe(false);
    await amount.trigger('focusout', { relatedTarget: field(wrapper, 'Date').element });
    expect(wrapper.get('.err').text()).toContain('zero');
  });

  it('does not scold a field that nobody has left yet', async () => {
    expect((await form()).find('.err').exists()).toBe(false);
  });

  it('shows how an amount is read', async () => {
    const wrapper = await form();
    await field(wrapper, 'Amount').setValue('1.500,00');
    expect(wrapper.get('[data-testid="reading"]').text()).toBe('Read as 1,500.00');
  });

  it('asks which number "3.000" means, and takes the answer', async () => {
    const wrapper = await form();
    await field(wrapper, 'Amount').setValue('3.000');
    const offers = wrapper.get('[data-testid="which"]').findAll('button');
    expect(offers.map((offer) => offer.text())).toEqual(['3,000.00', '3.00']);
    await offers[0]?.trigger('click');
    expect(wrapper.get('[data-testid="reading"]').text()).toBe('Read as 3,000.00');
    await fill(wrapper, {});
    expect(writes.add.mock.calls[0]?.[0]).toMatchObject({ amount_usd: '3000' });
  });

  it('keeps the smaller reading readable in one way only', async () => {
    const wrapper = await form();
    await field(wrapper, 'Amount').setValue('3,125');
    await wrapper.get('[data-testid="which"]').findAll('button')[1]?.trigger('click');
    await fill(wrapper, {});
    expect(writes.add.mock.calls[0]?.[0]).toMatchObject({ amount_usd: '3.125' });
  });

  it('shows what the server refuses at its field, and the rest below', async () => {
    writes.add.mockRejectedValueOnce(new ApiError(422, 'bad-input', 'too early', '/x', undefined, [{ field: 'timestamp', message: 'before the account was opened' }], undefined));
    const wrapper = await form();
    await fill(wrapper, { Amount: '5' });
    expect(wrapper.get('.err').text()).toBe('before the account was opened');
  });

  it('sends the same form again under the same key, so that it is recorded once', async () => {
    writes.add.mockRejectedValueOnce(new ConnectionError('/x'));
    const wrapper = await form();
    await fill(wrapper, { Amount: '5' });
    expect(wrapper.get('.note.bad').text()).toContain('Nothing is recorded twice');
    await fill(wrapper, {});
    expect(writes.add).toHaveBeenCalledTimes(2);
    expect(writes.add.mock.calls[0]?.[1]).toBe(writes.add.mock.calls[1]?.[1]);
  });
});

describe('effect', () => {
  it('states before saving which hour is cut and which value is used', async () => {
    const wrapper = await form();
    await field(wrapper, 'Time').setValue('09:15');
    await until(() => expect(wrapper.get('[data-testid="effect"]').text()).toContain('the hour from 09:00 is cut in two. Value before the flow is computed at the prices of 09:15; the 09:00 snapshot before it says $141,351.44.'));
  });

  it('says that a flow before the first snapshot is opening capital', async () => {
    const wrapper = await form();
    await field(wrapper, 'Date').setValue('2020-01-01');
    await until(() => expect(wrapper.get('[data-testid="effect"]').text()).toContain('part of the opening capital'));
  });

  it('says nothing is cut on a slot', async () => {
    const wrapper = await form();
    await field(wrapper, 'Time').setValue('09:00');
    await until(() => expect(wrapper.get('[data-testid="effect"]').text()).toContain('nothing is cut, as the flow falls on the snapshot of 09:00. Value before the flow is taken from the 09:00 snapshot, $141,351.44.'));
  });
});

describe('editing', () => {
  it('starts from the flow and sends what may change', async () => {
    const wrapper = await form(flow());
    expect((field(wrapper, 'Amount').element as HTMLInputElement).value).toBe('3200');
    await fill(wrapper, { Amount: '3300' });
    expect(writes.change.mock.calls[0]).toEqual([7, { timestamp: '2026-10-28T01:52:00.000Z', type: 'WITHDRAW', amount_usd: '3300', description: 'Card top-up' }]);
  });

  it('changes the note alone of a flow found on the exchange', async () => {
    const wrapper = await form(flow({ source: 'exchange' }));
    expect(wrapper.text()).toContain('found on the exchange');
    expect(wrapper.findAll('input')).toHaveLength(1);
    await fill(wrapper, { Note: 'Rent' });
    expect(writes.change.mock.calls[0]).toEqual([7, { description: 'Rent' }]);
  });
});
