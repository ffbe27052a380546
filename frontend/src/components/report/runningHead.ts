// What stands at the edge of every printed page. A rule of the page itself, since no element repeats on each.
import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue';

/** A string of CSS: quotes, backslashes and line ends cannot end it. */
export function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, (one) => `\\${one}`).replace(/[\n\r\f]/g, ' ')}"`;
}

/** Print `head` at the top of every page and the number of the page below, in browsers that know margin boxes. */
export function useRunningHead(head: MaybeRefOrGetter<string>): void {
  if (!('adoptedStyleSheets' in document)) return;
  const sheet = new CSSStyleSheet();
  const font = 'font: 8pt sans-serif; color: black;';
  watch(() => toValue(head), (text) => {
    sheet.replaceSync(`@page { margin: 16mm 13mm 15mm; @top-left { content: ${quoted(text)}; ${font} } @bottom-right { content: counter(page) " / " counter(pages); ${font} } }`);
  }, { immediate: true });
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  onScopeDispose(() => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)));
}
