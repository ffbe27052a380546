import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { componentLines, type Sources } from '@/components/system/componentLines';
import { type Connection, findings } from '@/components/system/findings';
import { limitLines, quietUntil } from '@/components/system/limits';
import { logWords, TONE_OF } from '@/components/system/logLines';
import { shareWorked, wholeDay } from '@/components/system/refreshes';
import { troubleLines, troubleOf, TROUBLES } from '@/components/system/trouble';
import type { Health } from '@/composables/useHealth';
import type { LogLine } from '@/composables/useLogs';
import { createFormat } from '@/lib/format';
import { overview } from '../overview/builders';

const f = createFormat({ locale: 'en-GB', timeZone: 'UTC', hidden: false, currency: 'USDT' });
/** The key with its values: which words are said, not how. */
const t = (key: string, values: Record<string, unknown> = {}): string => `${key} ${Object.values(values).join(' ')}`.trim();
const NOW = Date.parse('2026-11-20T13:00:30Z');

function health(over: Partial<Health> = {}): Health {
  return {
    status: 'ok', sync_status: 'healthy', last_sync: '2026-11-20T13:00:21Z', sync_lag_seconds: 9, api_response_time_ms: 182, clock_offset_ms: -38,
    database_connection: 'ok', database_response_time_ms: 3, database_writable: true, database_write_time_ms: 2.4, disk_free_bytes: 41_500_000_000, redis_connection: 'not_configured', pages: 'ok', environment: 'live', version: '0.1.0',
    started_at: '2026-11-03T07:00:00Z', detail: null, components: [{ name: 'database', status: 'ok', detail: 'PostgreSQL' }, { name: 'exchange', status: 'ok', detail: '' }], limits: [], workers: null,
    refreshes_24h: { worked: 2878, failed: 2, worked_percent: 99.93055556, since: '2026-11-19T14:00:00Z', reason: null }, ...over,
  };
}
const sources = (over: Partial<Sources> = {}): Sources => ({ health: health(), overview: overview(), tracking: null, latencies: null, now: NOW, exchangeNow: NOW, lagS: 0.4, t, f, ...over });

