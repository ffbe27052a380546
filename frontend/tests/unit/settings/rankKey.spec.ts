import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import RankKeyPanel from '@/components/settings/RankKeyPanel.vue';
import type { RankKey } from '@/composables/useRankKey';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';

const NONE: RankKey = { environment: 'live', source: null, set_by: null, ending: null, added_at: null, used: null, granted: null, told_at: null, refusal: null, blocked: null };
const KEPT: RankKey = { ...NONE, source: 'coinmarketcap', set_by: 'page', ending: '3c91', added_at: '2026-11-20T10:00:00Z', used: 41, granted: 10_000, told_at: '2026-11-20T10:00:01Z' };
const TYPED = 'b54bcf4d-1bca-4e8e-9a24-22ff2c3d3c91';

interface Sent { method: string; path: string; body: unknown }
/** A server that has the key in a state, and in the next one after a write; or refuses each write. */
function server(states: RankKey[], refusal?: { status: number; body: object }): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const writes = request.method !== 'GET';
    if (writes) {
      const text = await request.text();
      sent.push({ method: request.method, path: new URL(request.url).pathname, body: text ? (JSON.parse(text) as unknown) : null });
      if (refusal) return new Response(JSON.stringify(refusal.body), { status: refusal.status, headers: { 'Content-Type': 'application/problem+json' } });
      if (states.length > 1) states.shift();
    }
    return new Response(JSON.stringify(states[0]), { headers: { 'Content-Type': 'application/json' } });
  }));
  return sent;
}
async function panel(states: RankKey[], refusal?: { status: number; body: object }, language: 'en' | 'fr' = 'en') {
  const sent = server(states, refusal);
  const wrapper = await show(RankKeyPanel, { language });
  await flushPromises();
  const input = () => wrapper.get<HTMLInputElement>('input');
  const button = (name: string) => wrapper.findAll('button').find((one) => one.text() === name);
  const save = async () => {
    await wrapper.get('form').trigger('submit');
    await flushPromises();
  };
  return { wrapper, sent, input, button, save };
}
const hint = (wrapper: VueWrapper): string => wrapper.get('.hint').text();
const notes = (wrapper: VueWrapper): (string | undefined)[] => wrapper.findAll('[data-note]').map((one) => one.attributes('data-note'));

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the key of ranks', () => {
  it('is typed unseen, sent once, and then shown by its end with what it has used', async () => {
    const { wrapper, sent, input, button, save } = await panel([NONE, KEPT]);
    expect([input().attributes('type'), hint(wrapper), button('Keep key')?.attributes('disabled')]).toEqual(['password', 'Used for the rank filter only. Without a key the filter is off.', '']);
    await input().setValue(` ${TYPED} `);
    expect(wrapper.get('h2').text()).toBe('Market datanot saved');
    await save();
    expect(sent).toEqual([{ method: 'PUT', path: '/api/rebalancing/rank-key', body: { key: TYPED } }]);
    expect(useToastStore().toasts.map(({ text }) => text)).toEqual(['The key of CoinMarketCap is kept. It is used from now on.']);
    expect([input().element.value, input().attributes('readonly')]).toEqual([`${'•'.repeat(16)}3c91`, '']);
    expect(hint(wrapper)).toBe('Used for the rank filter only. 41 of 10,000 calls this month.');
    expect(document.body.innerHTML).not.toContain(TYPED);
    expect(wrapper.text()).not.toContain('not saved');
  });

  it('is not sent while it is none', async () => {
    const { wrapper, sent, input, save } = await panel([NONE]);
    for (const text of ['short', 'two words of a key', 'clé-avec-accent', 'k'.repeat(201)]) {
      await input().setValue(text);
      await save();
      expect(wrapper.get('.err').text()).toContain('8 to 200');
      expect(input().attributes('aria-invalid')).toBe('true');
    }
    expect(sent).toEqual([]);
  });

  it('is replaced by another, or not after all', async () => {
    const { sent, input, button, save } = await panel([KEPT, { ...KEPT, ending: 'k2Wd', used: null, granted: null }]);
    await button('Replace')?.trigger('click');
    await flushPromises();
    expect([input().element.value, document.activeElement === input().element]).toEqual(['', true]);
    await button('Cancel')?.trigger('click');
    expect(input().element.value).toContain('3c91');
    await button('Replace')?.trigger('click');
    await input().setValue(TYPED);
    await save();
    expect([sent.length, input().element.value.slice(-4)]).toEqual([1, 'k2Wd']);
  });

  it('is forgotten', async () => {
    const { wrapper, sent, input, button } = await panel([KEPT, NONE]);
    await button('Remove')?.trigger('click');
    await flushPromises();
    expect(sent).toEqual([{ method: 'DELETE', path: '/api/rebalancing/rank-key', body: null }]);
    expect([input().attributes('type'), button('Remove'), useToastStore().toasts[0]?.text]).toEqual(['password', undefined, 'The key of CoinMarketCap is forgotten.']);
    expect(notes(wrapper)).toEqual([]);
  });

  it('says what the server has against it at its field, or below', async () => {
    const refused = await panel([NONE], { status: 422, body: { title: 'Bad', errors: [{ field: 'key', message: 'This is no key' }] } });
    await refused.input().setValue(TYPED);
    await refused.save();
    expect([refused.wrapper.get('.err').text(), refused.input().element.value]).toEqual(['This is no key', TYPED]);
    refused.wrapper.unmount();
    const failing = await panel([NONE], { status: 503, body: { title: 'Away', detail: 'The database is busy' } });
    await failing.input().setValue(TYPED);
    await failing.save();
    expect(failing.wrapper.get('p[role="alert"]').text()).toBe('That could not be done: The database is busy');
  });

  it('asks before what was typed is lost', async () => {
    const asked = vi.fn(() => false);
    vi.stubGlobal('confirm', asked);
    const { wrapper, input, button } = await panel([NONE]);
    const { $router: router } = wrapper.vm;
    await router.push('/trades');
    await input().setValue(TYPED);
    await router.push('/system');
    expect([asked.mock.calls.length, router.currentRoute.value.name]).toEqual([1, 'trades']);
    await button('Cancel')?.trigger('click');
    expect(input().element.value).toBe('');
    await router.push('/system');
    expect([asked.mock.calls.length, router.currentRoute.value.name]).toEqual([1, 'system']);
  });
});

