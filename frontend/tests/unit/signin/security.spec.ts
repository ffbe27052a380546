// Settings, Security: password, sessions, tokens and second factor.
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FactorPanel from '@/components/signin/FactorPanel.vue';
import PasswordPanel from '@/components/signin/PasswordPanel.vue';
import TokensPanel from '@/components/signin/TokensPanel.vue';
import type { SessionItem } from '@/composables/useSecurity';
import { show } from '../mounting';
import { refusal, type Sent, server } from './server';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const item = (over: Partial<SessionItem>): SessionItem => ({
  id: 1, created: '2026-11-20T09:02:00Z', last_seen: '2026-11-20T09:30:00Z', expires_at: '2026-11-20T21:02:00Z', address: '127.0.0.1', agent: AGENT, current: true, ...over,
});
const SESSIONS = { items: [item({ id: 2, address: '192.0.2.7', agent: 'curl/8.1', current: false }), item({})], password_set: true, sign_in_required: true };
const TOKEN = { id: 5, name: 'backup', scopes: ['read'], ending: 'k2Wd', created: '2026-11-20T09:02:00Z', last_used: null };

let wrapper: VueWrapper;
afterEach(() => {
  wrapper.unmount();
  vi.unstubAllGlobals();
});
const writes = (sent: Sent[]): Sent[] => sent.filter(({ method }) => method !== 'GET');
async function press(name: string): Promise<void> {
  const found = wrapper.findAll('button').find((one) => one.text() === name || one.attributes('aria-label') === name);
  if (!found) throw new Error(`there is no button ${name}`);
  await found.trigger('click');
  await flushPromises();
}

describe('password and sessions', () => {
  it('lists this one first and signs another out', async () => {
    const sent = server(() => ({ body: SESSIONS }));
    wrapper = await show(PasswordPanel);
    await flushPromises();
    const lines = wrapper.findAll('li').map((line) => line.text());
    expect(lines[0]).toContain('Chrome 140, Linux');
    expect(lines[0]).toContain('this one');
    expect(lines[1]).toContain('192.0.2.7');
    await press('Sign out curl/8.1');
    expect(writes(sent)).toEqual([{ method: 'DELETE', path: '/api/auth/sessions/2', body: null }]);
  });
  it('changes the password, and says at the field what is wrong', async () => {
    let right = false;
    const sent = server((method) => (method === 'GET' ? { body: SESSIONS } : right ? { body: {} } : refusal('sign-in-refused', 401, { tries_left: 4 })));
    wrapper = await show(PasswordPanel);
    await flushPromises();
    const typed = async (...texts: string[]): Promise<void> => {
      for (const [index, text] of texts.entries()) await wrapper.findAll('input:not(.sr)').at(index)?.setValue(text);
      await wrapper.get('form').trigger('submit');
      await flushPromises();
    };
    await typed('old password 1', 'a new long password', 'another long password');
    expect(writes(sent)).toEqual([]);
    await typed('old password 1', 'a new long password', 'a new long password');
    expect(wrapper.get('.err').text()).toBe('Wrong password');
    right = true;
    await typed('old password 1', 'a new long password', 'a new long password');
    expect(writes(sent).at(-1)).toEqual({ method: 'POST', path: '/api/auth/password', body: { current_password: 'old password 1', new_password: 'a new long password' } });
    expect(wrapper.findAll<HTMLInputElement>('input:not(.sr)').map(({ element }) => element.value)).toEqual(['', '', '']);
  });
  it('says where nobody has to sign in, and asks for no password there', async () => {
    server(() => ({ body: { items: [], password_set: false, sign_in_required: false } }));
    wrapper = await show(PasswordPanel);
    await flushPromises();
    expect(wrapper.text()).toContain('Nobody has to sign in here');
    expect(wrapper.find('input').exists()).toBe(false);
  });
});

describe('tokens of programs', () => {
  it('are made with a name and a scope, shown once and revoked', async () => {
    const sent = server((method) => (method === 'GET' ? { body: { items: [TOKEN] } } : { status: 201, body: { ...TOKEN, id: 6, token: 'bpm_shown-once' } }));
    wrapper = await show(TokensPanel);
    await flushPromises();
    expect(wrapper.get('li').text()).toContain('ends in k2Wd');
    await wrapper.get('input').setValue('bot');
    await wrapper.get('select').setValue('trade');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(writes(sent)).toEqual([{ method: 'POST', path: '/api/auth/tokens', body: { name: 'bot', scopes: ['trade'] } }]);
    expect(wrapper.get('pre').text()).toBe('bpm_shown-once');
    await press('Done');
    expect(wrapper.text()).not.toContain('bpm_shown-once');
    await press('Revoke backup');
    expect(writes(sent).at(-1)).toEqual({ method: 'DELETE', path: '/api/auth/tokens/5', body: null });
  });
});

describe('the second factor', () => {
  it('is turned on by a code, with recovery codes that are shown once', async () => {
    let on = false;
    server((method) => {
      if (method === 'POST') return { body: { secret: 'GEZDGNBVGY3TQOJQ', address: 'otpauth://totp/x', picture: 'data:image/svg+xml;base64,AA==' } };
      if (method === 'PUT') on = true;
      return method === 'PUT' ? { body: { on: true, recovery_codes: ['AAAAA-BBBBB', 'CCCCC-DDDDD'] } } : { body: { on, recovery_codes_left: on ? 10 : 0 } };
    });
    wrapper = await show(FactorPanel);
    await flushPromises();
    await press('Set up an app');
    expect(wrapper.get('img').attributes('src')).toContain('data:image/svg+xml');
    expect(wrapper.text()).toContain('GEZDGNBVGY3TQOJQ');
    await wrapper.get('input').setValue('123456');
    await wrapper.get('form').trigger('submit');
    await flushPromises();
    expect(wrapper.get('pre').text()).toBe('AAAAA-BBBBB\nCCCCC-DDDDD');
    expect(wrapper.text()).toContain('Recovery codes left: 10');
    expect(wrapper.find('img').exists()).toBe(false);
  });
});