describe('components', () => {
  it('come in the page’s order, with the figures of the overview', () => {
    const lines = componentLines(sources());
    expect(lines.map(({ name }) => name)).toEqual(['exchange', 'database']);
    expect(lines[0]).toMatchObject({ state: 'ok', detail: 'system.detail.weight 20 6,000', latencyMs: 182 });
    expect(lines[1]).toMatchObject({ latencyMs: 3, detail: 'PostgreSQL' });
  });
  it('tell the median of the last hour where it is kept, else the last answer', () => {
    const hour = { component: 'exchange' as const, median_ms: 210, samples: 120, since: '2026-11-20T12:01:00Z', series: [{ t: '2026-11-20T12:01:30Z', ms: 200 }] };
    const [exchange, database] = componentLines(sources({ latencies: { environment: 'live', items: [hour] } }));
    expect(exchange).toMatchObject({ latencyMs: 210, hour, now: 'system.now.median system.ms 210' });
    expect(database?.hour).toBeUndefined();
  });
  it('tell how long a write took and how much of the disk is free, where that is known', () => {
    const both = [{ name: 'database' as const, status: 'ok' as const, detail: '' }, { name: 'disk' as const, status: 'ok' as const, detail: '' }];
    const nows = (over: Partial<Health>): string[] => componentLines(sources({ health: health({ components: both, ...over }) })).map(({ now }) => now);
    expect(nows({})).toEqual(['system.now.write system.ms 2.4', 'system.now.free 41.5']);
    expect(nows({ database_write_time_ms: null, disk_free_bytes: null })).toEqual(['', '']);
  });
  it('tell how many workers there are and how much they have in hand, and of Redis only where there is none', () => {
    const components = [{ name: 'redis' as const, status: 'ok' as const, detail: '' }, { name: 'workers' as const, status: 'ok' as const, detail: '' }];
    const words = (over: Partial<Health>): string[] => componentLines(sources({ health: health({ components, ...over }) })).flatMap(({ detail, now }) => [detail, now]);
    expect(words({ redis_connection: 'ok', workers: { number: 3, waiting: 7, oldest_s: 2 } })).toEqual(['', '', 'system.detail.workers 3', 'system.now.waiting 7']);
    expect(words({})).toEqual(['system.detail.redis', '', '', '']);
  });
  it('in trouble say what the server says of them', () => {
    const refused = health({ components: [{ name: 'exchange', status: 'down', detail: 'refused [-2015]' }] });
    expect(componentLines(sources({ health: refused }))[0]).toMatchObject({ state: 'down', detail: 'refused [-2015]' });
  });
  it('that a later server adds are shown under their name', () => {
    const later = health({ components: [{ name: 'mail' as never, status: 'ok', detail: '' }] });
    expect(componentLines(sources({ health: later }))).toMatchObject([{ name: 'mail', label: 'system.names.mail' }]);
  });
  it('tell since when a stream is cut and how often it was', () => {
    const streams = { state: 'reconnecting' as const, since: '2026-11-20T13:00:00Z', last_message_at: '2026-11-20T12:59:50Z', reconnects: 3, detail: '' };
    const cut = componentLines(sources({
      health: health({ components: [{ name: 'streams', status: 'warning', detail: '' }] }), overview: overview({ sync: { ...overview().sync, streams } }),
    }));
    expect(cut[0]).toMatchObject({ detail: 'system.detail.reconnecting 30\u00a0s, system.detail.cuts 3', now: 'system.now.behind 40\u00a0s' });
  });
  it('count the accounts only while some are not up to date', () => {
    const collector = health({ components: [{ name: 'collector', status: 'ok', detail: '' }] });
    const detail = (ok: number, total: number): string | undefined => componentLines(sources({ health: collector, overview: overview({ sync: { ...overview().sync, accounts_ok: ok, accounts_total: total } }) }))[0]?.detail;
    expect(detail(3, 3)).toBe('system.detail.every 30\u00a0s');
    expect(detail(2, 3)).toBe('system.detail.every 30\u00a0s, system.now.accounts 2 3');
  });
  it('name missing snapshots', () => {
    const tracking = { snapshots: 98, first: null, last: null, expected: 100, missing: 2, cash_flows: 0 };
    const lines = componentLines(sources({ tracking, health: health({ components: [{ name: 'snapshots', status: 'ok', detail: '' }] }) }));
    expect(lines[0]?.detail).toContain('system.now.missing 2 100');
  });
});

describe('trouble', () => {
  it.each([
    ['credentials-refused', 'The exchange refused the API key: Invalid [-2015]', 'keyRejected'],
    ['credentials-refused', 'The exchange refused the API key: format [-2014]', 'keyFormat'],
    ['credentials-refused', 'The exchange refused the API key: Signature [-1022]', 'signature'],
    ['credentials-refused', 'The exchange does not serve the region of this address [451]', 'region'],
    ['exchange-limited', 'This address is banned by the exchange for a while [418]', 'banned'],
    ['exchange-limited', 'This address is banned by the exchange: 85 s left', 'banned'],
    ['exchange-limited', 'Too many requests [-1003]', 'limited'],
    ['exchange-limited', 'The exchange’s firewall refused the request [403]', 'firewall'],
    ['exchange-unavailable', 'The proxy did not let the request through (HTTPS_PROXY)', 'proxy'],
    ['exchange-unavailable', 'The exchange’s certificate could not be checked', 'certificate'],
    ['exchange-unavailable', 'The exchange did not answer in time', 'unavailable'],
    ['clock-skew', 'The exchange refused the time stamp [-1021]: the clocks differ', 'clock'],
    ['of-a-later-version', '', 'other'],
  ])('%s: "%s" is %s', (code, detail, expected) => {
    expect(troubleOf(code, detail)).toBe(expected);
  });
  it('has words and advice for each kind', () => {
    const file = join(import.meta.dirname, '../../../src/locales/en/system.json'); // as written: an import gives compiled messages
    const words = (JSON.parse(readFileSync(file, 'utf8')) as { trouble: Record<string, unknown> }).trouble;
    for (const name of TROUBLES) expect(words[name]).toMatchObject({ title: expect.stringMatching(/./), do: expect.stringMatching(/./) });
  });
  it('lists only the accounts that could not be read', () => {
    const params = { account: 'vault', code: 'clock-skew', detail: 'x' };
    const lines = troubleLines([{ kind: 'recomputing', severity: 'info', params: {}, href: '/' }, { kind: 'sync_failed', severity: 'warn', params, href: '/' }]);
    expect(lines).toMatchObject([{ account: 'vault', trouble: 'clock', severity: 'warn' }]);
  });
});

