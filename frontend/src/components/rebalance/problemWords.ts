import { useI18n } from 'vue-i18n';
import { ApiError, toFailure } from '@/api/problem';

/** Codes of which the exchange makes many, by their beginning: `filter-lot-size`, `expired-thin-book`. */
const KINDS: readonly (readonly [start: string, word: string])[] = [['filter-', 'filter'], ['expired', 'ended_early'], ['canceled', 'ended_early'], ['rejected', 'order_rejected']];

/** What a reason code of the server says in the reader's words; of an unknown code `otherwise`, or the code itself. */
export function useCodeWords(): (code: string, otherwise?: string) => string {
  const { t, te } = useI18n();
  return (code, otherwise) => {
    const word = KINDS.find(([start]) => code.startsWith(start))?.[1] ?? code.replaceAll('-', '_');
    const key = `rebalance.problems.${word}`;
    return te(key) ? t(key) : otherwise || code.replaceAll(/[-_]/g, ' ');
  };
}

/** What went wrong in the reader's words, and what to do; of an unknown code the server's own. */
export function useProblemWords(): (error: unknown) => string {
  const { t } = useI18n();
  const words = useCodeWords();
  return (error) => {
    if (!(error instanceof ApiError)) return t('rebalance.problems.silent');
    return words(error.code, error.errors[0]?.message ?? toFailure(error).message); // a field's message is more to the point than the whole
  };
}

/** Codes that speak of the amount that was typed. */
const OF_AMOUNT: ReadonlySet<string> = new Set(['cash_too_short', 'cash-too-short', 'withdrawal_too_large', 'withdrawal-too-large']);

export function isOfAmount(error: unknown): boolean {
  return error instanceof ApiError && (OF_AMOUNT.has(error.code) || error.errors.some(({ field }) => /amount/.test(field)));
}

/** What was asked for is not there any more. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
