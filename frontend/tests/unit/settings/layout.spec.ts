// The sections of Settings: each has its anchor, and choices with pictures are radio groups that keys move through.
import { afterEach, describe, expect, it, vi } from 'vitest';
import AppearancePanel from '@/components/settings/AppearancePanel.vue';
import { SECTIONS } from '@/components/settings/sections';
import SettingsNav from '@/components/settings/SettingsNav.vue';
import { usePreferencesStore } from '@/stores/preferences';
import { show } from '../mounting';

afterEach(() => vi.unstubAllGlobals());

describe('the way to the sections', () => {
  it('has a link to each, the first one current until another is seen', async () => {
    let see: ((seen: { isIntersecting: boolean; target: Element }[]) => void) | undefined;
    vi.stubGlobal('IntersectionObserver', class {
      constructor(callback: typeof see) { see = callback; }
      observe(): void { /* told by the test */ }
      disconnect(): void { /* nothing to end */ }
    });
    document.body.innerHTML = SECTIONS.map((id) => `<div id="${id}"></div>`).join('');
    const nav = await show(SettingsNav);
    const links = nav.findAll('a');
    expect(links.map((one) => one.attributes('href')?.split('#')[1])).toEqual([...SECTIONS]);
    expect(links.filter((one) => one.attributes('aria-current')).map((one) => one.text())).toEqual(['Accounts']);
    const alerts = document.getElementById('alerts');
    if (alerts) see?.([{ isIntersecting: true, target: alerts }]);
    await nav.vm.$nextTick();
    expect(nav.findAll('a').filter((one) => one.attributes('aria-current')).map((one) => one.text())).toEqual(['Alerts']);
    nav.unmount();
    document.body.innerHTML = '';
  });
});

describe('appearance', () => {
  it('shows each choice as it looks and takes it by click and by arrow', async () => {
    const panel = await show(AppearancePanel);
    const preferences = usePreferencesStore();
    const [themes, palettes] = panel.findAll('[role="radiogroup"]');
    expect(themes?.findAll('[role="radio"]').map((one) => one.text())).toHaveLength(3);
    expect(themes?.find('[data-theme="paper"]').exists()).toBe(true);
    await themes?.findAll('[role="radio"]')[1]?.trigger('click');
    expect(preferences.theme).toBe('paper');
    expect(themes?.findAll('[role="radio"]').map((one) => [one.attributes('aria-checked'), one.attributes('tabindex')])).toEqual([['false', '-1'], ['true', '0'], ['false', '-1']]);
    await themes?.findAll('[role="radio"]')[1]?.trigger('keydown', { key: 'ArrowLeft' });
    expect(preferences.theme).toBe('phosphor');
    await palettes?.findAll('[role="radio"]')[0]?.trigger('keydown', { key: 'End' });
    expect(preferences.pnl).toBe('red-up');
    expect(palettes?.findAll('[data-pnl]').map((one) => one.attributes('data-pnl'))).toContain('blue-orange');
    panel.unmount();
  });
});