describe('limits', () => {
  const one = (host: string, used: number, until: string | null = null): Health['limits'][number] => ({ host, pool: 'api', used, limit: 6000, window_s: 60, silent_until: until, banned: until !== null });
  it('show hosts that may not be asked before the fullest', () => {
    const lines = limitLines(health({ limits: [one('a', 10), one('b', 5000), one('c', 0, '2026-11-20T13:01:00Z')] }));
    expect(lines.map(({ host }) => host)).toEqual(['c', 'b', 'a']);
    expect(quietUntil(lines, NOW)).toBe(Date.parse('2026-11-20T13:01:00Z'));
  });
  it('forget a silence that is over', () => {
    expect(quietUntil(limitLines(health({ limits: [one('c', 0, '2026-11-20T13:00:00Z')] })), NOW)).toBeNull();
  });
});

describe('connection test', () => {
  const good: Connection = {
    ok: true, environment: 'live', server_time: '2026-11-20T13:00:00Z', clock_offset_ms: 12, latency_ms: 80,
    can_read: true, can_trade: false, can_withdraw: false, ip_restricted: true, code: null, detail: 'The key works',
  };
  const states = (over: Partial<Connection>): Record<string, string> => Object.fromEntries(findings({ ...good, ...over }).map(({ check, state }) => [check, state]));
  it('of a good key finds nothing to change', () => {
    expect(new Set(Object.values(states({})))).toEqual(new Set(['ok']));
    expect(findings(good).flatMap(({ change }) => change ?? [])).toEqual([]);
  });
  it('says to switch withdrawing off and to restrict the addresses', () => {
    expect(findings({ ...good, can_withdraw: true, ip_restricted: false }).flatMap(({ change }) => change ?? [])).toEqual(['withdraw', 'address']);
    expect(states({ can_withdraw: true })).toMatchObject({ withdraw: 'bad' });
  });
  it('asks for no address list where the money is not real', () => {
    expect(states({ ip_restricted: false, environment: 'testnet' })).toMatchObject({ address: 'idle' });
  });
  it('never calls allowed or forbidden what was not answered', () => {
    const silent = states({ ok: false, server_time: null, clock_offset_ms: null, can_read: null, can_trade: null, can_withdraw: null, ip_restricted: null });
    expect(silent).toEqual({ answer: 'bad', clock: 'idle', read: 'idle', trade: 'idle', withdraw: 'idle', address: 'idle' });
  });
  it('warns of a clock more than a second off, but not where the exchange keeps its own time', () => {
    expect(states({ clock_offset_ms: -1500 }).clock).toBe('warn');
    expect(states({ clock_offset_ms: 10 ** 10, environment: 'demo' }).clock).toBe('ok');
  });
});

