import { download } from './download';

/** A cell of an exported table; null is an empty cell, not a zero. */
export type Cell = string | number | null;

/** Spreadsheets run text that starts like a formula; plain numbers with a sign are left alone. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Write rows as RFC 4180 text with CRLF. Text that a spreadsheet would run is disarmed with an apostrophe. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  const text = String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Text without the byte order mark that it may begin with. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Hand text to the browser as a file. The byte order mark lets spreadsheets read it as UTF-8. */
export function downloadCsv(name: string, text: string): void {
  download(name, new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
}
