import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AccountList from '@/components/settings/AccountList.vue';
import type { AccountItem } from '@/composables/useAccountList';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';

type Key = AccountItem['keys'][number];
const SAFE = { can_read: true, can_trade: true, can_withdraw: false, ip_restricted: true };

function key(over: Partial<Key> = {}): Key {
  return { kind: 'read', ending: '7fQx', key_type: 'hmac', added_at: '2026-01-01T00:00:00Z', checked_at: null, permissions: SAFE, verdict: 'good', findings: [], ip_seen: null, ...over };
}
function account(over: Partial<AccountItem> = {}): AccountItem {
  return {
    id: 1, name: 'main-spot', environment: 'live', has_read_key: true, has_trade_key: false, key: 'stored', key_ending: '7fQx', permissions: SAFE, verdict: 'good', ip_seen: null, keys: [key()],
    deletable: true, created_at: '2024-06-24T10:00:00Z', first_event_at: null, last_event_at: null, last_statement_at: null, events: 0, armed: false, armed_until: null,
    trading: { allowed: true, armed: false, armed_until: null, reason: 'trading-disarmed', detail: 'The account is not armed' }, ...over,
  };
}

interface Sent { method: string; url: string; body: unknown }
function server(items: AccountItem[], told: { status: number; body: object } = { status: 200, body: { environment: 'live', item: account() } }, environment = 'live'): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const url = new URL(request.url);
    if (request.method === 'GET') return new Response(JSON.stringify(url.pathname === '/api/accounts' ? { environment, items } : { accounts: [], wallets: [] }), { headers: { 'Content-Type': 'application/json' } });
    const text = await request.text();
    sent.push({ method: request.method, url: url.pathname + url.search, body: text ? (JSON.parse(text) as unknown) : null });
    return new Response(JSON.stringify(told.body), { status: told.status, headers: { 'Content-Type': told.status < 400 ? 'application/json' : 'application/problem+json' } });
  }));
  return sent;
}
async function list(language: 'en' | 'fr' = 'en'): Promise<VueWrapper> {
  const wrapper = await show(AccountList, { language });
  await flushPromises();
  return wrapper;
}
const button = (wrapper: VueWrapper, label: string) => wrapper.get(`button[aria-label="${label}"]`);
const dialog = (): HTMLElement | null => document.querySelector<HTMLElement>('[role="dialog"]');
const fields = (): (HTMLInputElement | HTMLTextAreaElement)[] => [...(dialog()?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? [])];
async function opened(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
}
async function typed(...values: string[]): Promise<void> {
  fields().forEach((field, i) => {
    field.value = values[i] ?? '';
    field.dispatchEvent(new Event('input'));
  });
  await nextTick();
  dialog()?.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the keys of an account', () => {
  it('show their ending, what they may do, and until when they are armed', async () => {
    server([account({ armed: true, armed_until: '2026-11-20T14:30:00Z', has_trade_key: true, keys: [key(), key({ kind: 'trade', ending: 'k2Wd' })] })]);
    const text = (await list()).get('[data-account="1"]').text();
    expect(text).toContain('Key ••••7fQx');
    expect(text).toContain('Trade key ••••k2Wd');
    expect(text).toContain('armed until 20 Nov 2026');
    expect(text).toMatch(/Read\s*needed.*Spot trading\s*for rebalancing.*Withdraw, transfer\s*off, as it must be.*IP restriction\s*set/s);
  });

  it('say what is wrong with them, and what to change', async () => {
    const bad = { ...SAFE, can_withdraw: true, ip_restricted: false };
    server([
      account({ permissions: bad, verdict: 'refused', keys: [key({ permissions: bad, verdict: 'refused', findings: ['may-withdraw'] })] }),
      account({ id: 2, name: 'vault', keys: [key({ findings: ['no-ip-restriction'], ip_seen: '203.0.113.24', verdict: 'warned' })] }),
      account({ id: 3, name: 'lost', key: 'lost', has_read_key: false }),
    ]);
    const wrapper = await list();
    expect(wrapper.get('[data-account="1"] [data-note="read-may-withdraw"]').text()).toContain('trading is blocked');
    expect(wrapper.get('[data-account="1"] [data-right="withdraw"]').text()).toContain('on: it must be off');
    expect(wrapper.get('[data-account="2"] [data-note]').text()).toContain('203.0.113.24');
    expect(wrapper.get('[data-account="3"]').text()).toContain('Key must be entered again');
    expect(wrapper.get('[data-account="3"] [data-note="lost"]').text()).toContain('must be entered again');
  });

  it('are checked, and what the exchange refuses is said', async () => {
    const sent = server([account()], { status: 200, body: { environment: 'live', item: account(), ok: false, code: 'credentials-refused', detail: 'The exchange refused the API key [-2015]' } });
    const wrapper = await list();
    await button(wrapper, 'Check key of main-spot').trigger('click');
    await flushPromises();
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /api/accounts/1/check']);
    expect(wrapper.get('[role="alert"]').text()).toContain('[-2015]');
  });

  it('are forgotten one by one', async () => {
    const sent = server([account({ has_trade_key: true, keys: [key(), key({ kind: 'trade', ending: 'k2Wd' })] })]);
    const wrapper = await list();
    await button(wrapper, 'Forget the trade key of main-spot').trigger('click');
    await flushPromises();
    await button(wrapper, 'Forget the key of main-spot').trigger('click');
    await flushPromises();
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual(['DELETE /api/accounts/1/key?kind=trade', 'DELETE /api/accounts/1/key?kind=read']);
  });
});

