// What the command palette offers: the pages, then what can be done from any of them.
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { Command, CommandGroup } from '@/lib/commands';
import { PAGES } from '@/lib/pages';
import { DISPLAY_CURRENCIES, PNL_PALETTES, THEMES, usePreferencesStore } from '@/stores/preferences';
import { useSessionStore } from '@/stores/session';
import { useRefresh } from './useFrame';
import type { Overlays } from './useOverlays';
import { useSignOut } from './useSignOut';

export function useCommands(overlays: Overlays): ComputedRef<CommandGroup[]> {
  const { t } = useI18n();
  const router = useRouter();
  const preferences = usePreferencesStore();
  const session = useSessionStore();
  const refresh = useRefresh();
  const { signedIn, signOut } = useSignOut();
  const keys = (text: string): string | undefined => (preferences.singleKeys ? text : undefined);

  return computed(() => {
    const pages: Command[] = PAGES.map(({ name, icon, key }) => ({
      id: name, icon, label: t(`frame.pages.${name}`), keys: key ? keys(`g ${key}`) : undefined, run: () => void router.push({ name }),
    }));
    const actions: Command[] = [
      { id: 'flow', icon: 'cashflows', label: t('windows.palette.newCashFlow'), keys: keys('n'), run: () => void router.push({ name: 'cashflows', query: { new: '1' } }) },
      { id: 'refresh', icon: 'refresh', label: t('windows.palette.refresh'), keys: keys('r'), run: () => void refresh() },
      { id: 'hide', icon: 'eye', label: t(preferences.hidden ? 'frame.showAmounts' : 'frame.hideAmounts'), keys: keys('h'), run: preferences.toggleHidden },
      { id: 'keys', icon: 'keyboard', label: t('windows.palette.keys'), keys: keys('?'), run: () => overlays.show('keys') },
      ...THEMES.filter((theme) => theme !== preferences.theme).map((theme): Command => ({
        id: `theme-${theme}`, icon: 'sun', label: t('windows.palette.theme', { name: t(`frame.theme.${theme}`) }), run: () => (preferences.theme = theme),
      })),
      ...PNL_PALETTES.filter((pnl) => pnl !== preferences.pnl).map((pnl): Command => ({
        id: `pnl-${pnl}`, icon: 'palette', label: t('windows.palette.pnl', { name: t(`frame.pnl.${pnl}`) }), run: () => (preferences.pnl = pnl),
      })),
      ...DISPLAY_CURRENCIES.filter((currency) => currency !== preferences.displayCurrency && currency !== session.reporting).map((currency): Command => ({
        id: `currency-${currency}`, icon: 'overview', label: t('windows.palette.currency', { name: currency === 'own' ? session.reporting : currency }), run: () => (preferences.displayCurrency = currency),
      })),
      ...(['en', 'fr'] as const).filter((language) => language !== preferences.language).map((language): Command => ({
        id: `language-${language}`, icon: 'language', label: t('windows.palette.language', { name: t(`frame.language.${language}`) }), run: () => (preferences.language = language),
      })),
    ];
    if (signedIn) actions.push({ id: 'sign-out', icon: 'sign-out', label: t('frame.user.signOut'), run: signOut });
    if (session.environment === 'demo') actions.unshift({ id: 'demo', icon: 'flask', label: t('windows.palette.demo'), run: () => overlays.show('demo') });
    return [
      { id: 'pages', label: t('windows.palette.goTo'), commands: pages },
      { id: 'actions', label: t('windows.palette.do'), commands: actions },
    ];
  });
}
