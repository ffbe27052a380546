// What an opened figure is called, of what it is, and how it is made, in the reader's words.
import type { Composer } from 'vue-i18n';
import { midMonth } from '@/components/overview/months';
import { middayOf } from '@/components/report/period';
import { type Asked, isOfWindow, isRisk, type Metric } from '@/composables/useExplain';
import type { MixWords } from '@/composables/useMix';
import type { RangeKey } from '@/composables/useRange';
import type { Format } from '@/lib/format';

type Words = Pick<Composer, 't' | 'te'>;
/** Words of several words, the longest first; the others are replaced one by one. */
const TOGETHER = /deviation of losses|net deposits|cash flows|end value|start value|free rate|annual return|closing trades|in rising order|full hours|held only|net flows|not defined|[a-z]+/g;

export function figureName(metric: Metric, mix: MixWords, { t, te }: Words): string {
  const own = isRisk(metric) ? `performance.risk.name.${metric}` : `performance.metric.${metric}`;
  return t(te(own) ? own : `explain.metric.${metric}`, { mix: mix.short }); // those of positions come with the drawer
}

/** "TWR, one year", "TWR, Oct 26", "Sharpe of 50/50, 90 days", "Drawdown 2, one year". */
export function figureTitle(asked: Asked, range: RangeKey, { mix, f, ...words }: Words & { mix: MixWords; f: Format }): string {
  const { t } = words;
  const { metric, month, year, date, number } = asked;
  const alone = figureName(metric, mix, words);
  const numbered = number === undefined ? alone : t('explain.numbered', { name: alone, number: f.number(number) });
  const name = asked.of === 'benchmark' ? t('explain.ofMix', { name: numbered, mix: mix.short }) : numbered;
  const when = month ? f.monthYear(midMonth(month)) : (year ?? (date ? f.date(middayOf(date)) : isOfWindow(metric) ? t(`overview.rangeLong.${range}`) : ''));
  return when ? t('performance.explain.title', { name, range: when }) : name;
}

export function figureMethod(metric: Metric, mix: MixWords, { t, te }: Words): string {
  const name = metric === 'benchmark_twr' && !mix.resets ? 'benchmark_held' : metric;
  const own = `performance.explain.method.${name}`;
  return t(te(own) ? own : `explain.method.${name}`, { mix: mix.short, made: mix.parts });
}

/** The server writes formulas in English: their words in the reader's language, the numbers as they are. */
export function formulaInWords(text: string | null, { t, te }: Words): string | null {
  const word = (found: string): string => {
    const [ours, key] = ['performance.explain.word', 'explain.word'].map((home) => `${home}.${found.replaceAll(' ', '_')}`) as [string, string]; // two in, two out
    return te(ours) ? t(ours) : te(key) ? t(key) : found;
  };
  return text?.replaceAll(' x ', ' × ').replace(TOGETHER, word) ?? null;
}