describe('a key that is typed', () => {
  it('makes an account, and nothing of it is left on the page', async () => {
    const sent = server([], { status: 201, body: { environment: 'live', item: account({ name: 'Main' }) } });
    const wrapper = await list();
    await wrapper.get('button.pri').trigger('click');
    await opened();
    await typed(' Main ', ' canary-key ', 'canary-secret\n');
    expect(sent).toEqual([{ method: 'POST', url: '/api/accounts', body: { name: 'Main', api_key: 'canary-key', api_secret: 'canary-secret' } }]);
    expect(dialog()).toBeNull();
    expect(document.documentElement.outerHTML).not.toContain('canary');
    expect(useToastStore().toasts.at(-1)?.text).toBe('Main added. Its balances are being read.');
  });

  it('replaces the one there is, for reading or for trading', async () => {
    const sent = server([account()]);
    const wrapper = await list();
    await button(wrapper, 'Replace the key of main-spot').trigger('click');
    await opened();
    await typed('k', 's');
    await button(wrapper, 'Add a trade key for main-spot').trigger('click');
    await opened();
    await typed('k2', 's2');
    expect(sent.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['PUT', '/api/accounts/1/key', { kind: 'read', api_key: 'k', api_secret: 's' }],
      ['PUT', '/api/accounts/1/key', { kind: 'trade', api_key: 'k2', api_secret: 's2' }],
    ]);
  });

  it('is asked for whole', async () => {
    const sent = server([]);
    const wrapper = await list();
    await wrapper.get('button.pri').trigger('click');
    await opened();
    await typed('', ' ', '');
    expect([...(dialog()?.querySelectorAll('.err') ?? [])].map((one) => one.textContent)).toEqual(['A name, such as Main.', 'The key is missing.', 'The secret is missing.']);
    expect(sent).toEqual([]);
  });

  it('says at its field what the server has against it', async () => {
    server([], { status: 422, body: { code: 'bad-input', detail: 'No', errors: [{ field: 'api_key', message: 'This key is not taken: it may withdraw' }] } });
    const wrapper = await list();
    await wrapper.get('button.pri').trigger('click');
    await opened();
    await typed('Main', 'k', 's');
    expect(dialog()?.querySelector('.err')?.textContent).toContain('it may withdraw');
    expect(fields()[1]?.getAttribute('aria-invalid')).toBe('true');
  });

  it('says so where the exchange could not be asked', async () => {
    server([], { status: 503, body: { code: 'exchange-unavailable', detail: 'The collector has not answered in time' } });
    const wrapper = await list();
    await wrapper.get('button.pri').trigger('click');
    await opened();
    await typed('Main', 'k', 's');
    expect(dialog()?.querySelector('[role="alert"]')?.textContent).toContain('The collector has not answered in time');
  });

  it('is not asked for in the demo', async () => {
    server([account({ environment: 'demo', key: 'settings', keys: [], deletable: false })], undefined, 'demo');
    const wrapper = await list();
    expect(wrapper.get<HTMLButtonElement>('button.pri').element.disabled).toBe(true);
    expect(wrapper.text()).toContain('The demo takes no key.');
    expect(wrapper.find('button[aria-label="Replace the key of main-spot"]').exists()).toBe(false);
    expect(wrapper.find('[data-right="withdraw"]').exists()).toBe(true);
  });
});

it('an account is called otherwise, or says why not', async () => {
  const sent = server([account()], { status: 422, body: { code: 'bad-input', detail: 'No', errors: [{ field: 'name', message: 'There is an account of this name already' }] } });
  const wrapper = await list();
  await button(wrapper, 'Rename main-spot').trigger('click');
  await opened();
  await typed(' Other ');
  expect(sent).toEqual([{ method: 'PUT', url: '/api/accounts/1', body: { name: 'Other' } }]);
  expect(dialog()?.querySelector('.err')?.textContent).toContain('There is an account of this name already');
});

it('all of it is there in French', async () => {
  server([account({ keys: [key({ findings: ['no-ip-restriction'] })] })]);
  const wrapper = await list('fr');
  expect(wrapper.get('[data-account="1"]').text()).toMatch(/Clé ••••7fQx.*Retrait, transfert.*n’importe quelle adresse/s);
  await wrapper.get('button.pri').trigger('click');
  await opened();
  expect(dialog()?.textContent).toContain('Secret, ou clé privée');
});
