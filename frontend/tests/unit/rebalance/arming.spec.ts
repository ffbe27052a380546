import { enableAutoUnmount, flushPromises } from '@vue/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed } from 'vue';
import * as client from '@/api/client';
import { ApiError } from '@/api/problem';
import ArmingPanel from '@/components/rebalance/ArmingPanel.vue';
import ChooseAccount from '@/components/rebalance/ChooseAccount.vue';
import StepBar from '@/components/rebalance/StepBar.vue';
import type { AccountItem } from '@/composables/useAccountList';
import { useTradingAccount } from '@/composables/useTradingAccount';
import { useSessionStore } from '@/stores/session';
import { inApp, show } from '../mounting';
import { ready } from '../overview/builders';
import { account } from './builders';

enableAutoUnmount(afterEach); // a clock that nobody reads any more stops
const NOW = Date.parse('2026-11-20T13:00:00Z');
beforeAll(async () => (await show(StepBar, { props: { steps: [] } })).unmount(), 60_000);
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const panel = (trading: AccountItem['trading']) => show(ArmingPanel, { props: { account: account({ trading }) } });
const DISARMED = { allowed: true, armed: false, armed_until: null, reason: 'trading-disarmed', detail: 'x' } as const;

describe('arming', () => {
  it('is for a time that is chosen, by the name typed', async () => {
    const create = vi.spyOn(client, 'create').mockResolvedValue({});
    const wrapper = await panel(DISARMED);
    expect(wrapper.text()).toContain('Not armed: no order is sent');
    await wrapper.get('select').setValue(240);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    const dialog = document.querySelector('[role="alertdialog"]');
    expect(dialog?.textContent).toContain('Arm main-spot for trading?');
    const field = dialog?.querySelector('input');
    if (field) field.value = 'main-spot';
    field?.dispatchEvent(new Event('input'));
    dialog?.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(create).toHaveBeenCalledWith('/api/accounts/{account_id}/arm', { minutes: 240, confirmation: 'main-spot' }, { path: { account_id: 1 } });
    expect(document.querySelector('[role="alertdialog"]')).toBeNull();
  });
  it('counts down, can be ended, and says when it is over', async () => {
    const create = vi.spyOn(client, 'create').mockResolvedValue({});
    const wrapper = await panel({ allowed: true, armed: true, armed_until: '2026-11-20T13:00:05Z', reason: null, detail: null });
    expect(wrapper.text()).toMatch(/Armed for 5\ss more/);
    await wrapper.findAll('button').find((one) => one.text() === 'Disarm')?.trigger('click');
    expect(create).toHaveBeenCalledWith('/api/accounts/{account_id}/disarm', undefined, { path: { account_id: 1 } });
    expect(wrapper.emitted('over')).toBeUndefined();
    vi.advanceTimersByTime(5000);
    await flushPromises();
    expect(wrapper.emitted('over')).toHaveLength(1);
  });
  it('the server’s refusal stands in the dialog', async () => {
    vi.spyOn(client, 'create').mockRejectedValue(new ApiError(403, 'not-allowed', 'x', '/p', undefined, [], undefined));
    const wrapper = await panel(DISARMED);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    const dialog = document.querySelector('[role="alertdialog"]');
    const field = dialog?.querySelector('input');
    if (field) field.value = 'main-spot';
    field?.dispatchEvent(new Event('input'));
    dialog?.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await flushPromises();
    expect(dialog?.textContent).toContain('This is not allowed here yet.');
  });
  it('says why an account may not trade, and offers nothing then', async () => {
    const wrapper = await panel({ allowed: true, armed: false, armed_until: null, reason: 'key-rights', detail: 'x' });
    expect(wrapper.text()).toContain('works from any address');
    expect(wrapper.find('form').exists()).toBe(false);
  });
  it('on the built-in exchange there is nothing to arm', async () => {
    const wrapper = await panel({ allowed: true, armed: true, armed_until: null, reason: null, detail: null });
    expect(wrapper.text()).toContain('Orders are always taken');
    expect(wrapper.find('form').exists()).toBe(false);
  });
});

describe('accounts that may trade', () => {
  const ITEMS = [account(), account({ id: 2, name: 'reader', trading: { allowed: false, armed: false, armed_until: null, reason: 'key-reads-only', detail: 'x' } }), account({ id: 3, name: 'old', trading: { allowed: false, armed: false, armed_until: null, reason: 'no-key', detail: 'x' } })];
  it('are the only ones that the switcher offers', async () => {
    vi.spyOn(client, 'read').mockResolvedValue({ environment: 'testnet', items: ITEMS });
    const { result, stop } = await inApp(useTradingAccount);
    await flushPromises();
    expect([result.may.value.map(({ id }) => id), result.account.value]).toEqual([[1], null]);
    expect(useSessionStore().offered).toEqual([1]);
    stop();
  });
  it('the others are named with what keeps each from it', async () => {
    const trading = { list: ready({ environment: 'testnet', items: ITEMS }), account: computed(() => null), may: computed(() => ITEMS.slice(0, 1)), mayNot: computed(() => ITEMS.slice(1)), choose: vi.fn() };
    const wrapper = await show(ChooseAccount, { props: { trading, refused: 'reader' } });
    expect(wrapper.text()).toContain('reader cannot be planned for');
    expect(wrapper.get('[data-testid="may-not-trade"]').text()).toMatch(/reader.*may only read.*old.*lives from statements/s);
    expect(wrapper.findAll('button').map((one) => one.text())).toEqual(['main-spot']);
  });
});
