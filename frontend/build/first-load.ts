// The first page comes in few files, all asked for at once. What every page stands on is one file, counted from the modules
// themselves: what the entry needs, and what the Overview and its charts share with any other part that loads later. The
// rest of what Overview opens with stands in a file of links for the server, which sends them ahead of the page; the
// language, which is known in the browser only, is named on the tag of public/theme.js.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';

const ENTRY = /\/src\/main\.ts$/;
const FIRST = /\/src\/components\/charts\/engine\.ts$/;
const LANGUAGE = /\/src\/locales\/(en|fr)\/index\.ts$/;
const FONT = /jetbrains-mono-latin-wght/;
/** What Overview asks for when it is opened without a query: the addresses are those of src/firstScreen.ts. */
export const FIGURES = ['/api/portfolio/overview', '/api/performance/twr-history?days=365&points=500'];
/** Read by backend/api/dashboard.py. */
const LINKS = 'overview.links';
const TAG = '<script src="/theme.js"';

export interface FirstLoad {
  readonly plugin: Plugin;
  /** Whether a module belongs into that file; known once all modules are read. */
  readonly shared: (id: string) => boolean;
}

function chunksOf(bundle: Rollup.OutputBundle | undefined, root: RegExp): Rollup.OutputChunk[] {
  return Object.values(bundle ?? {}).filter((file): file is Rollup.OutputChunk => file.type === 'chunk' && root.test(file.facadeModuleId ?? ''));
}

export function firstLoad(): FirstLoad {
  let shared: ReadonlySet<string> = new Set();
  const plugin: Plugin = {
    name: 'first-load',
    apply: 'build',
    buildEnd(error) {
      if (error) return;
      const reached = (root: string): Set<string> => {
        const found = new Set([root]);
        for (const id of found) for (const next of this.getModuleInfo(id)?.importedIds ?? []) found.add(next);
        return found;
      };
      const parts = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.dynamicImporters.length);
      const ofOthers = new Set(parts.filter((id) => !FIRST.test(id)).flatMap((id) => [...reached(id)]));
      const ofFirst = parts.filter((id) => FIRST.test(id)).flatMap((id) => [...reached(id)]);
      const ofEntry = [...this.getModuleIds()].filter((id) => ENTRY.test(id)).flatMap((id) => [...reached(id)]);
      shared = new Set([...ofEntry, ...ofFirst.filter((id) => ofOthers.has(id))]);
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const named = chunksOf(bundle, LANGUAGE).map(({ facadeModuleId, fileName }) => ` data-${LANGUAGE.exec(facadeModuleId ?? '')?.[1]}="/${fileName}"`);
        return html.replace(TAG, TAG + named.join(''));
      },
    },
    writeBundle({ dir = 'dist' }, bundle) {
      const html = readFileSync(join(dir, 'index.html'), 'utf8');
      // In the order of need: a browser asks a server for six things at a time.
      const links = [
        ...[...html.matchAll(/<script type="module"[^>]* src="([^"]+)"/g)].map(([, file]) => `<${file}>; rel=modulepreload`),
        ...[...html.matchAll(/<link rel="stylesheet"[^>]* href="([^"]+)"/g)].map(([, file]) => `<${file}>; rel=preload; as=style; crossorigin`),
        ...FIGURES.map((address) => `<${address}>; rel=preload; as=fetch; crossorigin`),
        ...chunksOf(bundle, FIRST).map(({ fileName }) => `</${fileName}>; rel=modulepreload`),
        ...Object.keys(bundle).filter((name) => FONT.test(name)).map((name) => `</${name}>; rel=preload; as=font; type=font/woff2; crossorigin`),
      ];
      writeFileSync(join(dir, LINKS), links.join(', '));
    },
  };
  return { plugin, shared: (id) => shared.has(id) };
}
