import { fileURLToPath, URL } from 'node:url';
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { firstLoad } from './build/first-load.ts';
import { nestedTheme } from './build/nested-theme.ts';
import { partOfVue } from './build/part-of-vue.ts';
import { staticAssets } from './build/static-assets.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const backend = process.env.BACKEND_URL ?? 'http://127.0.0.1:5000';
const first = firstLoad();
const proxied = ['/api', '/health', '/docs', '/redoc', '/openapi.json', '/api-docs'];

export default defineConfig({
  plugins: [
    vue(),
    // Messages are compiled at build time: the strict CSP forbids compiling them in the browser.
    VueI18nPlugin({ include: [at('./src/locales/**/*.json')], strictMessage: true, runtimeOnly: true, dropMessageCompiler: true, fullInstall: false }),
    staticAssets(),
    first.plugin,
    partOfVue(),
    nestedTheme(),
  ],
  resolve: {
    alias: [
      { find: '@', replacement: at('./src') },
      // tokens.css is the design's file, byte for byte; the font it names comes from the package.
      {
        find: /^(?:\.\/)?fonts\/(jetbrains-mono-[a-z-]+\.woff2)$/,
        replacement: at('./node_modules/@fontsource-variable/jetbrains-mono/files/$1'),
      },
    ],
  },
  // What the dashboard does not use is left out of the bundle.
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: backend, changeOrigin: false }])),
  },
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0, // a data: URL would need its own CSP source
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'app', test: first.shared, priority: 2 },
            { name: 'rest', test: first.follows, priority: 1 },
          ],
        },
      },
    },
  },
});
