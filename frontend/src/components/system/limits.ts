import type { Overview } from '@/composables/types';

/** Request weight of one host in the running minute. */
export interface LimitLine {
  readonly host: string;
  readonly used: number;
  readonly limit: number;
  /** Nothing may be sent before this instant (ms, this machine's clock); null: nobody asked for silence. */
  readonly quietUntil: number | null;
  readonly banned: boolean;
}

export function limitLines(overview: Overview | null, spot: string): LimitLine[] {
  const { weight_used: used = null, weight_limit: limit = null } = overview?.sync ?? {};
  return used === null || limit === null ? [] : [{ host: spot, used, limit, quietUntil: null, banned: false }];
}
