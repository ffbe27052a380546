import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import AccountList from '@/components/settings/AccountList.vue';
import type { AccountItem } from '@/composables/useAccountList';
import { useSessionStore } from '@/stores/session';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';

function account(over: Partial<AccountItem> = {}): AccountItem {
  return {
    id: 1, name: 'main-spot', environment: 'live', has_read_key: true, key: 'settings', deletable: false, has_trade_key: false, key_ending: null, permissions: null, verdict: null, ip_seen: null, keys: [], created_at: '2024-06-24T10:00:00Z',
    first_event_at: '2024-06-25T10:00:00Z', last_event_at: '2026-11-20T10:00:00Z', last_statement_at: null, events: 1204, armed: false, armed_until: null,
    trading: { allowed: true, armed: false, armed_until: null, reason: 'trading-disarmed', detail: 'The account is not armed' }, ...over,
  };
}
const KEYED = account();
const OLD = account({ id: 2, name: 'Old one', has_read_key: false, key: 'none', deletable: true, events: 31, first_event_at: '2019-03-01T10:00:00Z', last_statement_at: '2021-05-04T20:30:00Z' });
const EMPTY = account({ id: 3, name: 'Fresh', has_read_key: false, key: 'none', deletable: true, events: 0, first_event_at: null, last_event_at: null });
const GONE = account({ id: 4, name: 'vault', has_read_key: false, key: 'gone', deletable: true });

interface Sent { method: string; url: string; body: unknown }
/** A server that keeps the list; `refusal` answers every write. */
function server(items: AccountItem[], refusal?: { status: number; body: object }): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET') sent.push({ method: request.method, url: url.pathname + url.search, body: request.method === 'POST' ? await request.json() : null });
    const answer = request.method === 'GET' ? (url.pathname === '/api/accounts' ? { environment: 'live', items } : { accounts: [], wallets: [] }) : refusal?.body ?? { environment: 'live', item: account({ id: 9, name: 'Old account', key: 'none' }) };
    return new Response(JSON.stringify(answer), { status: request.method === 'GET' ? 200 : refusal?.status ?? 201, headers: { 'Content-Type': 'application/json' } });
  }));
  return sent;
}
async function list(): Promise<VueWrapper> {
  const wrapper = await show(AccountList);
  await flushPromises();
  return wrapper;
}
const card = (wrapper: VueWrapper, id: number) => wrapper.get(`[data-account="${String(id)}"]`);
const dialog = (): HTMLElement => document.querySelector<HTMLElement>('[role="alertdialog"]') as HTMLElement; // the tests that ask opened it
async function removing(wrapper: VueWrapper, id: number): Promise<void> {
  await card(wrapper, id).findAll('button').at(-1)?.trigger('click');
  await vi.dynamicImportSettled();
  await flushPromises();
}
async function typeName(name: string): Promise<void> {
  const input = dialog().querySelector('input') as HTMLInputElement; // the one field of the dialog
  input.value = name;
  input.dispatchEvent(new Event('input'));
  await nextTick();
  dialog().querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('accounts', () => {
  it('say whether a key reads them, since when, and how much is known', async () => {
    server([KEYED, OLD, EMPTY, GONE]);
    const wrapper = await list();
    expect(card(wrapper, 1).text()).toContain('added 24 Jun 2024 · 1,204 movements since 25 Jun 2024');
    expect(card(wrapper, 1).text()).toContain('Key in the settings');
    expect(card(wrapper, 2).text()).toMatch(/No key.*as of the last line of its statements, 4 May 2021/s);
    expect(card(wrapper, 3).text()).toMatch(/no movement known yet.*Waits for its first statement\./s);
    expect(card(wrapper, 4).text()).toContain('Its key is not here any more');
  });

  it('take a statement where no key reads them, with that account chosen', async () => {
    server([KEYED, OLD]);
    const wrapper = await list();
    expect(card(wrapper, 1).text()).not.toContain('Import a statement');
    await card(wrapper, 2).get('button').trigger('click');
    expect(useSessionStore().account).toBe(2);
  });

  it('are none in words', async () => {
    server([]);
    expect((await list()).text()).toContain('No account yet.');
  });
});

describe('a new account', () => {
  async function add(name: string): Promise<VueWrapper> {
    const wrapper = await list();
    await wrapper.get('form input').setValue(name);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    return wrapper;
  }

  it('needs only a name, and is chosen for its first statement', async () => {
    const sent = server([]);
    await add('  Old account ');
    expect(sent).toEqual([{ method: 'POST', url: '/api/accounts', body: { name: 'Old account' } }]);
    expect(useSessionStore().account).toBe(9);
  });

  it('is not asked for without a name', async () => {
    const sent = server([]);
    expect((await add('   ')).get('.err').text()).toContain('A name, such as');
    expect(sent).toEqual([]);
  });

  it('says at the field what the server has against the name', async () => {
    server([], { status: 422, body: { code: 'validation', detail: 'Not valid', errors: [{ field: 'name', message: 'There is an account of this name already' }] } });
    const wrapper = await add('Main');
    expect(wrapper.get('.err').text()).toContain('There is an account of this name already');
    expect(wrapper.get<HTMLInputElement>('form input').element.value).toBe('Main');
    expect(useSessionStore().account).toBeNull();
  });
});

describe('removing an account', () => {
  it('is refused in words while its key stands in the settings', async () => {
    const sent = server([KEYED]);
    await removing(await list(), 1);
    expect(dialog().textContent).toContain('taken over once the program reads Binance');
    expect(dialog().querySelector('input')).toBeNull();
    expect(sent).toEqual([]);
  });

  it('tells the same when the server says so only then', async () => {
    server([GONE], { status: 409, body: { code: 'key-in-settings', detail: 'Take it out' } });
    await removing(await list(), 4);
    await typeName('vault');
    expect(dialog().querySelector('[data-testid="key-stands"]')?.textContent).toContain('vault');
  });

  it('waits for its name', async () => {
    const sent = server([OLD]);
    await removing(await list(), 2);
    await typeName('old one');
    expect(dialog().querySelector('.err')?.textContent).toContain('That is not its name.');
    expect(sent).toEqual([]);
  });

  it('deletes one without a key with its data, and no page shows it any more', async () => {
    const sent = server([OLD]);
    const wrapper = await list();
    useSessionStore().choose(2);
    await removing(wrapper, 2);
    expect(dialog().querySelector('[role="radio"]')).toBeNull();
    await typeName('Old one');
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual(['DELETE /api/accounts/2?data=delete&name=Old%20one']);
    expect(useSessionStore().account).toBeNull();
    expect(useToastStore().toasts.at(-1)?.text).toBe('Old one was deleted with its data.');
    expect(dialog()).toBeNull();
  });

  it('keeps the history of one that lost its key, unless told otherwise', async () => {
    const sent = server([GONE]);
    const wrapper = await list();
    await removing(wrapper, 4);
    useSessionStore().choose(4);
    expect([...dialog().querySelectorAll('[role="radio"]')].map((one) => one.getAttribute('aria-checked'))).toEqual(['true', 'false']);
    await typeName('vault');
    expect(sent[0]?.url).toBe('/api/accounts/4?data=keep&name=vault');
    expect(useSessionStore().account).toBe(4);
  });
});
