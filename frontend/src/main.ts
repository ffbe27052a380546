import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { reloadAfterUpdate } from './lib/reloadAfterUpdate';
import { i18n, useLanguage } from './locales';
import { router } from './router';
import { usePreferencesStore } from './stores/preferences';
import './styles/index.css';

reloadAfterUpdate();
const app = createApp(App);
app.use(createPinia());
const preferences = usePreferencesStore();
await useLanguage(preferences.language);
app.use(i18n).use(router).mount('#app');
