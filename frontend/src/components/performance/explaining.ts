// Opening the proof of a figure: by its button or by `e`; what is open stands in the URL.
import { computed, type ComputedRef, defineAsyncComponent, type InjectionKey, type MaybeRefOrGetter, provide, toValue } from 'vue';
import { METRICS, type Opened } from '@/composables/useExplain';
import { useQueryText } from '@/composables/useQueryState';
import { useShortcut } from '@/composables/useShortcut';
import { withMessages } from '@/locales';

/** Opens the proof of a figure of this page. */
export const EXPLAIN: InjectionKey<(figure: Opened) => void> = Symbol('explain');

/** Comes when a figure is opened, with its words. */
export const ExplainDrawer = defineAsyncComponent(() => withMessages('explain', withMessages('performance', import('./ExplainDrawer.vue'))));

/** "twr", "twr@2026-10", "sharpe@benchmark", "drawdown@2": a figure as the URL and `data-explain` have it. */
export function writeOpened({ metric, of, month, year, date, number }: Opened): string {
  return [metric, of === 'benchmark' ? of : undefined, month ?? year ?? date, number].filter((part) => part !== undefined).join('@');
}

/** null where the text names no figure. */
export function readOpened(text: string): Opened | null {
  const [name, ...rest] = text.split('@');
  const metric = METRICS.find((one) => one === name);
  if (!metric) return null;
  const first = (shape: RegExp): string | undefined => rest.find((part) => shape.test(part));
  const number = first(/^[1-9]\d?$/);
  return {
    metric, of: rest.includes('benchmark') ? 'benchmark' : undefined, month: first(/^\d{4}-\d{2}$/), year: first(/^\d{4}$/), date: first(/^\d{4}-\d{2}-\d{2}$/),
    number: number === undefined ? undefined : Number(number),
  };
}

export interface Explaining {
  readonly opened: ComputedRef<Opened | null>;
  readonly close: () => void;
}

/** Lets the figures of a page be opened; `e` opens the one that has the focus, or else `first`. */
export function useExplaining(first: MaybeRefOrGetter<Opened>): Explaining {
  const text = useQueryText<string>('explain', '');
  const open = (figure: Opened): void => void (text.value = writeOpened(figure));
  provide(EXPLAIN, open);
  useShortcut('e', () => open(readOpened(document.activeElement?.closest<HTMLElement>('[data-explain]')?.dataset.explain ?? '') ?? toValue(first)));
  return { opened: computed(() => readOpened(text.value)), close: () => void (text.value = '') };
}
