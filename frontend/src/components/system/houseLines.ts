// Rows of the System page that /health does not tell of: the backups, and who ranks coins.
import { type Backups, isLate } from '@/composables/useBackups';
import type { RankKey } from '@/composables/useRankKey';
import type { ComponentLine, Sources, State } from './componentLines';

type Said = Pick<Sources, 'now' | 't' | 'f'>;
const MEGABYTE = 1_000_000;
const line = (name: 'backup' | 'ranks', state: State, detail: string, now: string, t: Said['t']): ComponentLine => ({ name, label: t(`system.names.${name}`), state, detail, now, latencyMs: null });

/** The newest backup; what is late, or cannot be read, is a warning. */
export function backupLine(found: Backups, { now, t, f }: Said): ComponentLine {
  const [newest] = found.items;
  const size = newest && t('system.detail.megabytes', { n: f.number(newest.size_bytes / MEGABYTE, { digits: 1 }) });
  const told = newest ? `${f.moment(newest.made_at, now)}, ${size}` : t('system.detail.noBackup');
  if (found.unreadable.length) return line('backup', 'warning', told, t('system.now.unreadable', { n: f.number(found.unreadable.length) }, found.unreadable.length), t);
  if (isLate(found, now)) return line('backup', 'warning', told, t('system.now.late'), t);
  if (newest) return line('backup', 'ok', told, t('system.now.verified'), t);
  return line('backup', found.interval_seconds ? 'starting' : 'not_used', told, '', t);
}

/** Who ranks coins: the demo itself, CoinMarketCap with a key, or nobody. */
export function ranksLine(key: RankKey, { now, t, f }: Said): ComponentLine {
  const calls = key.used === null ? '' : t(key.granted === null ? 'system.now.calls' : 'system.now.callsOf', { n: f.number(key.used), granted: f.number(key.granted ?? 0) }, key.used);
  if (key.blocked === 'key_lost') return line('ranks', 'warning', t('system.detail.keyLost'), '', t);
  if (key.source === 'demo') return line('ranks', 'ok', t('system.detail.ranksDemo'), '', t);
  if (key.source === null) return line('ranks', 'not_used', t('system.detail.noRanks'), '', t);
  if (key.refusal !== null) return line('ranks', 'warning', key.refusal, calls, t);
  return line('ranks', key.told_at === null ? 'starting' : 'ok', key.told_at === null ? t('system.detail.notAsked') : t('system.detail.asked', { time: f.moment(key.told_at, now) }), calls, t);
}
