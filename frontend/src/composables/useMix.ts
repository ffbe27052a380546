import { computed, type ComputedRef } from 'vue';
import { type Composer, useI18n } from 'vue-i18n';
import type { Format } from '@/lib/format';
import { useFormat } from '@/lib/useFormat';
import { type Mix, useSessionStore } from '@/stores/session';

const MOST_NAMED = 3; // coins: more would fill the line
const SHORT = 8; // letters, as 60/30/10: what fits under a return

export interface MixWords {
  /** "50/50", "BTC", or what stands for a mix that is too long to name. */
  readonly short: string;
  /** "60/30/10 BTC/ETH/SOL", "BTC", "a basket of 5 coins". */
  readonly full: string;
  /** "60% BTC · 30% ETH · 10% SOL": each of them, however many. */
  readonly parts: string;
  readonly resets: boolean;
}

/** A benchmark in the reader's words; null: no figures have said yet what it is made of. */
export function mixWords(mix: Mix | null, f: Format, { t }: Pick<Composer, 't'>): MixWords {
  const coins = mix?.coins ?? [];
  const digits = (percent: number): number => (Number.isInteger(percent) ? 0 : 2);
  const weights = coins.map(({ weight_percent: one }) => f.number(one, { digits: digits(one) })).join('/');
  const parts = coins.map(({ coin, weight_percent: one }) => t('overview.mixPart', { weight: f.percent(one, { digits: digits(one) }), coin })).join(' · ');
  const resets = mix?.resets ?? true;
  const [first] = coins;
  if (!first) return { short: t('overview.basket'), full: t('overview.basket'), parts, resets };
  if (coins.length === 1) return { short: first.coin, full: first.coin, parts, resets };
  const named = coins.length <= MOST_NAMED;
  return {
    short: named && weights.length <= SHORT ? weights : t('overview.basket'),
    full: named ? `${weights} ${coins.map(({ coin }) => coin).join('/')}` : t('overview.basketOf', { n: f.number(coins.length) }),
    parts,
    resets,
  };
}

/** The benchmark of the figures on the page. */
export function useMix(): ComputedRef<MixWords> {
  const i18n = useI18n();
  const f = useFormat();
  const session = useSessionStore();
  return computed(() => mixWords(session.mix, f, i18n));
}
