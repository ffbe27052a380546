import type { ImportAnswers, ImportContent, ImportPreview } from '@/composables/useImports';

export const ROLES = ['date', 'time', 'type', 'amount', 'asset', 'quantity', 'note'] as const;
export type Role = (typeof ROLES)[number];
export type Columns = NonNullable<ImportAnswers['columns']>;
export const MOST_BYTES = 16 * 1024 * 1024;
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What to send of a file: its text, or a zip as it is. */
export function contentOf(bytes: ArrayBuffer): ImportContent {
  const all = new Uint8Array(bytes);
  if (all[0] !== 0x50 || all[1] !== 0x4b) return { content: decode(bytes) };
  const chunk = 0x8000; // more arguments than this and the call fails
  let binary = '';
  for (let at = 0; at < all.length; at += chunk) binary += String.fromCharCode(...all.subarray(at, at + chunk));
  return { content_base64: btoa(binary) };
}

/** The text of a file: UTF-8 or UTF-16, and where it is neither, what Excel writes on Windows. */
export function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * The answers to send after a change. What the user never said is left to the file: a column that is found out must
 * follow the heading, and a format that is known must not become an answer.
 */
export function changed(given: ImportAnswers, preview: ImportPreview, change: ImportAnswers): ImportAnswers {
  const next = { ...given, ...change };
  // Another separator makes other columns.
  if (change.delimiter !== undefined || change.header !== undefined) delete next.columns;
  else if (change.columns) next.columns = columnsOf(given, preview, change);
  return next;
}

/** Which column holds what: as found out, as said, and as said just now, though the server has not answered yet. */
export function columnsOf(given: ImportAnswers, preview: ImportPreview, change: ImportAnswers = {}): Columns {
  const none = Object.fromEntries(ROLES.map((role) => [role, null])) as Columns; // every role is in ROLES
  return { ...none, ...preview.answers.columns, ...given.columns, ...change.columns };
}

/** Zones to choose from: the reader's, UTC, then all. */
export function zones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
