// Copies what the server's own pages need beside the dashboard: the API documentation's
// scripts (the server's strict CSP allows no CDN) and the licence of the font that is shipped.
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

const FILES: readonly (readonly [string, string, string])[] = [
  ['swagger-ui-dist', 'swagger-ui-bundle.js', 'api-docs/swagger-ui-bundle.js'],
  ['swagger-ui-dist', 'swagger-ui.css', 'api-docs/swagger-ui.css'],
  ['swagger-ui-dist', 'LICENSE', 'api-docs/swagger-ui.LICENSE.txt'],
  ['redoc', 'bundles/redoc.standalone.js', 'api-docs/redoc.standalone.js'],
  ['redoc', 'LICENSE', 'api-docs/redoc.LICENSE.txt'],
  ['@fontsource-variable/jetbrains-mono', 'LICENSE', 'licences/jetbrains-mono-OFL-1.1.txt'],
];

export function staticAssets(): Plugin {
  let outDir = 'dist';
  return {
    name: 'static-assets',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const [name, from, to] of FILES) {
        const target = join(outDir, to);
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(join(folderOf(name), from), target);
      }
    },
  };
}
