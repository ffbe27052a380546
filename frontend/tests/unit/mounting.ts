// Mounts a component with the real English or French messages and a fresh pinia.
import { mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { vi } from 'vitest';
import { type Component, createApp, defineComponent, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { FEATURES, i18n, useLanguage, withMessages } from '@/locales';
import { PAGES } from '@/lib/pages';

const Nothing = defineComponent({ render: () => h('div') });

export function testRouter() {
  return createRouter({
    history: createMemoryHistory(),
    routes: [...PAGES.map(({ name, path }) => ({ name, path, component: Nothing })), { path: '/:rest(.*)*', name: 'missing', component: Nothing }],
  });
}

/** All messages of a language, those of single features too. */
async function speak(language: 'en' | 'fr'): Promise<void> {
  await useLanguage(language);
  await Promise.all(FEATURES.map((feature) => withMessages(feature, Promise.resolve())));
}

export async function show(component: Component, options: { props?: Record<string, unknown>; slots?: Record<string, unknown>; provide?: Record<symbol, unknown>; language?: 'en' | 'fr' } = {}): Promise<VueWrapper> {
  await speak(options.language ?? 'en');
  setActivePinia(createPinia());
  return mount(component, {
    props: options.props,
    slots: options.slots as never, // slots of any component
    attachTo: document.body,
    global: { plugins: [i18n, testRouter()], provide: options.provide },
  });
}

/** Until it holds: parts that are loaded when they are opened come late on a busy machine. */
export const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 20_000 });

/** Run a composable inside an app with pinia and messages; `stop` ends its scope. */
export async function inApp<T>(use: () => T): Promise<{ result: T; stop: () => void }> {
  await speak('en');
  const pinia = createPinia();
  setActivePinia(pinia);
  const made: { result?: T } = {};
  const app = createApp({
    setup() {
      made.result = use();
      return () => null;
    },
  });
  app.use(pinia).use(i18n).use(testRouter()).mount(document.createElement('div'));
  return { result: made.result as T, stop: () => app.unmount() }; // setup has run
}
