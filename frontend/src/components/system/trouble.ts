// What is wrong with the way to the exchange, as a name that has words and advice (messages `system.trouble.<name>`).
import type { Attention } from '@/composables/types';

export const TROUBLES = [
  'key', 'keyFormat', 'keyRejected', 'signature', 'region', 'banned', 'limited', 'firewall', 'budget', 'proxy', 'certificate',
  'unavailable', 'clock', 'notHere', 'other',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** The exchange's own code, which every error text carries in brackets. */
const BY_EXCHANGE_CODE: Readonly<Record<string, Trouble>> = { '-2014': 'keyFormat', '-2015': 'keyRejected', '-1022': 'signature', '451': 'region', '403': 'firewall', '418': 'banned' };
const BY_CODE: Readonly<Record<string, Trouble>> = {
  'credentials-refused': 'key', 'exchange-limited': 'limited', 'request-budget': 'budget', 'exchange-unavailable': 'unavailable',
  'clock-skew': 'clock', 'not-supported-here': 'notHere',
};
const BY_WORDS: readonly [RegExp, Trouble][] = [[/HTTPS_PROXY/, 'proxy'], [/certificate/, 'certificate'], [/\bbanned\b/, 'banned']];

/** The server's stable `code` and its text; a code this version does not know is `other`. */
export function troubleOf(code: string | null, detail: string): Trouble {
  const bracketed = /\[(-?\d+)\]/.exec(detail)?.[1] ?? '';
  return BY_EXCHANGE_CODE[bracketed] ?? BY_WORDS.find(([words]) => words.test(detail))?.[1] ?? BY_CODE[code ?? ''] ?? 'other';
}

export interface TroubleLine {
  readonly key: string;
  readonly account: string;
  readonly trouble: Trouble;
  readonly severity: Attention['severity'];
  readonly detail: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The accounts that cannot be read, worst first, from what the overview says needs attention. */
export function troubleLines(attention: readonly Attention[]): TroubleLine[] {
  return attention
    .filter((item) => item.kind === 'sync_failed')
    .map(({ severity, params }) => ({
      key: text(params.account), account: text(params.account), severity, detail: text(params.detail),
      trouble: troubleOf(text(params.code), text(params.detail)),
    }));
}
