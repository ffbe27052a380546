import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { componentLines, type Sources } from '@/components/system/componentLines';
import { type Connection, findings } from '@/components/system/findings';
import { limitLines, quietUntil } from '@/components/system/limits';
import { logLines } from '@/components/system/news';
import { troubleLines, troubleOf, TROUBLES } from '@/components/system/trouble';
import type { Health } from '@/composables/useHealth';
import { createFormat } from '@/lib/format';
import type { News } from '@/stores/live';
import { overview } from '../overview/builders';

const f = createFormat({ locale: 'en-GB', timeZone: 'UTC', hidden: false, currency: 'USDT' });
/** The key with its values: which words are said, not how. */
const t = (key: string, values: Record<string, unknown> = {}): string => `${key} ${Object.values(values).join(' ')}`.trim();
const NOW = Date.parse('2026-11-20T13:00:30Z');

function health(over: Partial<Health> = {}): Health {
  return {
    status: 'ok', sync_status: 'healthy', last_sync: '2026-11-20T13:00:21Z', sync_lag_seconds: 9, api_response_time_ms: 182, clock_offset_ms: -38,
    database_connection: 'ok', database_response_time_ms: 3, redis_connection: 'not_configured', pages: 'ok', environment: 'live', version: '0.1.0',
    started_at: '2026-11-03T07:00:00Z', detail: null, components: [{ name: 'database', status: 'ok', detail: '' }, { name: 'exchange', status: 'ok', detail: '' }], limits: [], ...over,
  };
}
const sources = (over: Partial<Sources> = {}): Sources => ({ health: health(), overview: overview(), tracking: null, now: NOW, exchangeNow: NOW, lagS: 0.4, t, f, ...over });

describe('components', () => {
  it('come in the page’s order, with the figures of the overview', () => {
    const lines = componentLines(sources());
    expect(lines.map(({ name }) => name)).toEqual(['exchange', 'database']);
    expect(lines[0]).toMatchObject({ state: 'ok', detail: 'system.detail.weight 20 6,000', latencyMs: 182 });
    expect(lines[1]?.latencyMs).toBe(3);
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

describe('log', () => {
  const one = (topic: News['topic'], data: Record<string, unknown>, id = 1): News => ({ id, topic, data, at: NOW });
  const say = (...news: News[]): string[] => logLines(news, (id) => (id === 7 ? 'vault' : ''), t).map(({ tone, text }) => `${tone} ${text}`);
  it('names the account and marks what failed', () => {
    expect(say(one('balances', { account: 7 }), one('sync', { account: 7, code: 'clock-skew' }))).toEqual(['ok system.log.balances vault', 'warn system.log.failed vault clock-skew']);
  });
  it('leaves out prices by stream, which come every second', () => {
    expect(say(one('balances', { account: 7, by: 'prices' }))).toEqual([]);
  });
  it('warns while a stream is cut', () => {
    expect(say(one('sync', { streams: ['live', 'reconnecting'] }), one('sync', { streams: ['live'] }))).toEqual([
      'warn system.log.streams system.log.streamStates.reconnecting', 'ok system.log.streams system.log.streamStates.live',
    ]);
  });
});
