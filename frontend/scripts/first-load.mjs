// Measures what a first visit to the Overview loads, gzipped, and in how many files, from the build: the document, its blocking
// script, what it names with all static imports, English, their CSS, the font, the charts in their own chunk, and what follows
// the first screen at once in another.
// The design's budget for JavaScript leaves the charts out; the total counts them. What lies under the first screen follows
// when the page is idle: printed as `later`, not in the total. Fails over budget.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const BUDGET = { total: 250 * 1024, js: 200_000, css: 25_000, requests: 10 };
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

function fail(what) {
  throw new Error(`nothing was built from ${what}`);
}

const files = new Set(['index.html', 'theme.js']);
const seen = new Set();
function take(key) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return;
  seen.add(key);
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
  for (const next of chunk.imports ?? []) take(next);
}
const document = await readFile(new URL('index.html', dist), 'utf8');
const first = (key) => [`src="/${manifest[key].file}"`, `href="/${manifest[key].file}"`].some((one) => document.includes(one)) || /locales\/en\/index\.ts$/.test(key);
for (const key of Object.keys(manifest).filter(first)) take(key);
const page = new Set(files);
take('src/components/charts/engine.ts');
const charts = new Set([...files].filter((file) => !page.has(file)));
take(Object.keys(manifest).find((key) => manifest[key].name === 'rest') ?? fail('what follows the first screen'));
const firstScreen = new Set(files);
for (const key of ['src/components/overview/LowerHalf.vue', 'src/locales/en/holdings.json']) take(manifest[key] ? key : fail(key));

// Beside the files there is the icon of the page.
const sizes = { total: 0, js: 0, charts: 0, css: 0, font: 0, later: 0, requests: 1 };
for (const file of files) {
  const body = await readFile(new URL(file, dist));
  const size = file.endsWith('.woff2') ? body.length : gzipSync(body, { level: 9 }).length;
  // The browser fetches the latin subset only, unless the page needs a letter of the other.
  if (file.includes('latin-ext')) continue;
  if (!firstScreen.has(file)) {
    sizes.later += size;
    continue;
  }
  sizes.requests += 1;
  sizes.total += size;
  if (file.endsWith('.js')) sizes[charts.has(file) ? 'charts' : 'js'] += size;
  if (file.endsWith('.css')) sizes.css += size;
  if (file.endsWith('.woff2')) sizes.font += size;
}
if (process.argv.includes('--json')) console.log(JSON.stringify(sizes));
else for (const [name, size] of Object.entries(sizes)) console.log(name === 'requests' ? `${name} ${size}` : `${name.padEnd(8)} ${(size / 1024).toFixed(1)} KiB gzipped`);
const over = Object.entries(BUDGET).filter(([name, limit]) => sizes[name] > limit);
for (const [name, limit] of over) console.error(`over budget: ${name} ${sizes[name]} > ${limit}${name === 'requests' ? '' : ' bytes'}`);
process.exit(over.length ? 1 : 0);
