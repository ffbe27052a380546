import type { Composer } from 'vue-i18n';

/** Why a figure is estimated or missing, in words; an unknown code is shown as it is rather than hidden. */
export function reasonText(i18n: Pick<Composer, 't' | 'te'>, reason: string | null): string {
  if (reason === null) return '';
  const key = `overview.reasons.${reason}`;
  return i18n.te(key) ? i18n.t(key) : reason.replaceAll('_', ' ');
}
