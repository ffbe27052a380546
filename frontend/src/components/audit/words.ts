// Entries of the audit log in words (messages `audit`).
import type { AuditEntry } from '@/composables/useAudit';
import type { Format } from '@/lib/format';

export type Tone = 'acc' | 'warnc' | 'dangerc';

export interface Speech {
  readonly t: (key: string, values?: Record<string, unknown>) => string;
  /** Whether there is such a message. */
  readonly te: (key: string) => boolean;
  readonly f: Format;
}

const GRAVE = /(failed|refuse|refused|rejected|head_lost|broken)$/;
const CAREFUL = /(\.delete|\.restore|\.undo|\.pause|\.stop|\.throw|\.unknown|\.absent|\.needs_review|\.remove|rights_changed)$/;
/** Sums and quantities of the user's own: hidden with the other amounts. Prices are public. */
const AMOUNT = /^(amount_usd|quantity|quote_quantity|executed|cost_usd|minimum_usd)(\.|$)/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** Too long for a line, and of no use in one: the file has them. */
const LEFT_OUT = new Set(['hash', 'sha256', 'plan', 'order_id']);
/** What the server calls the thing by; the rest is its number or name. */
const SUBJECT = /^(flow|lot|run|plan|import) (.+)$/s;

export function toneOf(action: string): Tone {
  if (GRAVE.test(action)) return 'dangerc';
  return CAREFUL.test(action) ? 'warnc' : 'acc';
}

/** `user:admin` is "admin". */
export function actorWords(actor: string, { t, te }: Speech): string {
  const [kind = '', name = ''] = actor.split(/:(.*)/s);
  if (name) return kind === 'token' ? t('audit.actors.token', { name }) : name;
  const key = `audit.actors.${actor.replaceAll(' ', '_')}`;
  return te(key) ? t(key) : actor;
}

/** Account, thing and what is told of it, in one line. */
export function whatWords(entry: AuditEntry, speech: Speech): string {
  const subject = subjectWords(entry.subject, speech);
  const account = entry.account_name === entry.subject ? null : entry.account_name;
  return [account, subject, detailWords(entry, speech)].filter(Boolean).join(' · ');
}

function subjectWords(subject: string, { t }: Speech): string {
  const [, kind, name] = SUBJECT.exec(subject) ?? [];
  return kind && name ? t(`audit.subjects.${kind}`, { name }) : subject;
}

function detailWords({ details }: AuditEntry, speech: Speech): string {
  const told: string[] = [];
  const values = new Map(details.map(({ name, value }) => [name, value]));
  for (const { name, value } of details) {
    const whole = name.replace(/\.(from|to)$/, '');
    if (LEFT_OUT.has(name) || value === null || value === '') continue;
    if (whole !== name && values.has(`${whole}.from`) && values.has(`${whole}.to`)) continue;
    told.push(`${nameWords(name, speech)} ${valueWords(name, value, speech)}`);
  }
  return [...changes(values, speech), ...told].join(', ');
}

/** Details that come in pairs: what was, and what is. */
function changes(values: ReadonlyMap<string, string | null>, speech: Speech): string[] {
  const names = [...values.keys()].filter((name) => name.endsWith('.from')).map((name) => name.slice(0, -5)).filter((name) => values.has(`${name}.to`));
  return names.map((name) => speech.t('audit.changed', {
    name: nameWords(name, speech), from: valueWords(name, values.get(`${name}.from`) ?? null, speech), to: valueWords(name, values.get(`${name}.to`) ?? null, speech),
  }));
}

function nameWords(name: string, { t, te }: Speech): string {
  return name.split('.').map((part) => (te(`audit.details.${part}`) ? t(`audit.details.${part}`) : part.replaceAll('_', ' '))).join(' ');
}

function valueWords(name: string, value: string | null, { t, f }: Speech): string {
  if (value === null || value === '') return t('audit.nothing');
  if (value === 'true' || value === 'false') return t(value === 'true' ? 'audit.yes' : 'audit.no');
  if (INSTANT.test(value)) return f.dateTime(value);
  if (!DECIMAL.test(value)) return value;
  return AMOUNT.test(name) ? f.exact(value) : f.plain(value);
}
