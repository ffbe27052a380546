import { expect, it } from 'vitest';
import { type CommandGroup, matching } from '@/lib/commands';

const command = (label: string) => ({ id: label, label, icon: 'info' as const, run: () => undefined });
const groups: CommandGroup[] = [
  { id: 'pages', label: 'Aller à', commands: [command('Réglages'), command('Rééquilibrage')] },
  { id: 'actions', label: 'Faire', commands: [command('Masquer les montants')] },
];

it('finds words in any order, without accents and in any case', () => {
  expect(matching(groups, 'reg').flatMap((group) => group.commands.map(({ label }) => label))).toEqual(['Réglages']);
  expect(matching(groups, 'MONTANTS masquer')).toHaveLength(1);
});

it('drops groups that nothing is left of, and shows all for no text', () => {
  expect(matching(groups, 'rééq').map((group) => group.id)).toEqual(['pages']);
  expect(matching(groups, '  ')).toHaveLength(2);
  expect(matching(groups, 'zzz')).toEqual([]);
});
