import type { Composer } from 'vue-i18n';

/** Where to look first, in words; a cause that this version has no words for is shown as it is. */
export function causeText(i18n: Pick<Composer, 't' | 'te'>, code: string | null): string {
  if (code === null) return '';
  const key = [`imports.causes.${code}`, `trades.certificate.causes.${code}`].find((one) => i18n.te(one));
  return key ? i18n.t(key) : code.replaceAll('_', ' ');
}
