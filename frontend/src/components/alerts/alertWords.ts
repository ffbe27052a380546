// Alerts in words (messages `alerts`): figures as the reader writes them, amounts hidden where they are hidden.
import type { AlertItem, AlertRule } from '@/composables/useAlerts';
import type { Format } from '@/lib/format';
import type { IconName } from '@/lib/icons';

export type Say = (key: string, values?: Record<string, unknown>, count?: number) => string;
export const ICON_OF: Readonly<Record<AlertItem['severity'], IconName>> = { info: 'info', warning: 'alert', critical: 'alert' };
export const TONE_OF: Readonly<Record<AlertItem['severity'], string>> = { info: 'infoc', warning: 'warnc', critical: 'dangerc' };

/** A figure in the unit of its kind; `currency`: of the server. */
export function amountWords(value: string | null, unit: AlertRule['unit'], currency: string, f: Format, t: Say): string {
  if (value === null) return '';
  switch (unit) {
    case 'percent': return f.percent(value);
    case 'points': return f.points(value, { signed: false });
    case 'times': return t('alerts.times', { n: f.number(value) }, Number(value));
    case 'money': return f.money(value, { unit: currency });
    case 'price': return `${f.price(value)}\u00a0${currency}`;
    case null: return value;
  }
}

/** What happened, in a sentence. */
export function alertText(one: AlertItem, currency: string, f: Format, t: Say): string {
  const amount = (value: string | null): string => amountWords(value, one.unit, currency, f, t);
  const values = { subject: one.subject ?? '', value: amount(one.value), limit: amount(one.limit), run: one.run_id === null ? '' : f.number(one.run_id) };
  if (one.kind === 'residual' && one.reason === 'more') return t('alerts.text.residualMore', { n: f.number(one.detail) }, Number(one.detail));
  if (one.kind === 'key_rights' && one.reason === 'can_withdraw') return t('alerts.text.keyWithdraw');
  return t(`alerts.text.${one.kind}`, values);
}

/** What the server adds in its own words, where that helps. */
export function alertDetail(one: AlertItem): string {
  return ['sync_failing', 'key_rights', 'run_failed', 'run_review', 'audit_broken'].includes(one.kind) ? one.detail : '';
}
