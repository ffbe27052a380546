// What is said about the key for ranks, by where it stands.
import type { RankKey } from '@/composables/useRankKey';

/** As any key of CoinMarketCap looks: nothing else is sent. */
const SHAPE = /^[!-~]{8,200}$/;
const MASK = '•'.repeat(16);

export type RankUsage = 'none' | 'demo' | 'untold' | 'used' | 'of';
export type RankNote = 'demo' | 'no_vault' | 'key_lost' | 'refused' | 'settings';

export const isRankKey = (text: string): boolean => SHAPE.test(text);

/** The key that counts, as it may be shown; null: there is none to be shown. */
export const maskOf = ({ source, ending }: RankKey): string | null => (source === 'coinmarketcap' ? `${MASK}${ending ?? ''}` : null);

/** How many calls of the month are used, as far as that was told. */
export function usageOf({ source, used, granted }: RankKey): RankUsage {
  if (source !== 'coinmarketcap') return source === 'demo' ? 'demo' : 'none';
  if (used === null) return 'untold';
  return granted === null ? 'used' : 'of';
}

/** What is to be known of it first; null: nothing. */
export function noteOf({ blocked, refusal, set_by }: RankKey): RankNote | null {
  return blocked ?? (refusal !== null ? 'refused' : set_by === 'settings' ? 'settings' : null);
}

/** Nothing can be typed there. */
export const isClosed = ({ blocked }: RankKey): boolean => blocked === 'demo' || blocked === 'no_vault';
