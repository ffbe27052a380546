import { useI18n } from 'vue-i18n';
import { useFormat } from '@/lib/useFormat';
import { type FormError, LIMITS, NUMBERS, ruleOf } from './settingsForm';

/** What a field shows: what is wrong as it is typed, else what the server said of it. */
export function useFieldErrors(wrong: () => Readonly<Record<string, FormError>>, refused: () => Readonly<Record<string, string>>): (name: string) => string | null {
  const { t } = useI18n();
  const f = useFormat();
  const isNumber = (name: string): name is keyof typeof NUMBERS | keyof typeof LIMITS => name in NUMBERS || name in LIMITS;
  return (name) => {
    const why = wrong()[name];
    if (!why) return refused()[name] ?? null;
    if (why !== 'range' || !isNumber(name)) return t(`rebalance.errors.${why}`);
    const { min, max, optional = false, whole = false } = ruleOf(name);
    const digits = (value: number): number => (Number.isInteger(value) ? 0 : String(value).split('.')[1]?.length ?? 0);
    const bounds = { min: f.number(min, { digits: digits(min) }), max: f.number(max, { digits: digits(max) }) };
    return [t(whole ? 'rebalance.errors.whole' : 'rebalance.errors.range', bounds), optional ? t('rebalance.errors.orEmpty') : ''].filter(Boolean).join(' ');
  };
}
