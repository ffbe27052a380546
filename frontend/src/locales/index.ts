// The reader's language is loaded before the first paint, the other one when it is chosen.
import { createI18n } from 'vue-i18n';
import type { Language } from '@/lib/display';

const LOAD = {
  en: () => import('./en'),
  fr: () => import('./fr'),
} as const;

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, missingWarn: true, messages: {} });

export async function useLanguage(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language as never)) {
    const { default: messages } = await LOAD[language]();
    i18n.global.setLocaleMessage(language, messages as never); // compiled messages: the library's type wants a literal schema
  }
  i18n.global.locale.value = language as never; // the instance starts empty, so its type knows no locale
  document.documentElement.lang = language;
}
