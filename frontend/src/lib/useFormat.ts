// Use: `const f = useFormat(); f.money(row.usd_value)`; in templates the figures follow locale,
// zone, unit and hidden amounts by themselves, since each call reads the reactive settings.
import { computed, type ComputedRef } from 'vue';
import { display } from './display';
import { createFormat, type Format } from './format';

const current: ComputedRef<Format> = computed(() => createFormat(display));

/** Formatters bound to the reader's settings. Reactive: call them in templates, computeds or watchers. */
export function useFormat(): Format {
  return new Proxy({} as Format, {
    // The proxy stands in for the current formatter, hence the cast of its empty target.
    get: (_target, name) => current.value[name as keyof Format], // names come from `Format`'s users
  });
}
