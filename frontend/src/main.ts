import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { loadLater } from './components/later';
import { answerChallenges } from './composables/useChallenges';
import { askFirst } from './firstScreen';
import { reloadAfterUpdate } from './lib/reloadAfterUpdate';
import { drawFirst } from './lib/wholePage';
import { i18n, useLanguage } from './locales';
import { makeRouter } from './router';
import { usePreferencesStore } from './stores/preferences';
import './styles/tokens.css';
import './styles/index.css';

reloadAfterUpdate();

async function start(): Promise<void> {
  const router = makeRouter();
  const app = createApp(App).use(createPinia()).use(i18n).use(router);
  const speaking = useLanguage(usePreferencesStore().language);
  app.runWithContext(answerChallenges); // before the first request
  const onOverview = router.resolve(window.location.pathname).name === 'overview';
  if (onOverview) await router.isReady();
  if (!onOverview) {
    await Promise.all([speaking, loadLater().catch(() => undefined)]);
    app.mount('#app');
    return;
  }
  const first = askFirst(app);
  await Promise.all([first.there, speaking]);
  await drawFirst(() => app.mount('#app'), loadLater);
  first.leave();
}
// Once this file has been evaluated: the chunks that stand on it are evaluated after it, and `start` waits for them.
queueMicrotask(() => void start());
