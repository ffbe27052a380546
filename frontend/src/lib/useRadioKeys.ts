// Keys of a radio group whose choices are buttons: one tab stop, arrows, Home and End move and choose.
import type { Ref } from 'vue';

interface Choice<T> {
  value: T;
  disabled?: boolean;
}
const STEP: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** What a key pressed on the button at `index` does; `buttons` are in the order of the choices. */
export function useRadioKeys<T>(choices: () => readonly Choice<T>[], model: Ref<T>, buttons: Readonly<Ref<readonly HTMLElement[] | null>>) {
  return (event: KeyboardEvent, index: number): void => {
    const all = choices();
    const step = STEP[event.key];
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : step ? (index + step + all.length) % all.length : -1;
    const choice = all[target];
    if (!choice || choice.disabled) return;
    event.preventDefault();
    model.value = choice.value;
    buttons.value?.[target]?.focus();
  };
}
