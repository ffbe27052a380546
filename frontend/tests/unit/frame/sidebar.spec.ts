import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import AppSidebar from '@/components/frame/AppSidebar.vue';
import { show } from '../mounting';

const SESSION = 'portfolio_csrf';
const signedIn = (token: string): void => void (document.cookie = `${SESSION}=${token}; path=/; max-age=${token ? 60 : 0}`);

beforeEach(() => vi.stubGlobal('fetch', vi.fn(async () => new Response('{}', { status: 503, headers: { 'Content-Type': 'application/problem+json' } }))));
afterEach(() => {
  signedIn('');
  vi.unstubAllGlobals();
});

it('names who is signed in, with the way out beside it; nobody on a demo of this machine', async () => {
  signedIn('c0ffee');
  const inside = await show(AppSidebar);
  await flushPromises();
  expect([inside.get('.user').text(), inside.find('.user button').attributes('aria-label')]).toEqual(['admin', 'Sign out']);
  inside.unmount();
  signedIn('');
  const outside = await show(AppSidebar);
  expect([outside.get('.user').text(), outside.find('.user button').exists()]).toEqual(['local', false]);
});
