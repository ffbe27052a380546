import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AlertSettings from '@/components/settings/alerts/AlertSettings.vue';
import type { AlertChannels } from '@/composables/useAlerts';
import { show } from '../mounting';
import { CHANNELS, RULES, server, type Sent } from './builders';

async function settings(channels: AlertChannels = CHANNELS, refusal?: { status: number; body: object }, tested: object = {}): Promise<{ wrapper: VueWrapper; sent: Sent[] }> {
  const sent = server({ '/api/alerts/rules': RULES, '/api/alerts/channels': channels, '/api/alerts/test': tested }, refusal);
  const wrapper = await show(AlertSettings);
  await flushPromises();
  return { wrapper, sent };
}
const row = (wrapper: VueWrapper, kind: string) => wrapper.get(`[data-rule="${kind}"]`);
const card = (wrapper: VueWrapper, channel: string) => wrapper.get(`[data-channel="${channel}"]`);
const rulesOf = (one: Sent | undefined) => (one?.body as { rules: Record<string, unknown>[] }).rules; // what PUT was sent

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('what is watched', () => {
  it('is sent as a whole when a part of it changes', async () => {
    const { wrapper, sent } = await settings();
    await row(wrapper, 'loss_24h').get('input[inputmode="decimal"]').setValue('12,5');
    await flushPromises();
    expect(rulesOf(sent[0])[0]).toEqual({ kind: 'loss_24h', asset: '', limit: '12.5', enabled: true, channels: [] });
    expect(rulesOf(sent[0])).toHaveLength(3);
    await row(wrapper, 'run_failed').get('[role="switch"]').trigger('click');
    await flushPromises();
    expect(rulesOf(sent[1])[2]).toMatchObject({ kind: 'run_failed', enabled: false });
  });

  it('has a heading over each column, which nobody is read aloud', async () => {
    const { wrapper } = await settings();
    const heads = wrapper.get('.heads');
    expect([heads.findAll('span').map((head) => head.text()), heads.attributes('aria-hidden')]).toEqual([['When', 'Limit', 'Where', 'On'], 'true']);
  });

  it('offers the channels that are set, and sends one that is chosen', async () => {
    const { wrapper, sent } = await settings();
    const boxes = row(wrapper, 'loss_24h').findAll('input[type="checkbox"]');
    expect(boxes).toHaveLength(1);
    await boxes[0]?.trigger('change');
    await flushPromises();
    expect(rulesOf(sent[0])[0]).toMatchObject({ channels: ['telegram'] });
  });

  it('keeps a limit that cannot be to itself, and takes none where the band counts', async () => {
    const { wrapper, sent } = await settings();
    await row(wrapper, 'loss_24h').get('input[inputmode="decimal"]').setValue('101');
    expect(row(wrapper, 'loss_24h').get('[role="alert"]').text()).toBe('From 0.1 to 100');
    await row(wrapper, 'drift_band').get('input[inputmode="decimal"]').setValue('3');
    await flushPromises();
    expect(sent).toHaveLength(1);
    expect(rulesOf(sent[0])[1]).toMatchObject({ kind: 'drift_band', limit: '3' });
  });

  it('takes a price of a coin', async () => {
    const { wrapper, sent } = await settings();
    const form = wrapper.get('form');
    await form.trigger('submit');
    expect(form.findAll('[role="alert"]')).toHaveLength(2);
    const [coin, price] = form.findAll('input');
    await coin?.setValue('btc');
    await price?.setValue('90000');
    await form.get('select').setValue('price_below');
    await form.trigger('submit');
    await flushPromises();
    expect(rulesOf(sent[0])[3]).toEqual({ kind: 'price_below', asset: 'BTC', limit: '90000', enabled: true, channels: ['telegram'] });
  });

  it('says what the server has against it', async () => {
    const { wrapper } = await settings(CHANNELS, { status: 422, body: { detail: 'no', errors: [{ field: 'rules.0.limit', message: 'From 0.1 to 100' }] } });
    await row(wrapper, 'run_failed').get('[role="switch"]').trigger('click');
    await flushPromises();
    expect(wrapper.text()).toContain('Not saved: From 0.1 to 100');
  });

  it('sends quiet hours as they are chosen', async () => {
    const { wrapper, sent } = await settings();
    await wrapper.get('[data-testid="quiet-hours"] [role="switch"]').trigger('click');
    await flushPromises();
    expect(sent[0]?.body).toMatchObject({ quiet_hours: { enabled: true, start: '22:00', end: '07:00', time_zone: 'Europe/Paris' } });
  });
});

describe('where messages go', () => {
  it('shows no secret, and keeps the one there is when none is typed', async () => {
    const { wrapper, sent } = await settings();
    const one = card(wrapper, 'telegram');
    await one.get('[aria-expanded]').trigger('click');
    const secret = one.get<HTMLInputElement>('input[type="password"]');
    expect(secret.element.value).toBe('');
    await one.get('input:not([type="password"])').setValue('43');
    await one.get('form').trigger('submit');
    await flushPromises();
    expect(sent[0]).toEqual({ method: 'PUT', path: '/api/alerts/channels/telegram', body: { chat_id: '43', enabled: true } });
  });

  it('says at its field what cannot be used', async () => {
    const { wrapper } = await settings(CHANNELS, { status: 422, body: { detail: 'no', errors: [{ field: 'url', message: 'Only addresses that begin with https:// are used' }] } });
    const one = card(wrapper, 'webhook');
    await one.get('[aria-expanded]').trigger('click');
    await one.get('form').trigger('submit');
    await flushPromises();
    expect(one.get('.f [role="alert"]').text()).toContain('https://');
  });

  it('sends a test and says what came of it', async () => {
    const { wrapper, sent } = await settings(CHANNELS, undefined, { channel: 'telegram', sent: false, detail: 'Telegram does not know this bot: check its token' });
    await card(wrapper, 'telegram').findAll('button')[0]?.trigger('click');
    await flushPromises();
    expect(sent[0]?.body).toEqual({ channel: 'telegram' });
    expect(card(wrapper, 'telegram').get('[role="status"]').text()).toBe('Not sent: Telegram does not know this bot: check its token');
  });

  it('says why none can be set in the demo', async () => {
    const { wrapper } = await settings({ ...CHANNELS, blocked: 'demo' });
    expect(wrapper.get('[data-testid="channels-blocked"]').text()).toContain('demo');
    expect(card(wrapper, 'webhook').findAll('button').every((button) => button.attributes('disabled') !== undefined)).toBe(true);
  });
});
