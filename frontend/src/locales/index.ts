// The reader's language is loaded before the first paint, the other one when it is chosen. Messages of features that
// most visits do not open come with the feature.
import { createI18n } from 'vue-i18n';
import type { Language } from '@/lib/display';

const BASE = { en: () => import('./en'), fr: () => import('./fr') } as const;
const LATER = {
  audit: { en: () => import('./en/audit.json'), fr: () => import('./fr/audit.json') },
  alerts: { en: () => import('./en/alerts.json'), fr: () => import('./fr/alerts.json') },
  cashflows: { en: () => import('./en/cashflows.json'), fr: () => import('./fr/cashflows.json') },
  demo: { en: () => import('./en/demo.json'), fr: () => import('./fr/demo.json') },
  explain: { en: () => import('./en/explain.json'), fr: () => import('./fr/explain.json') },
  holdings: { en: () => import('./en/holdings.json'), fr: () => import('./fr/holdings.json') },
  importing: { en: () => import('./en/importing.json'), fr: () => import('./fr/importing.json') },
  imports: { en: () => import('./en/imports.json'), fr: () => import('./fr/imports.json') },
  performance: { en: () => import('./en/performance.json'), fr: () => import('./fr/performance.json') },
  rebalance: { en: () => import('./en/rebalance.json'), fr: () => import('./fr/rebalance.json') },
  report: { en: () => import('./en/report.json'), fr: () => import('./fr/report.json') },
  running: { en: () => import('./en/running.json'), fr: () => import('./fr/running.json') },
  settings: { en: () => import('./en/settings.json'), fr: () => import('./fr/settings.json') },
  signin: { en: () => import('./en/signin.json'), fr: () => import('./fr/signin.json') },
  system: { en: () => import('./en/system.json'), fr: () => import('./fr/system.json') },
  trades: { en: () => import('./en/trades.json'), fr: () => import('./fr/trades.json') },
  windows: { en: () => import('./en/windows.json'), fr: () => import('./fr/windows.json') },
} as const;
type Feature = keyof typeof LATER;
export const FEATURES = Object.keys(LATER) as Feature[]; // the keys of a literal

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: false, missingWarn: true, messages: {} });

const features = new Set<Feature>();
const loaded = new Set<string>();
/** The language that was asked for last: what is asked for while it is on its way comes in it, too. */
let wanted: Language = 'en';

/** Add what `load` brings to a language, once. The library's types want literal schemas, hence the casts. */
async function add(language: Language, name: string, load: () => Promise<{ default: unknown }>): Promise<void> {
  if (loaded.has(`${language} ${name}`)) return;
  const { default: messages } = await load();
  // What is merged is copied: the most of it comes first, and is taken as it is.
  const isFirst = ![...loaded].some((one) => one.startsWith(language));
  if (name === 'base' && isFirst) i18n.global.setLocaleMessage(language as never, messages as never);
  else i18n.global.mergeLocaleMessage(language, (name === 'base' ? messages : { [name]: messages }) as never);
  loaded.add(`${language} ${name}`);
}

export async function useLanguage(language: Language): Promise<void> {
  wanted = language;
  await Promise.all([add(language, 'base', BASE[language]), ...[...features].map((feature) => add(language, feature, LATER[feature][language]))]);
  i18n.global.locale.value = language as never; // the instance starts empty, so its type knows no locale
  document.documentElement.lang = language;
}

/** Load a feature's messages beside its component: `() => withMessages('demo', import('…'))`. */
export async function withMessages<T>(feature: Feature, component: Promise<T>): Promise<T> {
  features.add(feature);
  await add(wanted, feature, LATER[feature][wanted]);
  return component;
}
