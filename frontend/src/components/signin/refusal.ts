import { ApiError } from '@/api/problem';

/** Says in the reader's language why a sign-in was refused. */
export type Words = (key: string, values: Record<string, unknown>, count?: number) => string;

/** What a refused sign-in says: never which field was wrong; how many tries are left, or how long to wait. */
export function refusal(error: unknown, t: Words): string {
  if (!(error instanceof ApiError)) return t('signin.away', {});
  const { code, retryAfter, triesLeft } = error;
  if (code === 'too-many-requests') {
    const seconds = retryAfter ?? 1;
    return seconds < 60 ? t('signin.busy', {}) : t('signin.wait', { n: Math.ceil(seconds / 60) });
  }
  if (code === 'sign-in-refused') {
    if (triesLeft === undefined || triesLeft > 3) return t('signin.wrong', {});
    return triesLeft === 0 ? t('signin.wrongLast', {}) : t('signin.wrongLeft', { n: triesLeft }, triesLeft);
  }
  if (code === 'set-up-over') return t('signin.setUpOver', {});
  return error.message;
}
