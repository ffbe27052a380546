import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import Dialog from '@/components/base/Dialog.vue';
import Panel from '@/components/base/Panel.vue';
import Popover from '@/components/base/Popover.vue';
import Tooltip from '@/components/base/Tooltip.vue';
import { show, until } from '../mounting';

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe('Panel', () => {
  const slots = { default: '<p class="figures">figures</p>', empty: '<p class="none">nothing</p>' };
  it('names its region by its title', async () => {
    const panel = await show(Panel, { props: { title: 'Holdings', sub: 'USDT' }, slots });
    const id = panel.attributes('aria-labelledby') ?? '';
    expect(document.getElementById(id)?.textContent).toBe('HoldingsUSDT');
  });
  it('shows a skeleton only for waits that are noticed', async () => {
    vi.useFakeTimers();
    const panel = await show(Panel, { props: { title: 'Holdings', status: 'loading' }, slots });
    expect([panel.attributes('aria-busy'), panel.findAll('.sk').length, panel.find('.figures').exists()]).toEqual(['true', 0, false]);
    vi.advanceTimersByTime(150);
    await nextTick();
    expect(panel.findAll('.sk').length).toBeGreaterThan(0);
    await panel.setProps({ status: 'ready' });
    expect([panel.findAll('.sk').length, panel.find('.figures').exists()]).toEqual([0, true]);
  });
  it('tells what failed, that the rest is fine, and the request id on demand', async () => {
    const error = { message: 'Database is locked', code: 'db-locked', status: 503, path: '/api/x', requestId: 'r-77' };
    const panel = await show(Panel, { props: { title: 'Holdings', status: 'error', error }, slots });
    expect(panel.find('[role="alert"]').text()).toContain('The server answered 503 for /api/x. The rest of the page is not affected.');
    expect(panel.text()).not.toContain('r-77');
    const [again, details] = panel.findAll('button');
    await details?.trigger('click');
    expect(panel.text()).toContain('Database is locked (db-locked)');
    expect(panel.text()).toContain('r-77');
    await again?.trigger('click');
    expect(panel.emitted('retry')).toHaveLength(1);
  });
  it('has a look of its own when empty and when stale', async () => {
    const panel = await show(Panel, { props: { title: 'Holdings', status: 'empty' }, slots });
    expect([panel.find('.none').exists(), panel.find('.figures').exists()]).toEqual([true, false]);
    await panel.setProps({ status: 'ready', staleNote: '14 min old' });
    expect([panel.classes('hot'), panel.find('.tag.warn').text()]).toEqual([true, '14 min old']);
  });
});

describe('Dialog', () => {
  beforeEach(() => {
    document.body.innerHTML = '<button id="opener">open</button>';
  });
  it('takes the focus, names itself, closes with Esc and gives the focus back', async () => {
    const opener = document.getElementById('opener');
    opener?.focus();
    const wrapper = await show(Dialog, { props: { open: false, title: 'Keyboard', 'onUpdate:open': (open: boolean) => void wrapper.setProps({ open }) }, slots: { default: '<input id="inside">' } });
    await wrapper.setProps({ open: true });
    await nextTick();
    const dialog = document.querySelector('[role="dialog"]');
    expect(dialog?.contains(document.activeElement)).toBe(true);
    expect(document.getElementById(dialog?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Keyboard');
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
    await until(() => expect(document.activeElement).toBe(opener));
    wrapper.unmount();
  });
});

describe('Popover', () => {
  it('opens under its button, closes with Esc and gives the focus back', async () => {
    const popover = await show(Popover, { props: { label: 'Columns shown' }, slots: { trigger: 'Columns', default: '<input type="checkbox">' } });
    const button = popover.find('button');
    await button.trigger('click');
    expect(button.attributes('aria-expanded')).toBe('true');
    await popover.find('input').trigger('keydown', { key: 'Escape' });
    expect(button.attributes('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(button.element);
  });
});

describe('Tooltip', () => {
  it('describes its element while it has the focus, and goes with Esc', async () => {
    const tooltip = await show(Tooltip, { props: { text: 'Cash flows' }, slots: { default: '<a href="#">x</a>' } });
    await tooltip.find('a').trigger('focusin');
    await nextTick();
    const id = tooltip.find('a').attributes('aria-describedby') ?? '';
    expect(document.getElementById(id)?.textContent).toBe('Cash flows');
    await tooltip.find('a').trigger('keydown', { key: 'Escape' });
    expect(document.querySelector('[role="tooltip"]')).toBeNull();
    expect(tooltip.find('a').attributes('aria-describedby')).toBeUndefined();
  });
  it('stays away when it is switched off', async () => {
    const tooltip = await show(Tooltip, { props: { text: 'Cash flows', disabled: true }, slots: { default: '<a href="#">x</a>' } });
    await tooltip.find('a').trigger('focusin');
    expect(document.querySelector('[role="tooltip"]')).toBeNull();
  });
});