describe('refreshes of the last day', () => {
  const counted = (percent: number | null) => ({ worked: 2878, failed: 2, worked_percent: percent, since: '2026-11-19T14:00:00Z', reason: percent === null ? 'too_short' : null });
  it('are cut to two decimals: 100 % is said of every one only', () => {
    expect(shareWorked(counted(99.930556))).toBe(99.93);
    expect(shareWorked(counted(99.9999))).toBe(99.99);
    expect(shareWorked(counted(100))).toBe(100);
  });
  it('have no share while too little is known', () => {
    expect(shareWorked(counted(null))).toBeNull();
  });
  it('are of a whole day from 23 hours on', () => {
    expect(wholeDay('2026-11-19T14:00:30Z', NOW)).toBe(true);
    expect(wholeDay('2026-11-19T14:00:31Z', NOW)).toBe(false);
  });
});

describe('log', () => {
  const line = (over: Partial<LogLine>): LogLine => ({ id: 1, at: '2026-11-20T13:00:00Z', level: 'ok', task: 'balances', account: 7, code: null, detail: '', numbers: {}, duration_ms: null, ...over });
  const say = (over: Partial<LogLine>): string => logWords(line(over), { t, f, account: over.account === null ? '' : 'vault' });
  it('tells what was done, how much of it and how long it took', () => {
    expect(say({ numbers: { assets: 1200 }, duration_ms: 384 })).toBe('system.log.balances 1,200 vault system.ms 384');
    expect(say({ task: 'snapshot', numbers: { number: 21118, rows: 1 }, duration_ms: 61 })).toBe('system.log.snapshot 1 vault 21,118 system.ms 61');
    expect(say({ task: 'streams' })).toBe('system.log.moved vault');
    expect(say({ task: 'books', numbers: { entries: 3 }, duration_ms: 12 })).toBe('system.log.books 3 vault system.ms 12');
    expect(say({ task: 'history', numbers: { entries: 166 }, duration_ms: 33_201 })).toBe('system.log.history 166 vault 33\u00a0s');
  });
  it('tells a failure in the server’s words, and the how manieth it is', () => {
    const detail = 'The exchange did not answer in time';
    expect(say({ level: 'retry', code: 'exchange-unavailable', detail })).toBe(`system.log.failed vault ${detail}`);
    expect(say({ level: 'retry', code: 'exchange-unavailable', detail, numbers: { tries: 8 } })).toBe(`system.log.failed vault ${detail} system.log.tries 8`);
    expect(say({ level: 'warning', code: 'of-a-later-version' })).toBe('system.log.failed vault of-a-later-version');
  });
  it('names the wallets that could not be read', () => {
    expect(say({ level: 'retry', code: 'partial', detail: 'funding, staking', numbers: { assets: 2 } })).toBe('system.log.partial vault overview.wallets.funding + overview.wallets.staking');
  });
  it('tells of streams without an account', () => {
    expect(say({ task: 'streams', account: null, numbers: { streams: 2, cuts: 0 } })).toBe('system.log.connected');
    expect(say({ task: 'streams', account: null, level: 'retry', code: 'reconnecting', detail: 'The connection was cut' })).toBe('system.log.cut The connection was cut');
  });
  it('tells how a run of orders began and ended', () => {
    const run = (over: Partial<LogLine>): string => say({ task: 'runs', ...over });
    const ended = { run: 7, orders: 6, filled: 4, dry_run: 0 };
    expect(run({ level: 'run', numbers: { run: 7, orders: 6 } })).toMatch(/^system.log.runBegan 7 vault 6 /);
    expect(run({ numbers: ended, duration_ms: 900 })).toMatch(/^system.log.runDone 7 vault 6 4 .*system.ms 900$/);
    expect(run({ numbers: { ...ended, filled: 0, dry_run: 1 } })).toMatch(/^system.log.runDry 7 vault 6/);
    expect(run({ level: 'warning', code: 'foreign-move', detail: 'The balances changed', numbers: ended })).toBe('system.log.runStopped 7 vault 6 4 The balances changed');
  });
  it('has a word for each level, and warns of those that did not work', () => {
    expect(TONE_OF).toEqual({ ok: 'ok', run: 'info', retry: 'warn', warning: 'warn' });
  });
});
