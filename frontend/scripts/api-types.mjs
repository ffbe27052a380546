// Generates src/api/schema.d.ts from the committed OpenAPI document; --check fails when they differ.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../docs/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.d.ts', import.meta.url);
const head = '// Generated from docs/openapi.json by `npm run types`. Do not edit.\n';

const text = head + astToString(await openapiTS(source, { alphabetize: true, immutable: true }));
if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8')) !== text) {
    console.error('src/api/schema.d.ts does not match docs/openapi.json: run `npm run types`');
    process.exit(1);
  }
  console.log('API types match docs/openapi.json');
} else {
  await writeFile(target, text);
  console.log('wrote src/api/schema.d.ts');
}
