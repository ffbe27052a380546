import { useI18n } from 'vue-i18n';
import { ApiError, toFailure } from '@/api/problem';

/** What went wrong in the reader's words, and what to do; of an unknown code the server's own. */
export function useProblemWords(): (error: unknown) => string {
  const i18n = useI18n();
  return (error) => {
    const key = error instanceof ApiError ? `rebalance.problems.${error.code.replaceAll('-', '_')}` : 'rebalance.problems.silent';
    const told = error instanceof ApiError ? error.errors[0]?.message : undefined; // more to the point than the whole
    return i18n.te(key) ? i18n.t(key) : (told ?? toFailure(error).message);
  };
}

/** Codes that speak of the amount that was typed. */
const OF_AMOUNT: ReadonlySet<string> = new Set(['cash_too_short', 'cash-too-short', 'withdrawal_too_large', 'withdrawal-too-large']);

export function isOfAmount(error: unknown): boolean {
  return error instanceof ApiError && (OF_AMOUNT.has(error.code) || error.errors.some(({ field }) => /amount/.test(field)));
}

/** What was asked for is not there any more. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
