import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { display } from '@/lib/display';
import { usePreferencesStore } from '@/stores/preferences';

const root = document.documentElement;
const saved = (): unknown => JSON.parse(localStorage.getItem('preferences') ?? 'null');

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe('preferences', () => {
  it('start dark, shown, in the browser’s language', () => {
    const preferences = usePreferencesStore();
    expect([preferences.theme, preferences.hidden, preferences.language]).toEqual(['phosphor', false, 'en']);
    expect(root.dataset.theme).toBe('phosphor');
  });
  it('are kept on the device and applied at once', () => {
    const preferences = usePreferencesStore();
    preferences.theme = 'paper';
    preferences.pnl = 'red-up';
    preferences.toggleHidden();
    expect(root.dataset).toMatchObject({ theme: 'paper', pnl: 'red-up', private: '1' });
    expect(saved()).toMatchObject({ theme: 'paper', pnl: 'red-up', hidden: true });
    expect(display.hidden).toBe(true);
    setActivePinia(createPinia());
    expect(usePreferencesStore().theme).toBe('paper');
  });
  it('take numbers from the language unless a locale is chosen apart', () => {
    const preferences = usePreferencesStore();
    preferences.language = 'fr';
    expect(display.locale).toBe('fr-FR');
    preferences.numberLocale = 'en-GB';
    expect(display.locale).toBe('en-GB');
  });
  it('follow the system’s scheme when asked to', () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }));
    usePreferencesStore().theme = 'system';
    expect(root.dataset.theme).toBe('paper');
    vi.unstubAllGlobals();
  });
  it('fall back to the defaults when what is stored is unreadable', () => {
    localStorage.setItem('preferences', '{broken');
    expect(usePreferencesStore().theme).toBe('phosphor');
  });
  it('go through the themes in turn', () => {
    const preferences = usePreferencesStore();
    const seen = [1, 2, 3].map(() => {
      preferences.nextTheme();
      return preferences.theme;
    });
    expect(seen).toEqual(['paper', 'system', 'phosphor']);
  });
});
