import { useI18n } from 'vue-i18n';
import type { AccountItem } from '@/composables/useAccountList';

/** Why no order is sent for an account, and what to change; '' where orders are sent. */
export function useTradingWords(): (trading: Pick<AccountItem['trading'], 'reason' | 'detail'>) => string {
  const { t, te } = useI18n();
  return ({ reason, detail }) => {
    if (reason === null) return '';
    const key = `rebalance.arming.reasons.${reason.replaceAll('-', '_')}`;
    return te(key) ? t(key) : (detail ?? reason);
  };
}
