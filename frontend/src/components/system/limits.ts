import type { Health } from '@/composables/useHealth';

/** One request limit of a host in its running window. */
export interface LimitLine {
  readonly key: string;
  readonly host: string;
  readonly pool: Health['limits'][number]['pool'];
  readonly used: number;
  readonly limit: number;
  /** Nothing may be sent before this instant (ms, this machine's clock); null: nobody asked for silence. */
  readonly quietUntil: number | null;
  readonly banned: boolean;
}

/** Fullest first, those that may not be asked before all. */
export function limitLines(health: Health | null): LimitLine[] {
  return (health?.limits ?? [])
    .map(({ host, pool, used, limit, silent_until: until, banned }) => ({ key: `${host} ${pool}`, host, pool, used, limit, quietUntil: until === null ? null : Date.parse(until), banned }))
    .sort((a, b) => Number(b.quietUntil !== null) - Number(a.quietUntil !== null) || b.used / b.limit - a.used / a.limit);
}

/** The latest instant before which some host may not be asked; null where all may. */
export function quietUntil(lines: readonly LimitLine[], now: number): number | null {
  const ends = lines.flatMap((line) => (line.quietUntil !== null && line.quietUntil > now ? line.quietUntil : []));
  return ends.length ? Math.max(...ends) : null;
}