describe('where the key of ranks stands', () => {
  it('in the settings: it is shown, another can be entered, and it cannot be removed here', async () => {
    const { wrapper, input, button } = await panel([{ ...KEPT, set_by: 'settings', added_at: null }]);
    expect([input().element.value.slice(-4), notes(wrapper), button('Remove')]).toEqual(['3c91', ['settings'], undefined]);
    await button('Enter another')?.trigger('click');
    expect(input().attributes('type')).toBe('password');
  });

  it('refused: it says so', async () => {
    const { wrapper, button } = await panel([{ ...KEPT, used: null, granted: null, refusal: 'CoinMarketCap refuses the key' }]);
    expect(notes(wrapper)).toEqual(['refused']);
    expect(button('Replace')).toBeDefined();
  });

  it('lost: it can be entered again at once, or removed', async () => {
    const { wrapper, input, button } = await panel([{ ...NONE, set_by: 'page', ending: '3c91', blocked: 'key_lost' }]);
    expect([notes(wrapper), input().attributes('type'), input().attributes('disabled')]).toEqual([['key_lost'], 'password', undefined]);
    expect(button('Remove')).toBeDefined();
  });

  it.each([['demo', 'demo'], ['no_vault', null]] as const)('%s: nothing can be typed', async (blocked, source) => {
    const { wrapper, input } = await panel([{ ...NONE, blocked, source }]);
    expect([notes(wrapper), input().attributes('disabled'), wrapper.findAll('button')]).toEqual([[blocked], '', []]);
  });

  it('not told yet, or told without a limit', async () => {
    expect(hint((await panel([{ ...KEPT, used: null, granted: null }])).wrapper)).toContain('not known yet');
    expect(hint((await panel([{ ...KEPT, granted: null }])).wrapper)).toContain('Calls this month: 41.');
    expect(hint((await panel([KEPT], undefined, 'fr')).wrapper)).toMatch(/Sert uniquement au filtre de rang\. 41 appels sur 10.000 ce mois-ci\./);
  });
});
