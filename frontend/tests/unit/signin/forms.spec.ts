// Saying who one is: what is asked, what a refusal says, and that what waited goes on.
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import SetUpForm from '@/components/signin/SetUpForm.vue';
import SignInDialog from '@/components/signin/SignInDialog.vue';
import SignInForm from '@/components/signin/SignInForm.vue';
import SignInPage from '@/components/signin/SignInPage.vue';
import { useSignInStore } from '@/stores/signIn';
import { show } from '../mounting';
import { refusal, type Reply, server } from './server';

const PASSWORD = 'correct horse battery';
const STATE = { state: 'signed-out', code_needed: false, user: null, expires_at: null, csrf_token: null, version: '0.1.0' };

let wrapper: VueWrapper;
afterEach(() => {
  wrapper.unmount();
  vi.unstubAllGlobals();
});

const fields = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('input:not(.sr)')];
async function type(...texts: string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const field = fields()[index];
    if (!field) throw new Error(`there is no field ${String(index)}`);
    field.value = text;
    field.dispatchEvent(new Event('input'));
  }
  await flushPromises();
}
async function submit(): Promise<void> {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await flushPromises();
}
const said = (): string => document.querySelector('[role="alert"]')?.textContent.trim() ?? '';

describe('the sign-in', () => {
  it('sends name, password and whether to stay, and lets go on what waited', async () => {
    const sent = server(() => ({ body: { user: 'admin', csrf_token: 'c0ffee', expires_at: '2026-11-28T00:00:00Z' } }));
    wrapper = await show(SignInForm);
    const store = useSignInStore();
    const waited = store.ask('sign-in', false);
    await submit(); // nothing is typed yet
    await type('admin', PASSWORD);
    await wrapper.get('[role="switch"]').trigger('click');
    await submit();
    expect(sent).toEqual([{ method: 'POST', path: '/api/auth/login', body: { username: 'admin', password: PASSWORD, stay: true } }]);
    expect([await waited, store.asked]).toEqual([true, null]);
  });

  const REFUSED: [string, Reply, string][] = [
    ['a wrong pair', refusal('sign-in-refused', 401, { tries_left: 4 }), 'Wrong user name, password or code.'],
    ['few tries left', refusal('sign-in-refused', 401, { tries_left: 3 }), 'Wrong user name, password or code. 3 tries left before a 15 min pause.'],
    ['the last try', refusal('sign-in-refused', 401, { tries_left: 0 }), 'Wrong user name, password or code. The next try is possible in 15 min.'],
    ['a pause', { ...refusal('too-many-requests', 429), retryAfter: 841 } as Reply, 'Too many wrong tries. Wait 15 min.'],
    ['a busy moment', { ...refusal('too-many-requests', 429), retryAfter: 2 } as Reply, 'Too many sign-ins at once. Try again in a moment.'],
  ];
  it.each(REFUSED)('says of %s what to do, and never which field was wrong', async (_name, reply, words) => {
    server(() => reply);
    wrapper = await show(SignInForm);
    await type('admin', 'wrong');
    await submit();
    expect(said()).toBe(words);
    expect(fields()[1]?.value).toBe('wrong');
  });

  it('asks for the code once the password was right', async () => {
    const sent = server((_method, _path, body) => ((body as { code?: string }).code === '123456' ? { body: {} } : refusal('second-factor-needed')));
    wrapper = await show(SignInForm);
    await type('admin', PASSWORD);
    await submit();
    expect([said(), fields()[2]?.autocomplete]).toEqual(['', 'one-time-code']);
    await type('admin', PASSWORD, '123456');
    await submit();
    expect(sent.at(-1)?.body).toMatchObject({ username: 'admin', code: '123456' });
  });
});

describe('the set-up', () => {
  it('takes a password of twelve characters that is typed twice', async () => {
    const sent = server(() => ({ body: {} }));
    wrapper = await show(SetUpForm, { props: { codeNeeded: false } });
    await type('admin', 'short', 'short');
    expect(said()).toBe('At least 12 characters');
    await type('admin', 'aaaaaaaaaaaa', 'aaaaaaaaaaaa');
    expect(said()).toBe('At least 5 different characters');
    await type('admin', PASSWORD, 'correct cow');
    expect(said()).toBe('The two are not the same');
    await submit();
    expect(sent).toEqual([]);
    await type('admin', PASSWORD, PASSWORD);
    await submit();
    expect(sent).toEqual([{ method: 'POST', path: '/api/auth/set-up', body: { password: PASSWORD } }]);
  });
  it('asks for the code of the log where the server does', async () => {
    const sent = server(() => refusal('sign-in-refused', 401, { tries_left: 4 }));
    wrapper = await show(SetUpForm, { props: { codeNeeded: true } });
    await type('admin', PASSWORD, PASSWORD);
    await submit();
    expect(sent).toEqual([]);
    await type('admin', PASSWORD, PASSWORD, 'ABCDE-FGHJK');
    await submit();
    expect([sent.at(-1)?.body, said()]).toEqual([{ password: PASSWORD, code: 'ABCDE-FGHJK' }, 'Wrong set-up code']);
  });
});

describe('the page', () => {
  it('shows the set-up at the first visit and the sign-in later, in the reader\'s language', async () => {
    for (const [state, language, title] of [['set-up', 'en', 'Set a password'], ['signed-out', 'fr', 'Se connecter']] as const) {
      server(() => ({ body: { ...STATE, state } }));
      wrapper = await show(SignInPage, { language });
      await flushPromises();
      expect(wrapper.get('h2').text()).toBe(title);
      expect(wrapper.text()).toContain('v0.1.0');
      wrapper.unmount();
    }
  });
});

describe('over the page', () => {
  it('a password that is typed again lets the request go on; cancel calls it off', async () => {
    const sent = server((_method, _path, body) => ((body as { password: string }).password === PASSWORD ? { body: { until: null } } : refusal('sign-in-refused', 401, { tries_left: 4 })));
    wrapper = await show(SignInDialog);
    const store = useSignInStore();
    const waited = store.ask('confirm', true);
    await flushPromises();
    await type('wrong');
    await submit();
    expect(said()).toContain('Wrong password');
    await type(PASSWORD);
    await submit();
    expect([await waited, sent.at(-1)?.path]).toEqual([true, '/api/auth/confirm']);
    const again = store.ask('confirm', true);
    store.settle(false);
    expect(await again).toBe(false);
  });
});

describe('what is asked', () => {
  it('is the sign-in before the confirmation, and all that wait hear of it', async () => {
    server(() => undefined);
    wrapper = await show(SignInForm);
    const store = useSignInStore();
    const all = [store.ask('confirm', true), store.ask('sign-in', true), store.ask('confirm', true)];
    expect([store.asked, store.inWork]).toEqual(['sign-in', true]);
    store.settle(true);
    expect(await Promise.all(all)).toEqual([true, true, true]);
    expect(store.asked).toBeNull();
  });
});
