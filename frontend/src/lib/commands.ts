// What the command palette offers, and which of it a typed text means.
import type { IconName } from './icons';

export interface Command {
  id: string;
  label: string;
  icon: IconName;
  keys?: string;
  run: () => void;
}

export interface CommandGroup {
  id: string;
  label: string;
  commands: readonly Command[];
}

/** Lower case without accents, so that "reglages" finds "Réglages". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** The groups with the commands that hold every typed word; groups left empty are gone. */
export function matching(groups: readonly CommandGroup[], text: string): CommandGroup[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({ ...group, commands: group.commands.filter(({ label }) => words.every((word) => plain(label).includes(word))) }))
    .filter((group) => group.commands.length > 0);
}
