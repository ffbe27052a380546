import type { Composer } from 'vue-i18n';

/** Why a figure is estimated or missing, in words: those of the page where it has its own, else those that all pages know;
 *  an unknown code is shown as it is rather than hidden. */
export function reasonText(i18n: Pick<Composer, 't' | 'te'>, reason: string | null, page?: string): string {
  if (reason === null) return '';
  const key = [page, 'overview'].map((home) => `${home}.reasons.${reason}`).find((one) => i18n.te(one));
  return key ? i18n.t(key) : reason.replaceAll('_', ' ');
}
