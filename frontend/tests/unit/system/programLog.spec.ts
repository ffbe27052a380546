// The program's log: followed by id, each line once; paused; narrowed; and what it says when something is missing.
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import ProgramLines from '@/components/system/ProgramLines.vue';
import ProgramLog from '@/components/system/ProgramLog.vue';
import { brief, fileOf, isRequestId, toneOf } from '@/components/system/programLines';
import { type LogFilter, type ProgramLine, useProgramLog } from '@/composables/useProgramLog';
import { inApp, show } from '../mounting';

const NOW = Date.parse('2026-11-20T13:00:30Z');
const line = (id: number, over: Partial<ProgramLine> = {}): ProgramLine => ({
  id, at: '2026-11-20T13:00:00Z', level: 'info', component: 'collector', event: `event ${String(id)}`, request_id: null, account: null, duration_ms: null, fields: [], ...over,
});
const range = (from: number, to: number): ProgramLine[] => Array.from({ length: from - to + 1 }, (_, i) => line(from - i));

interface Call { url: URL; reply: (items: ProgramLine[], over?: object) => Promise<void>; fail: () => Promise<void> }
const calls: Call[] = [];
const last = (): Call => {
  const found = calls.at(-1);
  if (!found) throw new Error('nothing was asked');
  return found;
};
const asked = (): string => last().url.search;
const mounted: VueWrapper[] = [];
const stops: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('fetch', (request: Request) => new Promise<Response>((resolve, reject) => {
    request.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    calls.push({
      url: new URL(request.url),
      async reply(items, over = {}) {
        const body = { environment: 'demo', source: 'database', items, newest_id: items[0]?.id ?? 0, next_before: null, dropped: 0, ...over };
        resolve(new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } }));
        await flushPromises();
      },
      async fail() {
        reject(new TypeError('network'));
        await flushPromises();
      },
    });
  }));
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  for (const one of mounted.splice(0)) one.unmount();
  calls.length = 0;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function log(filter = ref<LogFilter>({}), following = ref(true)) {
  const { result, stop } = await inApp(() => useProgramLog(() => filter.value, () => following.value));
  stops.push(stop);
  await flushPromises();
  return { ...result, filter, following, ids: () => result.lines.value?.map(({ id }) => id) };
}
const later = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(2000);
  await flushPromises();
};

describe('following', () => {
  it('begins with the newest lines and then asks for what came after them', async () => {
    const { ids } = await log();
    expect([asked(), ids()]).toEqual(['?limit=100', undefined]);
    await last().reply(range(5, 3));
    await later();
    expect(asked()).toBe('?limit=100&after=5');
    await last().reply([line(7), line(6)]);
    expect(ids()).toEqual([7, 6, 5, 4, 3]);
    await later();
    expect(asked()).toBe('?limit=100&after=7');
  });
  it('asks again at once while more has come than one answer tells', async () => {
    const { ids } = await log();
    await last().reply([line(1)]);
    await later();
    await last().reply(range(101, 2));
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe('?limit=100&after=101');
    expect(ids()).toHaveLength(101);
  });
  it('asks nothing while it is paused, and then for all that was missed', async () => {
    const { following } = await log();
    await last().reply([line(5)]);
    following.value = false;
    await later();
    await later();
    expect(calls).toHaveLength(1);
    following.value = true;
    await flushPromises();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked()).toBe('?limit=100&after=5');
  });
  it('waits for the answer that is on its way when it is resumed meanwhile', async () => {
    const { following } = await log();
    following.value = false;
    await flushPromises();
    following.value = true;
    await flushPromises();
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toHaveLength(1);
    await last().reply([line(5)]);
    await later();
    expect(asked()).toBe('?limit=100&after=5');
  });
  it('goes on after an answer that did not come, with what it has', async () => {
    const { ids, error } = await log();
    await last().reply([line(5)]);
    await later();
    await last().fail();
    expect([ids(), error.value === null]).toEqual([[5], false]);
    await later();
    await last().reply([line(6)]);
    expect([ids(), error.value]).toEqual([[6, 5], null]);
  });
  it('begins anew when something else is wanted, and takes no answer to the old question', async () => {
    const { ids, filter } = await log();
    const old = last();
    filter.value = { level: 'warning', account: 3 };
    await flushPromises();
    expect(asked()).toBe('?limit=100&level=warning&account=3');
    await last().reply([line(9)]);
    await old.reply([line(5)]);
    expect(ids()).toEqual([9]);
  });
  it('shows what a process remembers as a whole each time', async () => {
    const { ids, fromMemory, more } = await log();
    await last().reply([line(3), line(2)], { source: 'memory', newest_id: null });
    expect([fromMemory.value, more.value]).toEqual([true, false]);
    await later();
    expect(asked()).toBe('?limit=100');
    await last().reply([line(4), line(3)], { source: 'memory', newest_id: null });
    expect(ids()).toEqual([4, 3]);
  });
  it('loads older lines, also behind those that it let go', async () => {
    const { ids, loadMore, more } = await log();
    await last().reply([line(2000)], { next_before: 2000 });
    for (let newest = 2100; newest <= 3100; newest += 100) {
      await vi.advanceTimersByTimeAsync(2000);
      await last().reply(range(newest, newest - 99));
    }
    expect([ids()?.length, ids()?.at(-1), more.value]).toEqual([1000, 2101, true]);
    void loadMore();
    await flushPromises();
    expect(asked()).toBe('?limit=100&before=2101');
    await last().reply(range(2100, 2099));
    expect([ids()?.at(-1), more.value]).toEqual([2099, false]);
  });
});

