import { afterEach, expect } from 'vitest';

// jsdom has no layout: widths and schemes read as "does not match", and nothing scrolls.
Object.defineProperty(window, 'matchMedia', {
  configurable: true,
  writable: true,
  value: (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined }),
});
Element.prototype.scrollIntoView = () => undefined;

/** What the page keeps in the browser: how it looks, where it was scrolled to, when it was loaded anew. No secret that a test types may get there. */
const KEPT = ['preferences', 'vue-router:scroll', 'reloaded-at'];
afterEach(() => {
  expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) => !KEPT.includes(name))).toEqual([]);
});
