// The stored log in words (messages `system.log`).
import type { LogLine } from '@/composables/useLogs';
import type { Format } from '@/lib/format';

export type Tone = 'ok' | 'info' | 'warn';
export const TONE_OF: Readonly<Record<LogLine['level'], Tone>> = { ok: 'ok', run: 'info', retry: 'warn', warning: 'warn' };

export interface Speech {
  readonly t: (key: string, values?: Record<string, unknown>, count?: number) => string;
  readonly f: Format;
  readonly account: string;
}

/** What happened, how much of it, how long it took. An error is told in the server's own words. */
export function logWords(line: LogLine, speech: Speech): string {
  const { t, f } = speech;
  const took = line.duration_ms === null ? '' : lasted(line.duration_ms, speech);
  const tries = line.numbers.tries ? t('system.log.tries', { n: f.number(line.numbers.tries) }) : '';
  return [happened(line, speech), tries, took].filter(Boolean).join(' ');
}

const lasted = (ms: number, { t, f }: Speech): string => (ms < 10_000 ? t('system.ms', { n: f.number(ms) }) : f.duration(ms / 1000));

function ran({ detail, numbers, code, level }: LogLine, { t, f, account }: Speech): string {
  const { run = 0, orders = 0, filled = 0 } = numbers;
  const values = { run: f.number(run), account, n: f.number(orders), filled: f.number(filled), detail: detail || code };
  if (code !== null) return t('system.log.runStopped', values);
  if (numbers.dry_run === 1) return t('system.log.runDry', values, orders);
  return level === 'run' ? t('system.log.runBegan', values, orders) : t('system.log.runDone', values, orders);
}

function happened(line: LogLine, { t, f, account }: Speech): string {
  const { task, code, detail, numbers } = line;
  const count = (key: string, n = 0, values: Record<string, unknown> = {}): string => t(key, { n: f.number(n), account, ...values }, n);
  if (code === 'partial') return t('system.log.partial', { account, wallets: detail.split(', ').map((wallet) => t(`overview.wallets.${wallet}`)).join(' + ') });
  if (task === 'streams' && line.account === null) return code === null ? t('system.log.connected') : t('system.log.cut', { detail });
  if (task === 'connection_test') return t('system.log.tested', { account, detail }).trim();
  if (task === 'runs') return ran(line, { t, f, account });
  if (code !== null) return t('system.log.failed', { account, detail: detail || code });
  switch (task) {
    case 'balances': return count('system.log.balances', numbers.assets);
    case 'history': return count('system.log.history', numbers.entries);
    case 'snapshot': if (numbers.repaired !== undefined) return count('system.log.repaired', numbers.repaired);
      return count('system.log.snapshot', numbers.rows, { number: f.number(numbers.number) });
    case 'books': return count('system.log.books', numbers.entries);
    case 'streams': return t('system.log.moved', { account });
    case 'keys': return t('system.log.keys', { account });
    case 'demo_action': return t('system.log.demo', { account });
  }
}
