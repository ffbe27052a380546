// The log of the System page: what the event stream told, in words.
import type { News } from '@/stores/live';

export interface LogLine {
  readonly id: number;
  readonly at: number;
  readonly tone: 'ok' | 'warn' | 'info';
  readonly text: string;
}

type Say = (key: string, values?: Record<string, unknown>, count?: number) => string;

/** Prices come every second by stream: they would push everything else out. */
const noise = ({ topic, data }: News): boolean => topic === 'balances' && data.by === 'prices';

export function logLines(news: readonly News[], accountName: (id: unknown) => string, t: Say): LogLine[] {
  return news.filter((one) => !noise(one)).map((one) => ({ id: one.id, at: one.at, ...told(one, accountName(one.data.account), t) }));
}

function told({ topic, data }: News, account: string, t: Say): Pick<LogLine, 'tone' | 'text'> {
  switch (topic) {
    case 'balances':
      return { tone: 'ok', text: t(data.by === 'stream' ? 'system.log.moved' : 'system.log.balances', { account }) };
    case 'snapshot': {
      const rows = typeof data.rows === 'number' ? data.rows : 1;
      return { tone: 'ok', text: t('system.log.snapshot', { n: rows, account }, rows) };
    }
    case 'cashflow':
      return { tone: 'info', text: t('system.log.cashflow', { account }) };
    case 'import':
      return { tone: 'info', text: typeof data.total === 'number' ? t('system.log.import', { account, done: data.done, total: data.total }) : t('system.log.imported', { account }) };
    case 'sync':
      return synced(data, account, t);
    default:
      return { tone: 'info', text: t('system.log.other', { topic, account }) };
  }
}

function synced(data: News['data'], account: string, t: Say): Pick<LogLine, 'tone' | 'text'> {
  if (!Array.isArray(data.streams)) return { tone: 'warn', text: t('system.log.failed', { account, code: String(data.code ?? '') }) };
  const worst = ['off', 'reconnecting'].find((state) => (data.streams as unknown[]).includes(state)) ?? 'live'; // an array, seen above
  return { tone: worst === 'live' ? 'ok' : 'warn', text: t('system.log.streams', { state: t(`system.log.streamStates.${worst}`) }) };
}
