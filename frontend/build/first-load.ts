// The first page comes in few files, all asked for at once. What its first screen stands on is one file, counted from the
// modules themselves: what the entry needs, and what the charts share with any other part that loads later. What follows it
// on the same view is one more. The rest of what Overview opens with stands in a file of links for the server, one a
// language, which sends them ahead of the page; who has chosen another language than the browser's finds its file named on
// the tag of public/theme.js.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

const ENTRY = /\/src\/main\.ts$/;
const FIRST = /\/src\/components\/charts\/engine\.ts$/;
const LANGUAGE = /\/src\/locales\/(en|fr)\/index\.ts$/;
/** What is shown of every page, or of Overview, as soon as its first screen stands. */
const FOLLOWS = /\/src\/components\/later\/parts\.ts$/;
const STYLE = /[?&]type=style|\.css$/;
const FONT = /jetbrains-mono-latin-wght/;
/** What Overview asks for when it is opened without a query: the addresses are those of src/firstScreen.ts. */
export const FIGURES = ['/api/portfolio/overview', '/api/performance/twr-history?days=365&points=500'];
/** The files that backend/api/dashboard.py reads. */
const linksOf = (language: string): string => `overview.${language}.links`;
const TAG = '<script src="/theme.js"';
/** Tells the engine of Chromium to compile all of a file while it arrives, instead of each function when it is called. */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n';
const COMPRESSED = /\.(?:css|html|js|json|svg|webmanifest)$/;
/** Below this a packet is a packet. */
const SMALL = 1024;

export interface FirstLoad {
  readonly plugin: Plugin;
  /** Whether a module belongs into the first file, or into the one that follows it; known once all modules are read. */
  readonly shared: (id: string) => boolean;
  readonly follows: (id: string) => boolean;
}

function chunksOf(bundle: Rollup.OutputBundle | undefined, root: RegExp): Rollup.OutputChunk[] {
  return Object.values(bundle ?? {}).filter((file): file is Rollup.OutputChunk => file.type === 'chunk' && root.test(file.facadeModuleId ?? ''));
}

export function firstLoad(): FirstLoad {
  let shared: ReadonlySet<string> = new Set();
  let follows: ReadonlySet<string> = new Set();
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
      const ofFollowing = parts.filter((id) => FOLLOWS.test(id)).flatMap((id) => [...reached(id)]);
      // Its styles come with the first file's: one request less, and nothing moves when it is shown.
      shared = new Set([...ofEntry, ...ofFirst.filter((id) => ofOthers.has(id)), ...ofFollowing.filter((id) => STYLE.test(id))]);
      follows = new Set(ofFollowing.filter((id) => !shared.has(id)));
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
      const entries = [...html.matchAll(/<script type="module"[^>]* src="\/([^"]+)"/g)].map(([, file]) => file ?? '');
      const drawing = chunksOf(bundle, FIRST).map(({ fileName }) => fileName);
      for (const file of entries) writeFileSync(join(dir, file), AT_ONCE + readFileSync(join(dir, file), 'utf8'));
      // The browser sends the others while it makes ready for modules; six things at a time.
      const before = [
        '</theme.js>; rel=preload; as=script',
        ...[...html.matchAll(/<link rel="stylesheet"[^>]* href="([^"]+)"/g)].map(([, file]) => `<${file}>; rel=preload; as=style; crossorigin`),
        ...FIGURES.map((address) => `<${address}>; rel=preload; as=fetch; crossorigin`),
        ...[...entries, ...drawing].map((file) => `</${file}>; rel=modulepreload`),
      ];
      const font = Object.keys(bundle).filter((name) => FONT.test(name)).map((name) => `</${name}>; rel=preload; as=font; type=font/woff2; crossorigin`);
      for (const { facadeModuleId, fileName } of chunksOf(bundle, LANGUAGE)) {
        const language = LANGUAGE.exec(facadeModuleId ?? '')?.[1] ?? '';
        writeFileSync(join(dir, linksOf(language)), [...before, `</${fileName}>; rel=modulepreload`, ...font].join(', '));
      }
      // Those of `public` are no part of the bundle, and lie beside the page.
      const sent = new Set([...Object.keys(bundle), ...readdirSync(dir)]);
      for (const name of [...sent].filter((one) => COMPRESSED.test(one))) compress(join(dir, name));
    },
  };
  return { plugin, shared: (id) => shared.has(id), follows: (id) => follows.has(id) };
}

/** Copies beside a file, for who takes them (backend/api/fast_files.py). */
function compress(file: string): void {
  const body = readFileSync(file);
  if (body.length < SMALL) return;
  writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }));
}
