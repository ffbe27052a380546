import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import HiddenCoins from '@/components/settings/HiddenCoins.vue';
import { show } from '../mounting';

const kept = { reporting_currency: 'USDT', hidden_coins: { minimum_usd: '5', unpriced: false, assets: ['SPAM'] } };

/** A server that answers with what it keeps, and takes what it is sent unless it refuses. */
function server(refuses = false): { sent: unknown[] } {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    if (request.method === 'PUT') sent.push(await request.json());
    const status = request.method === 'PUT' && refuses ? 503 : 200;
    return new Response(JSON.stringify(kept), { status, headers: { 'Content-Type': 'application/json' } });
  }));
  return { sent };
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the rule that hides coins', () => {
  it('is shown as the server keeps it, and sent whole when a part of it changes', async () => {
    const { sent } = server();
    const wrapper = await show(HiddenCoins);
    await flushPromises();
    const [minimum, named] = wrapper.findAll('input');
    expect([minimum?.element.value, named?.element.value]).toEqual(['5', 'SPAM']);
    await minimum?.setValue('2,5');
    await named?.setValue('spam, dust');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(sent.at(-1)).toEqual({ hidden_coins: { minimum_usd: '2.5', unpriced: false, assets: ['SPAM', 'DUST'] } });
  });

  it('is not sent while the minimum is no amount, and says when it was not kept', async () => {
    const { sent } = server(true);
    const wrapper = await show(HiddenCoins);
    await flushPromises();
    const [minimum] = wrapper.findAll('input');
    await minimum?.setValue('-1');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(sent).toEqual([]);
    await minimum?.setValue('1');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(wrapper.get('[role="alert"]').text()).toBe('Not saved. Try again.');
  });
});
