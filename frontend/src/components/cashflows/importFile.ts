import type { ImportAnswers, ImportContent, ImportPreview } from '@/composables/useImports';
import { type NamedBytes, zipped } from './zip';

export const ROLES = ['date', 'time', 'type', 'amount', 'asset', 'quantity', 'note'] as const;
export type Role = (typeof ROLES)[number];
export type Columns = NonNullable<ImportAnswers['columns']>;
export const MOST_BYTES = 16 * 1024 * 1024;
/** More than this is not even looked at; several files shrink on their way. */
export const MOST_UNPACKED = 4 * MOST_BYTES;
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What is wrong with a choice of files. */
export type Refusal = 'tooLarge' | 'zipAlone';
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** What to send of the files chosen: the text of one, a zip as it is, several as one zip. */
export async function contentOf(files: readonly NamedBytes[]): Promise<ImportContent | Refusal> {
  const [first] = files;
  if (files.length === 1 && first && !isZip(first.bytes)) return first.bytes.length > MOST_BYTES ? 'tooLarge' : { content: decode(first.bytes) };
  if (files.length > 1 && files.some(({ bytes }) => isZip(bytes))) return 'zipAlone';
  const content = base64(files.length > 1 ? await zipped(files) : (first?.bytes ?? new Uint8Array()));
  return content.length > MOST_BYTES ? 'tooLarge' : { content_base64: content };
}

function base64(all: Uint8Array): string {
  const chunk = 0x8000; // more arguments than this and the call fails
  let binary = '';
  for (let at = 0; at < all.length; at += chunk) binary += String.fromCharCode(...all.subarray(at, at + chunk));
  return btoa(binary);
}

/** The text of a file: UTF-8 or UTF-16, and where it is neither, what Excel writes on Windows. */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
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