describe('a line', () => {
  it('says its fields in a row, and where it was written only when it is opened', () => {
    const told = line(1, { fields: [{ name: 'code', value: 'x' }, { name: 'logger', value: 'backend.a' }, { name: 'status', value: '503' }] });
    expect(brief(told)).toBe('code=x status=503');
    expect([toneOf(line(1, { level: 'warning' })), toneOf(line(1, { level: 'critical' }))]).toEqual(['warnc', 'dangerc']);
  });
  it('opens to all of them, its account by name and its request as a way to the others', async () => {
    const lines = [line(1, { request_id: 'a-request-1', account: 7, duration_ms: 1.5, fields: [{ name: 'logger', value: 'backend.a' }] }), line(2, { account: 9 })];
    const page = await show(ProgramLines, { props: { lines, names: new Map([[7, 'vault']]), now: NOW } });
    mounted.push(page);
    expect(page.findAll('li')[0]?.text()).toMatch(/collector\s*event 1\s*1\.5\sms/);
    expect(page.findAll('dd').map((one) => one.text())).toEqual(['a-request-1', 'vault', 'backend.a', 'account 9']);
    await page.get('button.lnk').trigger('click');
    expect(page.emitted('request')).toEqual([['a-request-1']]);
  });
  it.each([['a-request-1', true], ['0123456789abcdef', true], ['short', false], ['with space', false], ['x'.repeat(65), false]])('%s as the id of a request: %s', (text, good) => {
    expect(isRequestId(text)).toBe(good);
  });
  it('is saved as it is narrowed', () => {
    expect(fileOf({})).toBe('/api/logs/export');
    expect(fileOf({ level: 'info', component: undefined, account: 3 })).toBe('/api/logs/export?level=info&account=3');
  });
});

describe('the panel', () => {
  async function panel(language: 'en' | 'fr' = 'en') {
    const accounts = [{ id: 1, name: 'main' }, { id: 7, name: 'vault' }];
    const page = await show(ProgramLog, { props: { accounts, now: NOW }, language });
    mounted.push(page);
    await flushPromises();
    return page;
  }
  it.each(['en', 'fr'] as const)('narrows by level, component, account and request (%s)', async (language) => {
    const page = await panel(language);
    expect(asked()).toBe('?limit=100&level=info');
    await last().reply([line(1)]);
    const [level, component, account] = page.findAll('select');
    await level?.setValue('warning');
    await flushPromises();
    await component?.setValue('exchange');
    await flushPromises();
    await account?.setValue('7');
    await flushPromises();
    await page.get('input').setValue('a-request-1');
    await page.get('input').trigger('change');
    await flushPromises();
    expect(asked()).toBe('?limit=100&level=warning&component=exchange&account=7&request_id=a-request-1');
    expect(page.get('a[download]').attributes('href')).toBe('/api/logs/export?level=warning&component=exchange&account=7&request_id=a-request-1');
  });
  it('does not ask for what cannot be the id of a request, and says why', async () => {
    const page = await panel();
    await last().reply([line(1)]);
    await page.get('input').setValue('short');
    await page.get('input').trigger('change');
    await flushPromises();
    expect(calls).toHaveLength(1);
    expect(page.text()).toContain('8 to 64');
  });
  it('says that it is paused, what is missing, and that nothing matches', async () => {
    const page = await panel();
    await last().reply([], { dropped: 3, source: 'memory', newest_id: null });
    expect(page.text()).toContain('3 lines since the start');
    expect(page.text()).toContain('cannot be read');
    expect(page.text()).toContain('No line matches');
    const pause = page.findAll('button').find((one) => one.text() === 'Pause');
    await pause?.trigger('click');
    expect([page.get('[role="status"]').text(), pause?.attributes('aria-pressed')]).toEqual(['paused', 'true']);
  });
});
