import { useI18n } from 'vue-i18n';
import type { Missing } from '@/lib/states';

/** Why a score is an estimate, or none: a code, and after a colon the coin that it is about. */
export function useScoreWords(): (reason: string | null) => string {
  const { t, te } = useI18n();
  return (reason) => {
    if (reason === null) return '';
    const [code = '', asset = ''] = reason.split(':');
    return t(te(`rebalance.score.reasons.${code}`) ? `rebalance.score.reasons.${code}` : 'rebalance.score.reasons.doubt', { asset });
  };
}

/** A dry run has no score; a coin without a price leaves it open. */
export const missingScore = (reason: string | null): Missing => (reason === 'dry_run' ? 'not-applicable' : reason?.startsWith('no_price') ? 'no-price' : 'not-yet');
