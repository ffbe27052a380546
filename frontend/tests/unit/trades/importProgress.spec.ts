import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ImportProgress from '@/components/trades/ImportProgress.vue';
import { importingOf } from '@/composables/useImportProgress';
import { show } from '../mounting';

type Item = Parameters<typeof importingOf>[0][number];
const item = (over: Partial<Item> = {}): Item => ({
  account_id: 1, account_name: 'main-spot', state: 'running', reading: 'reading deposits', done: 6, total: 20, symbols_left: 14, windows_left: 0, seconds_left: 360, paused_at: null, ...over,
});

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function bar(items: Item[]) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return Promise.resolve(Response.json({ items }));
  });
  const wrapper = await show(ImportProgress);
  await flushPromises();
  return { wrapper, asked };
}

describe('progress of the import', () => {
  it('of several accounts is one: what is left is added up, the slowest tells the time', () => {
    expect(importingOf([item(), item({ account_id: 2, done: 1, total: 5, symbols_left: 3, windows_left: 8, seconds_left: 900 }), item({ account_id: 3, state: 'complete', symbols_left: 99 })]))
      .toEqual({ state: 'running', done: 7, total: 25, symbolsLeft: 17, windowsLeft: 8, secondsLeft: 900, accounts: 2 });
    expect(importingOf([item({ state: 'complete' })])).toBeNull();
  });

  it('says what is left and about how long', async () => {
    const { wrapper } = await bar([item()]);
    expect(wrapper.text()).toMatch(/The history is being read\.\s*14 pairs left, about 6\smin/);
    expect(wrapper.get('progress').attributes('value')).toBe('6');
  });

  it('makes no forecast up', async () => {
    expect((await bar([item({ seconds_left: null })])).wrapper.text()).not.toContain('about');
  });

  it('can be paused, and resumed', async () => {
    const running = await bar([item()]);
    await running.wrapper.get('button').trigger('click');
    await flushPromises();
    expect(running.asked).toContain('POST /api/imports/pause');
    const paused = await bar([item({ state: 'paused', paused_at: '2026-11-20T13:00:00Z' })]);
    expect(paused.wrapper.text()).toContain('is paused');
    await paused.wrapper.get('button').trigger('click');
    await flushPromises();
    expect(paused.asked).toContain('POST /api/imports/resume');
  });

  it('counts months while the past is computed, and cannot be paused then', async () => {
    const { wrapper } = await bar([item({ state: 'computing', reading: '', done: 14, total: 36, symbols_left: 0, seconds_left: null })]);
    expect(wrapper.text()).toMatch(/The history is read; returns and costs are being computed\.\s*14 of 36 months/);
    expect(wrapper.get('progress').attributes('value')).toBe('14');
    expect(wrapper.find('button').exists()).toBe(false);
  });

  it('does not add months to steps', () => {
    expect(importingOf([item(), item({ account_id: 2, state: 'computing', done: 14, total: 36, symbols_left: 0, seconds_left: null })]))
      .toEqual({ state: 'running', done: 6, total: 20, symbolsLeft: 14, windowsLeft: 0, secondsLeft: 360, accounts: 1 });
  });

  it('is absent when the history is read', async () => {
    expect((await bar([item({ state: 'complete' })])).wrapper.find('section').exists()).toBe(false);
  });
});
