// The rows of the System page: /health says which components there are and how they are, the overview says the figures.
import type { Overview, Stats } from '@/composables/types';
import type { Health } from '@/composables/useHealth';
import type { Latencies } from '@/composables/useLatencies';
import type { Format } from '@/lib/format';

export type Dot = 'ok' | 'warn' | 'bad' | 'idle';
export type State = 'ok' | 'starting' | 'warning' | 'down' | 'not_used';

export interface ComponentLine {
  readonly name: string;
  readonly label: string;
  readonly state: State;
  readonly detail: string;
  readonly now: string;
  /** Milliseconds: of the last answer, or the median of the last hour where `hour` says so; null: nothing is measured. */
  readonly latencyMs: number | null;
  readonly hour?: Latencies['items'][number];
  /** `now` tells the latency already. */
  readonly told?: true;
}

export const DOT_OF: Readonly<Record<State, Dot>> = { ok: 'ok', starting: 'warn', warning: 'warn', down: 'bad', not_used: 'idle' };
const ORDER = ['exchange', 'streams', 'collector', 'snapshots', 'history', 'database', 'schema', 'disk', 'simulator', 'pages', 'redis', 'workers'];
const GB = 1e9;

export interface Sources {
  readonly health: Health;
  readonly overview: Overview | null;
  readonly tracking: Stats['tracking'] | null;
  readonly latencies: Latencies | null;
  /** Milliseconds: this machine's clock, and the exchange's. */
  readonly now: number;
  readonly exchangeNow: number;
  readonly lagS: number | null;
  readonly t: (key: string, values?: Record<string, unknown>, count?: number) => string;
  readonly f: Format;
}

type Words = Pick<ComponentLine, 'detail' | 'now' | 'latencyMs' | 'told'>;

/** One line a component that /health names, in the page's order; one it adds later comes last, under its own name. */
export function componentLines(from: Sources): ComponentLine[] {
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const own = from.health.environment === 'demo' || from.health.environment === 'simulator';
  return [...from.health.components]
    .sort((a, b) => place(a.name) - place(b.name))
    .map(({ name, status, detail }) => {
      const words = WORDS[name]?.(from) ?? { detail: '', now: '', latencyMs: null };
      // In trouble the component's own words matter more than its figures.
      const troubled = (status === 'warning' || status === 'down') && detail;
      const hour = from.latencies?.items.find(({ component }) => component === name);
      return { name, label: from.t(`system.names.${name === 'exchange' && own ? 'exchangeOwn' : name}`), state: status, ...words, ...(hour ? { hour, latencyMs: hour.median_ms } : {}), ...(troubled ? { detail } : {}) };
    });
}

const since = ({ now, f }: Sources, at: string): string => f.duration(Math.max(0, Math.round((now - Date.parse(at)) / 1000)));

const WORDS: Readonly<Record<string, (from: Sources) => Words>> = {
  exchange({ health, overview, latencies, t, f }) {
    const { weight_used: used = null, weight_limit: limit = null } = overview?.sync ?? {};
    const median = latencies?.items.find(({ component }) => component === 'exchange')?.median_ms;
    return {
      detail: used === null || limit === null ? t('system.detail.noWeight') : t('system.detail.weight', { used: f.number(used), limit: f.number(limit) }),
      now: median === undefined ? '' : t('system.now.median', { time: t('system.ms', { n: f.number(median) }) }),
      latencyMs: health.api_response_time_ms,
      ...(median === undefined ? {} : { told: true as const }),
    };
  },
  streams(from) {
    const { overview, t } = from;
    const streams = overview?.sync.streams;
    if (!streams || streams.state === 'off' || streams.since === null) return { detail: t('system.detail.streamsOff'), now: '', latencyMs: null };
    const long = t(streams.state === 'live' ? 'system.detail.connected' : 'system.detail.reconnecting', { time: since(from, streams.since) });
    return {
      detail: streams.reconnects ? `${long}, ${t('system.detail.cuts', { n: streams.reconnects }, streams.reconnects)}` : long,
      now: streams.last_message_at === null ? '' : t('system.now.behind', { time: since(from, streams.last_message_at) }),
      latencyMs: null,
    };
  },
  collector({ overview, lagS, t, f }) {
    const { interval_s: every = 0, accounts_ok: ok = 0, accounts_total: total = 0 } = overview?.sync ?? {};
    return {
      detail: overview ? [t('system.detail.every', { time: f.duration(every) }), ...(ok < total ? [t('system.now.accounts', { ok, total }, total)] : [])].join(', ') : '',
      now: lagS === null ? '' : t('system.now.lag', { time: f.duration(lagS) }),
      latencyMs: null,
    };
  },
  snapshots({ overview, tracking, exchangeNow, t, f }) {
    const { last_snapshot_at: last = null, next_snapshot_at: next = null } = overview?.sync ?? {};
    const missing = tracking?.missing ? t('system.now.missing', { n: f.number(tracking.missing), total: f.number(tracking.expected) }) : null;
    const at = last === null ? t('system.detail.noSnapshot') : t('system.detail.lastSnapshot', { time: f.moment(last, exchangeNow) });
    return {
      detail: missing ? `${at}, ${missing}` : at,
      now: next === null ? '' : t('system.now.next', { time: f.countdown(next, exchangeNow) }),
      latencyMs: null,
    };
  },
  history({ health, overview, t, f }) {
    const progress = overview?.sync.import_progress ?? null;
    const reading = health.components.find(({ name }) => name === 'history')?.detail ?? '';
    return {
      detail: progress ? progress.detail || reading : t('system.detail.read'),
      now: progress ? t('system.now.importing', { done: f.number(progress.done), total: f.number(progress.total) }) : '',
      latencyMs: null,
    };
  },
  database: ({ health, t, f }) => ({
    detail: health.components.find(({ name }) => name === 'database')?.detail ?? '',
    now: health.database_write_time_ms === null ? '' : t('system.now.write', { time: t('system.ms', { n: f.number(health.database_write_time_ms, { digits: health.database_write_time_ms < 10 ? 1 : 0 }) }) }),
    latencyMs: health.database_response_time_ms,
  }),
  schema: ({ t }) => ({ detail: t('system.detail.schema'), now: '', latencyMs: null }),
  disk: ({ health, t, f }) => ({
    detail: t('system.detail.disk'),
    now: health.disk_free_bytes === null ? '' : t('system.now.free', { n: f.number(health.disk_free_bytes / GB, { digits: 1 }) }),
    latencyMs: null,
  }),
  simulator: ({ t }) => ({ detail: t('system.detail.simulator'), now: '', latencyMs: null }),
  pages: ({ health, t }) => ({ detail: t('system.detail.version', { version: health.version }), now: '', latencyMs: null }),
  redis: ({ health, t }) => ({ detail: health.redis_connection === 'not_configured' ? t('system.detail.redis') : '', now: '', latencyMs: null }),
  workers: ({ health, t, f }) => ({
    detail: health.workers === null ? '' : t('system.detail.workers', { n: f.number(health.workers.number) }, health.workers.number),
    now: health.workers === null ? '' : t('system.now.waiting', { n: f.number(health.workers.waiting) }, health.workers.waiting),
    latencyMs: null,
  }),
};
