// The program's log as it is shown: levels, what a line says beside its event, and where its file is.
import type { LogFilter, ProgramLine } from '@/composables/useProgramLog';

export const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export const COMPONENTS = ['web', 'collector', 'exchange', 'database', 'program', 'library'] as const;
/** As the server takes it. */
const REQUEST = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
/** Fields that say where a line was written, not what happened. */
const ASIDE: readonly string[] = ['logger', 'exception'];
const TONES: Readonly<Record<ProgramLine['level'], string>> = { debug: 'q', info: 'okc', warning: 'warnc', error: 'dangerc', critical: 'dangerc' };

export const toneOf = ({ level }: ProgramLine): string => TONES[level];

/** Whether a text can be the id of a request. */
export const isRequestId = (text: string): boolean => REQUEST.test(text);

/** The fields of a line in one row: `code=x status=503`. */
export const brief = ({ fields }: ProgramLine): string =>
  fields.filter(({ name }) => !ASIDE.includes(name)).map(({ name, value }) => `${name}=${value}`).join(' ');

/** The address of the file with these lines. */
export function fileOf(filter: LogFilter): string {
  const query = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  return `/api/logs/export${query.size ? `?${query.toString()}` : ''}`;
}
