import { useI18n } from 'vue-i18n';
import type { Rule } from '@/composables/useBacktests';
import { useFormat } from '@/lib/useFormat';
import { type RuleKey, ruleOf } from './compare';

/** "Threshold 5 pp", "Every 7 d", "Buy and hold". */
export function useRuleName(): (rule: RuleKey | Partial<Rule>) => string {
  const { t } = useI18n();
  const f = useFormat();
  const digits = (value: number): number => (Number.isInteger(value) ? 0 : 1);
  return (rule) => {
    const { kind, interval_hours: hours, threshold_percent: points } = (typeof rule === 'string' ? ruleOf(rule) : rule) ?? {};
    if (kind === 'threshold' && points) return t('rebalance.compare.thresholdOf', { points: f.points(points, { digits: digits(points), signed: false }) });
    return kind === 'periodic' && hours ? t('rebalance.compare.every', { time: hours < 1 ? f.duration(hours * 3600) : hours < 48 ? `${f.number(hours)}\u00a0h` : f.duration(hours * 3600) }) : t('rebalance.compare.hold');
  };
}
