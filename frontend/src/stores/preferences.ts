// How this person likes the page: kept per device, applied to <html> and to the formatters.
// public/theme.js reads the same key before the first paint.
import { defineStore } from 'pinia';
import { reactive, toRefs, watch } from 'vue';
import { type Language, setDisplay } from '@/lib/display';

export const THEMES = ['phosphor', 'paper', 'system'] as const;
export const PNL_PALETTES = ['green-coral', 'blue-orange', 'red-up'] as const;
export const NUMBER_LOCALES = ['auto', 'en-GB', 'en-US', 'fr-FR', 'fr-CH', 'de-DE'] as const;

/** What the server can show figures in; `own` is the one it keeps them in. */
export const DISPLAY_CURRENCIES = ['own', 'USDT', 'EUR', 'BTC', 'ETH'] as const;

export type DisplayCurrency = (typeof DISPLAY_CURRENCIES)[number];
export type Theme = (typeof THEMES)[number];
export type PnlPalette = (typeof PNL_PALETTES)[number];
export type NumberLocale = (typeof NUMBER_LOCALES)[number];

export interface Preferences {
  theme: Theme;
  pnl: PnlPalette;
  hidden: boolean;
  language: Language;
  numberLocale: NumberLocale;
  /** Single-key shortcuts may be switched off (WCAG 2.1.4). */
  singleKeys: boolean;
  /** Whether the coins that the rule of the installation hides are out of sight. */
  hideSmall: boolean;
  displayCurrency: DisplayCurrency;
}

const KEY = 'preferences';
const LOCALE_OF: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };
const THEME_COLOUR = { phosphor: '#060908', paper: '#f7f5ee' } as const; // --bg of each, for the browser's own chrome

function defaults(): Preferences {
  const language = navigator.language.startsWith('fr') ? 'fr' : 'en';
  return { theme: 'phosphor', pnl: 'green-coral', hidden: false, language, numberLocale: 'auto', singleKeys: true, hideSmall: true, displayCurrency: 'own' };
}

function load(): Preferences {
  const known = defaults();
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...known, ...(saved as Partial<Preferences>) }; // written by save() below, on this device
  } catch {
    return known; // storage is blocked or holds something else
  }
}

function save(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}

export function localeOf(preferences: Pick<Preferences, 'language' | 'numberLocale'>): string {
  return preferences.numberLocale === 'auto' ? LOCALE_OF[preferences.language] : preferences.numberLocale;
}

function apply(preferences: Preferences, prefersLight: boolean): void {
  const paper = preferences.theme === 'paper' || (preferences.theme === 'system' && prefersLight);
  const theme = paper ? 'paper' : 'phosphor';
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.dataset.pnl = preferences.pnl;
  root.dataset.private = preferences.hidden ? '1' : '';
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', THEME_COLOUR[theme]);
  setDisplay({ language: preferences.language, locale: localeOf(preferences), hidden: preferences.hidden, theme: `${theme} ${preferences.pnl}` });
}

export const usePreferencesStore = defineStore('preferences', () => {
  const state = reactive(load());
  const light = matchMedia('(prefers-color-scheme: light)');
  const update = (): void => apply(state, light.matches);
  light.addEventListener('change', update);
  watch(
    state,
    () => {
      update();
      save(state);
    },
    { flush: 'sync' },
  );
  update();

  function nextTheme(): void {
    state.theme = THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length] ?? 'phosphor';
  }
  function toggleHidden(): void {
    state.hidden = !state.hidden;
  }
  return { ...toRefs(state), nextTheme, toggleHidden };
});
