import { describe, expect, it } from 'vitest';
import { backupLine, ranksLine } from '@/components/system/houseLines';
import type { Backups } from '@/composables/useBackups';
import type { RankKey } from '@/composables/useRankKey';
import { createFormat } from '@/lib/format';

const f = createFormat({ locale: 'en-GB', timeZone: 'UTC', hidden: false, currency: 'USDT' });
/** The key with its values: which words are said, not how. */
const t = (key: string, values: Record<string, unknown> = {}): string => `${key} ${Object.values(values).join(' ')}`.trim();
const NOW = Date.parse('2026-11-20T13:00:30Z');
const said = { now: NOW, t, f };

const MADE = {
  name: 'portfolio-20261120T030000Z.zip', made_at: '2026-11-20T03:00:00Z', reason: 'scheduled' as const, size_bytes: 38_200_000, database_bytes: 90_000_000,
  rows: 1, schema: '0049', program: '0.1.0', sha256: 'a'.repeat(64),
};
const backups = (over: Partial<Backups> = {}): Backups => ({
  environment: 'live', items: [MADE], unreadable: [], folder: '/backups', interval_seconds: 86_400, keep_days: 7, keep_weeks: 4, next_at: '2026-11-21T03:00:00Z', ...over,
});
const key = (over: Partial<RankKey> = {}): RankKey => ({
  environment: 'live', source: 'coinmarketcap', set_by: 'page', ending: '3c91', added_at: '2026-11-01T00:00:00Z', used: 41, granted: 10_000, told_at: '2026-11-20T09:00:00Z', refusal: null, blocked: null, ...over,
});
const words = ({ state, detail, now }: ReturnType<typeof backupLine>) => [state, detail, now];

describe('backups among the components', () => {
  it('say when the newest was made, and that it was read back', () => {
    expect(words(backupLine(backups(), said))).toEqual(['ok', '03:00, system.detail.megabytes 38.2', 'system.now.verified']);
  });
  it('warn when the next is late by an hour, or a file cannot be read', () => {
    expect(words(backupLine(backups({ next_at: '2026-11-20T12:01:00Z' }), said))[0]).toBe('ok');
    expect(words(backupLine(backups({ next_at: '2026-11-20T12:00:00Z' }), said)).slice(0, 3)).toEqual(['warning', '03:00, system.detail.megabytes 38.2', 'system.now.late']);
    expect(words(backupLine(backups({ unreadable: ['a.zip', 'b.zip'] }), said)).slice(0, 3)).toEqual(['warning', '03:00, system.detail.megabytes 38.2', 'system.now.unreadable 2']);
  });
  it('are about to come, or never by themselves', () => {
    expect(words(backupLine(backups({ items: [], next_at: '2026-11-20T13:00:00Z' }), said))).toEqual(['starting', 'system.detail.noBackup', '']);
    expect(words(backupLine(backups({ items: [], next_at: null, interval_seconds: 0 }), said))).toEqual(['not_used', 'system.detail.noBackup', '']);
  });
});

describe('who ranks coins, among the components', () => {
  it('tells when CoinMarketCap was asked and the calls of the month', () => {
    expect(words(ranksLine(key(), said))).toEqual(['ok', 'system.detail.asked 09:00', 'system.now.callsOf 41 10,000']);
    expect(words(ranksLine(key({ granted: null }), said))[2]).toBe('system.now.calls 41 0');
    expect(words(ranksLine(key({ used: null, granted: null, told_at: null }), said))).toEqual(['starting', 'system.detail.notAsked', '']);
  });
  it('warns of a key that is refused, or lost', () => {
    expect(words(ranksLine(key({ refusal: 'This key is invalid' }), said)).slice(0, 2)).toEqual(['warning', 'This key is invalid']);
    expect(words(ranksLine(key({ source: null, blocked: 'key_lost', used: null }), said)).slice(0, 2)).toEqual(['warning', 'system.detail.keyLost']);
  });
  it('says that there is none, or that the demo does it', () => {
    expect(words(ranksLine(key({ source: null, used: null }), said))).toEqual(['not_used', 'system.detail.noRanks', '']);
    expect(words(ranksLine(key({ source: 'demo', used: null, blocked: 'demo' }), said))).toEqual(['ok', 'system.detail.ranksDemo', '']);
  });
});
