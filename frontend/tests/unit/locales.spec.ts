// Both languages say the same things, and every key that the code asks for exists.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '@/locales';

const SRC = join(import.meta.dirname, '../../src');
type Messages = { [key: string]: string | Messages };

function messages(language: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (prefix: string, part: Messages): void => {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === 'string') flat.set(`${prefix}.${key}`, value);
      else walk(`${prefix}.${key}`, value);
    }
  };
  const folder = join(SRC, 'locales', language);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    walk(file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8')) as Messages);
  }
  return flat;
}

const [en, fr] = [messages('en'), messages('fr')];
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('schema.d.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

describe('messages', () => {
  it('exist in English and in French', () => {
    expect([...fr.keys()].sort()).toEqual([...en.keys()].sort());
  });
  it('name the same values in both', () => {
    const different = [...en].filter(([key, text]) => placeholders(text).join() !== placeholders(fr.get(key) ?? '').join());
    expect(different).toEqual([]);
  });
  it('have no narrow no-break space and no exclamation mark', () => {
    expect([...en, ...fr].filter(([, text]) => /[\u202f!]/.test(text))).toEqual([]);
  });
  it('in French never let a line break before a colon or inside quotation marks', () => {
    expect([...fr].filter(([, text]) => /[ ][:;?!»]|«[ ]/.test(text))).toEqual([]);
  });
  it.each(['en', 'fr'])('of a feature are not loaded before it: %s', async (language) => {
    const { default: base } = (await import(`../../src/locales/${language}/index.ts`)) as { default: object }; // both files have that shape
    expect(Object.keys(base).filter((name) => (FEATURES as string[]).includes(name))).toEqual([]);
    expect(Object.keys(base)).toContain('common');
  });
  it('exist for every fixed key that the code asks for', () => {
    const asked = sources(SRC).flatMap((text) => [...text.matchAll(/\bt\(\s*['"]([\w.]+)['"]/g)].map((match) => match[1] ?? ''));
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((key) => !en.has(key))).toEqual([]);
  });
});
