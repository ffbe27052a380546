import { enableAutoUnmount, flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as client from '@/api/client';
import ConvertPanel from '@/components/rebalance/ConvertPanel.vue';
import type { ConversionPlan } from '@/composables/rebalanceTypes';
import { show } from '../mounting';

enableAutoUnmount(afterEach);
const NOW = Date.parse('2026-11-20T13:00:00Z');
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const leg = (symbol: string, given: string, taken: string, spent: string, received: string) => ({ symbol, side: 'SELL' as const, given, taken, quantity: spent, price: '1', spent, received, fee_usd: '0.31' });
const planned = (over: Partial<ConversionPlan> = {}): ConversionPlan => ({
  plan_id: 'a41f0000-1', hash: 'f'.repeat(64), created_at: '2026-11-20T13:00:00Z', expires_at: '2026-11-20T13:01:00Z', executable: true, blocked: [], environment: 'testnet', from: 'LTC', to: 'ETH', amount: '3',
  spent: '3', expected: '0.0987', route: [], fee_usd: '0.62', spread_usd: '0.05', legs: [leg('LTCUSDT', 'LTC', 'USDT', '3', '314.68'), leg('ETHUSDT', 'USDT', 'ETH', '314.68', '0.0987')], ...over,
});
async function asked(plan: ConversionPlan) {
  const create = vi.spyOn(client, 'create').mockImplementation((path: string) => Promise.resolve(path.endsWith('/plan') ? plan : { run_id: 41 }));
  const wrapper = await show(ConvertPanel, { props: { account: 1, name: 'main-spot', environment: 'testnet', free: new Map([['LTC', '20']]), coins: ['ETH'] } });
  await wrapper.get('select').setValue('LTC');
  const [to, amount] = wrapper.findAll('input');
  await to?.setValue('eth');
  await amount?.setValue('3');
  await wrapper.findAll('button').find((one) => one.text() === 'Convert…')?.trigger('click');
  await flushPromises();
  return { create, wrapper, dialog: () => document.querySelector('[role="alertdialog"]') };
}
async function answer(dialog: Element | null): Promise<void> {
  const field = dialog?.querySelector('input');
  if (field) field.value = 'main-spot';
  field?.dispatchEvent(new Event('input'));
  dialog?.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
}

it('is asked about with what each order gives, and carries out what was seen', async () => {
  const { create, wrapper, dialog } = await asked(planned());
  expect(create).toHaveBeenCalledWith('/api/rebalancing/convert/plan', { account: 1, from: 'LTC', to: 'ETH', amount: '3' });
  const text = dialog()?.textContent.replaceAll(/\s+/g, ' ') ?? '';
  for (const part of ['LTCUSDT', '314.68', 'ETHUSDT', '0.0987', '0.62', 'Expected, after fee and spread']) expect(text).toContain(part);
  await answer(dialog());
  expect(create).toHaveBeenLastCalledWith('/api/rebalancing/execute', { plan_id: 'a41f0000-1', hash: 'f'.repeat(64), dry_run: false, confirmation: 'main-spot' }, expect.anything());
  expect(dialog()).toBeNull();
  expect(wrapper.emitted('begun')).toEqual([[41, false]]);
});

it('is not carried out once its prices are old, or while data do not allow it', async () => {
  const { create, dialog } = await asked(planned());
  vi.advanceTimersByTime(61_000);
  await flushPromises();
  expect(dialog()?.textContent).toContain('Older than 60 s');
  await answer(dialog());
  expect(create).toHaveBeenCalledTimes(1);
});

it('says why it cannot be carried out', async () => {
  const { create, dialog } = await asked(planned({ executable: false, blocked: [{ code: 'history-importing', detail: 'x' }] }));
  expect(dialog()?.textContent).toContain('The history of this account is still being read');
  await answer(dialog());
  expect(create).toHaveBeenCalledTimes(1);
});
