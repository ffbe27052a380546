import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import LanguagePanel from '@/components/settings/LanguagePanel.vue';
import TimeZoneField from '@/components/settings/TimeZoneField.vue';
import { DEVICE_ZONE, display, setDisplay } from '@/lib/display';
import { useSessionStore } from '@/stores/session';
import { useToastStore } from '@/stores/toasts';
import { createPinia, setActivePinia } from 'pinia';
import { show } from '../mounting';

/** A server that keeps the zone, or refuses each choice. */
function server(refuses = false): unknown[] {
  let zone: string | null = null;
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    if (request.method !== 'GET') {
      const body = JSON.parse(await request.text()) as { display: { time_zone: string | null } };
      sent.push(body);
      if (refuses) return new Response(JSON.stringify({ title: 'Away' }), { status: 503, headers: { 'Content-Type': 'application/problem+json' } });
      zone = body.display.time_zone;
    }
    return new Response(JSON.stringify({ display: { time_zone: zone } }), { headers: { 'Content-Type': 'application/json' } });
  }));
  return sent;
}
async function field() {
  const wrapper = await show(TimeZoneField, { language: 'en' });
  await flushPromises();
  const select = wrapper.get<HTMLSelectElement>('select');
  const choose = async (zone: string) => {
    await select.setValue(zone);
    await flushPromises();
  };
  return { wrapper, select, choose };
}

afterEach(() => {
  vi.unstubAllGlobals();
  setDisplay({ timeZone: DEVICE_ZONE });
});

describe('the time zone of the installation', () => {
  it('is each device’s own until one is chosen, and again by Undo', async () => {
    const sent = server();
    const { wrapper, select, choose } = await field();
    expect([select.element.value, wrapper.get('option').text()]).toEqual(['', `As each device (${DEVICE_ZONE})`]);
    expect(wrapper.get('.hint').text()).toContain('DISPLAY_TIME_ZONE');
    await choose('Asia/Tokyo');
    expect(sent).toEqual([{ display: { time_zone: 'Asia/Tokyo' } }]);
    expect([select.element.value, wrapper.get('.hint').text()]).toEqual(['Asia/Tokyo', 'Of times on every device. Its midnight starts “today”.']);
    useToastStore().toasts[0]?.undo?.();
    await flushPromises();
    expect([sent.at(-1), select.element.value]).toEqual([{ display: { time_zone: null } }, '']);
  });

  it('leaves the example of numbers and dates on its day', async () => {
    server();
    setDisplay({ timeZone: 'America/New_York' });
    const wrapper = await show(LanguagePanel, { language: 'en' });
    expect(wrapper.findAll('option').map((one) => one.text())).toContain('en-GB: $1,234.50 · 20 Nov 2026');
  });

  it('says so where it is not kept, and shows what is', async () => {
    server(true);
    const { wrapper, select, choose } = await field();
    await choose('Asia/Tokyo');
    expect([wrapper.get('.err').text(), select.element.value]).toEqual(['Not saved. Try again.', '']);
  });
});

describe('what every page shows times in', () => {
  beforeEach(() => setActivePinia(createPinia()));

  it('is the zone that was chosen; the one of the settings file only starts the day', () => {
    const session = useSessionStore();
    session.learn({ display_time_zone: 'Asia/Tokyo', display_time_zone_chosen: true });
    expect(display.timeZone).toBe('Asia/Tokyo');
    session.learn({ total_value_usd: '1' }); // an answer that says nothing of it
    expect(display.timeZone).toBe('Asia/Tokyo');
    session.learn({ display_time_zone: 'Asia/Tokyo', display_time_zone_chosen: false });
    expect(display.timeZone).toBe(DEVICE_ZONE);
  });

  it('stays what it is where the browser does not know the zone', () => {
    useSessionStore().learn({ display_time_zone: 'Mars/Olympus', display_time_zone_chosen: true });
    expect(display.timeZone).toBe(DEVICE_ZONE);
  });
});
