import { useI18n } from 'vue-i18n';
import type { Plan, PlanLine } from '@/composables/rebalanceTypes';
import { toDecimal } from '@/lib/decimal';
import { reasonText } from '@/lib/reasons';
import { useFormat } from '@/lib/useFormat';

/** Codes whose minimum is one of the pair, not money. */
const OF_PAIR: ReadonlySet<string> = new Set(['min_qty', 'min_notional']);

/** Why a line of a plan is skipped, with the numbers that caused it. An unknown code is shown as it is. */
export function useSkipWords(plan: () => Plan): (line: PlanLine) => string {
  const i18n = useI18n();
  const f = useFormat();
  function shown(name: string, value: string, reason: string): string {
    if (name === 'drift_points') return f.points(value);
    if (name === 'value' || (name === 'minimum' && !OF_PAIR.has(reason))) return f.money(value, { unit: plan().reporting_currency });
    if (name === 'owned' || name === 'free') return f.quantity(value);
    return /^-?\d+(\.\d+)?$/.test(value) ? f.number(value, { digits: toDecimal(value)?.decimalPlaces() ?? 0 }) : value;
  }
  return ({ reason, reason_params: params, asset }) => {
    const key = `rebalance.reasons.${reason ?? ''}`;
    if (!reason || !i18n.te(key)) return reasonText(i18n, reason, 'rebalance');
    return i18n.t(key, { asset, ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(name, value, reason)])) });
  };
}
