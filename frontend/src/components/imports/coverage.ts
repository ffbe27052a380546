// What is known of each stretch of time, one history at a time.
import type { Composer } from 'vue-i18n';
import type { CoverageGap, SourceCoverage } from '@/composables/useCoverage';
import { fromWall } from '@/lib/wallTime';

/** `file`: not read, and told by an export; `later`: after the last look; `before`: the account had no history yet. */
export type Known = 'read' | 'file' | 'before' | 'later' | CoverageGap['reason'];

export interface Stretch {
  readonly kind: Known;
  /** Milliseconds. */
  readonly from: number;
  readonly until: number;
}

export interface Day {
  readonly from: number;
  readonly until: number;
}

const DAY_MS = 86_400_000;
/** Which word stands for a day of which several hold. */
const WORST: readonly Known[] = ['not_readable', 'not_read', 'beyond_horizon', 'later', 'file', 'read', 'before'];

/** Where a map begins: at the first event that anything tells of, and never less than a day ago. `first`: of the snapshots. */
export function startOf(items: readonly SourceCoverage[], first: string | null, now: number): number {
  const known = [first, ...items.flatMap((item) => [...item.gaps, ...item.files].map((one) => one.from))].filter((at) => at !== null);
  const any = known.length ? known : items.map((item) => item.from).filter((at) => at !== null);
  return Math.min(now - DAY_MS, ...any.map((at) => Date.parse(at)));
}

/** A history from `start` to `now` without holes: neighbours differ in kind. */
export function stretches(item: SourceCoverage, start: number, now: number): Stretch[] {
  const gaps = item.gaps.map((gap) => ({ kind: gap.reason, from: Date.parse(gap.from), until: gap.to === null ? now : Date.parse(gap.to) }));
  const files = item.files.map((file) => ({ from: Date.parse(file.from), until: Date.parse(file.to) }));
  const since = item.from === null ? now : Date.parse(item.from);
  const until = item.until === null ? now : Date.parse(item.until);
  const cuts = [start, now, since, until, ...[...gaps, ...files].flatMap((one) => [one.from, one.until])];
  const points = [...new Set(cuts.filter((at) => at >= start && at <= now))].sort((a, b) => a - b);
  const found: Stretch[] = [];
  for (const [index, from] of points.slice(0, -1).entries()) {
    const to = points[index + 1] ?? now; // there is one more point than stretches
    const within = (one: { from: number; until: number }): boolean => one.from <= from && one.until >= to;
    const told = files.some(within) ? 'file' : null;
    const kind = gaps.find(within)?.kind ?? (from < since ? (told ?? 'before') : from >= until ? (told ?? 'later') : 'read');
    const last = found.at(-1);
    if (last?.kind === kind) found[found.length - 1] = { ...last, until: to };
    else found.push({ kind, from, until: to });
  }
  return found;
}

/** The day that a text names in a zone, `2026-11-20`; null where it names none. */
export function dayOf(text: string, zone: string): Day | null {
  const from = fromWall({ date: text, time: '00:00' }, zone) ?? fromWall({ date: text, time: '01:00' }, zone); // some days begin at one
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !from) return null;
  const next = new Date(Date.parse(`${text}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const until = fromWall({ date: next, time: '00:00' }, zone) ?? fromWall({ date: next, time: '01:00' }, zone);
  return { from: from.getTime(), until: until?.getTime() ?? from.getTime() + DAY_MS };
}

/** What is known of a day: the worst of what holds in it. A day to come is not read yet. */
export function knownOn(item: SourceCoverage, day: Day, now: number): Known {
  if (day.from >= now) return 'later';
  const kinds = stretches(item, day.from, Math.min(day.until, now)).map((one) => one.kind);
  return WORST.find((kind) => kinds.includes(kind)) ?? 'later';
}

const PLACES = 'spot|funding|margin_cross|margin_isolated|futures_usdm|futures_coinm';
const TRANSFER = new RegExp(`^transfer_(${PLACES})_(${PLACES})$`);

/** A history in words, with its pair where it is told pair by pair; one that this version has no words for is named rather than dropped. */
export function sourceName(i18n: Pick<Composer, 't' | 'te'>, source: string): string {
  const [name = source, pair] = source.split(':');
  const [, from, to] = TRANSFER.exec(name) ?? [];
  if (from && to) {
    return i18n.t('imports.moves', { from: i18n.t(`overview.wallets.${from}`), to: i18n.t(`overview.wallets.${to}`) });
  }
  const key = `imports.sources.${name}`;
  const words = i18n.te(key) ? i18n.t(key) : name.replaceAll('_', ' ');
  return pair ? `${words}, ${pair}` : words;
}

/** Only a file can tell of it: the exchange does not, or not to this key. */
export function needsFile(gap: CoverageGap): boolean {
  return gap.reason !== 'not_read';
}
