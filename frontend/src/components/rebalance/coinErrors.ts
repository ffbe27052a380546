import { ApiError } from '@/api/problem';
import { coinOf, type TargetRow } from './targets';

/** What the server refused of a list of targets: the coins that it names, each with `words`; '' is the whole, in `whole`. */
export function coinErrors(error: unknown, rows: readonly TargetRow[], words: string, whole?: (error: unknown) => string): Record<string, string> {
  if (!error) return {};
  const told = error instanceof ApiError ? error.field('allocations') : undefined;
  const named = told === undefined ? [] : rows.map(coinOf).filter((coin) => told.split(/[^A-Z0-9]+/).includes(coin));
  if (named.length) return Object.fromEntries(named.map((coin) => [coin, words]));
  return whole ? { '': whole(error) } : {};
}
