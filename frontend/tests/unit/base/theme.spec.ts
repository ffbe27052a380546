// The script before the first paint: which language it asks for ahead of the page, and what it leaves to the router.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';

const script = readFileSync('public/theme.js', 'utf8');
const FILES = { en: '/assets/en.js', fr: '/assets/fr.js' };

/** Run it as on a page whose tag names these files; what it asks for. */
function asked(dataset: Record<string, string> = FILES): string[][] {
  const run = new Function('document', script) as (page: object) => void; // the script as a page runs it
  run({ documentElement: document.documentElement, head: document.head, currentScript: { dataset }, createElement: (tag: string) => document.createElement(tag), querySelector: () => null });
  return [...document.head.querySelectorAll('link')].map((link) => [link.rel, link.getAttribute('href') ?? '']);
}

describe('the script before the first paint', () => {
  afterEach(() => {
    document.head.replaceChildren();
    localStorage.clear();
    sessionStorage.clear();
  });

  it('asks for the language of the reader', () => {
    expect(asked()).toEqual([['modulepreload', '/assets/en.js']]);
    localStorage.setItem('preferences', JSON.stringify({ language: 'fr' }));
    expect(asked()).toContainEqual(['modulepreload', '/assets/fr.js']);
  });

  it('asks for nothing where no build has named the files', () => {
    expect(asked({})).toEqual([]);
  });

  it('gives the router something to read, and leaves alone what it has kept', () => {
    asked();
    expect(sessionStorage.getItem('vue-router:scroll')).toBe('{}');
    sessionStorage.setItem('vue-router:scroll', '{"1":{}}');
    asked();
    expect(sessionStorage.getItem('vue-router:scroll')).toBe('{"1":{}}');
  });
});
