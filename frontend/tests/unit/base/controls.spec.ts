import type { VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import AffixField from '@/components/base/AffixField.vue';
import CommandPalette from '@/components/base/CommandPalette.vue';
import SegmentedControl from '@/components/base/SegmentedControl.vue';
import Switch from '@/components/base/Switch.vue';
import { show, until } from '../mounting';

const propsOf = (wrapper: VueWrapper): Record<string, unknown> => wrapper.props(); // of any component

afterEach(() => document.body.replaceChildren());

describe('SegmentedControl', () => {
  const options = [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }, { value: 'c', label: 'C' }];
  async function mounted(modelValue: string) {
    const wrapper = await show(SegmentedControl, { props: { modelValue, label: 'Metric', options, 'onUpdate:modelValue': (value: string) => void wrapper.setProps({ modelValue: value }) } });
    return wrapper;
  }
  it('is a radio group with one tab stop', async () => {
    const group = await mounted('b');
    expect(group.attributes('role')).toBe('radiogroup');
    expect(group.findAll('button').map((button) => [button.attributes('aria-checked'), button.attributes('tabindex')])).toEqual([['false', '-1'], ['true', '0'], ['false', '-1']]);
  });
  it('moves and chooses with arrows, around the ends', async () => {
    const group = await mounted('c');
    await group.findAll('button')[2]?.trigger('keydown', { key: 'ArrowRight' });
    expect([propsOf(group).modelValue, document.activeElement?.textContent]).toEqual(['a', 'A']);
    await group.findAll('button')[0]?.trigger('keydown', { key: 'ArrowLeft' });
    expect(propsOf(group).modelValue).toBe('c');
    await group.findAll('button')[2]?.trigger('keydown', { key: 'Home' });
    expect(propsOf(group).modelValue).toBe('a');
  });
});

describe('Switch', () => {
  it('says its state and turns', async () => {
    const wrapper = await show(Switch, { props: { modelValue: false }, slots: { default: 'Hide' } });
    expect(wrapper.attributes('aria-checked')).toBe('false');
    await wrapper.trigger('click');
    expect(wrapper.emitted('update:modelValue')).toEqual([[true]]);
  });
});

describe('AffixField', () => {
  it('ties label, hint and error to the field', async () => {
    const field = await show(AffixField, { props: { modelValue: '5', label: 'Amount', unit: 'USDT', hint: 'two decimals', error: 'Not zero' } });
    const input = field.find('input');
    expect(field.find('label').attributes('for')).toBe(input.attributes('id'));
    expect(input.attributes('aria-invalid')).toBe('true');
    const described = (input.attributes('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
    expect(described).toEqual(['two decimals', 'Not zero']);
  });
});

describe('CommandPalette', () => {
  const ran: string[] = [];
  const command = (id: string, label: string) => ({ id, label, icon: 'info' as const, run: () => ran.push(id) });
  const groups = [
    { id: 'pages', label: 'Go to', commands: [command('overview', 'Overview'), command('settings', 'Settings')] },
    { id: 'actions', label: 'Do', commands: [command('hide', 'Hide amounts')] },
  ];
  it('filters, moves with arrows and runs with Enter', async () => {
    const wrapper = await show(CommandPalette, { props: { open: true, groups, 'onUpdate:open': (open: boolean) => void wrapper.setProps({ open }) } });
    await nextTick();
    const input = document.querySelector<HTMLInputElement>('[role="combobox"]');
    const key = (name: string) => input?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    const active = () => document.getElementById(input?.getAttribute('aria-activedescendant') ?? '')?.textContent;
    expect(active()).toBe('Overview');
    key('ArrowUp');
    await nextTick();
    expect(active()).toBe('Hide amounts');
    if (input) input.value = 'set';
    input?.dispatchEvent(new Event('input'));
    await nextTick();
    expect([...document.querySelectorAll('[role="option"]')].map((option) => option.textContent)).toEqual(['Settings']);
    key('Enter');
    await until(() => expect(ran).toEqual(['settings']));
    expect(propsOf(wrapper).open).toBe(false);
    wrapper.unmount();
  });
});
