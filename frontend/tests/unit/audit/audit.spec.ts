import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, ref, shallowRef } from 'vue';
import AuditChain from '@/components/audit/AuditChain.vue';
import AuditFilters from '@/components/audit/AuditFilters.vue';
import AuditPanel from '@/components/audit/AuditPanel.vue';
import { actorWords, toneOf, whatWords } from '@/components/audit/words';
import type { AuditCheck, AuditEntry, AuditList, AuditPages } from '@/composables/useAudit';
import { createFormat, HIDDEN } from '@/lib/format';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';

const formatted = (hidden = false) => createFormat({ locale: 'en-GB', timeZone: 'UTC', hidden, currency: 'USDT' });
const KNOWN = new Set(['audit.actors.program', 'audit.actors.command_line', 'audit.details.amount_usd', 'audit.details.dry_run']);
/** The key with its values: which words are said, not how. */
const t = (key: string, values: Record<string, unknown> = {}): string => `${key} ${Object.values(values).join(' ')}`.trim();
const speech = (hidden = false) => ({ t, te: (key: string) => KNOWN.has(key), f: formatted(hidden) });

function entry(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 7, at: '2026-11-20T09:15:40Z', actor: 'user:admin', origin: '192.0.2.10', action: 'cashflow.update', account: 1, account_name: 'main-spot',
    subject: 'flow 9', details: [{ name: 'amount_usd.from', value: '100' }, { name: 'amount_usd.to', value: '120.5' }], previous_hash: '0'.repeat(64), hash: 'a'.repeat(64), ...over,
  };
}

describe('an entry in words', () => {
  it('names account, thing and change in one line', () => {
    expect(whatWords(entry(), speech())).toBe('main-spot · audit.subjects.flow 9 · audit.changed audit.details.amount_usd 100 120.5');
  });
  it('hides amounts with the others, and leaves what is no amount', () => {
    const details = [{ name: 'amount_usd.from', value: '100' }, { name: 'amount_usd.to', value: null }, { name: 'orders', value: '6' }];
    expect(whatWords(entry({ details }), speech(true))).toContain(`${HIDDEN} audit.nothing, orders 6`);
  });
  it('says yes and no, instants in the reader’s zone, and leaves out what only a file needs', () => {
    const details = [{ name: 'dry_run', value: 'true' }, { name: 'hash', value: 'abc' }, { name: 'at', value: '2026-05-20T10:30:00Z' }, { name: 'note', value: null }];
    expect(whatWords(entry({ account_name: null, subject: '', details }), speech())).toBe('audit.details.dry_run audit.yes, at 20 May 2026, 10:30');
  });
  it('does not name an account twice', () => {
    expect(whatWords(entry({ subject: 'main-spot', details: [] }), speech())).toBe('main-spot');
  });
  it('names who did it', () => {
    expect(['user:admin', 'token:backup', 'program', 'command line', 'later'].map((one) => actorWords(one, speech()))).toEqual([
      'admin', 'audit.actors.token backup', 'audit.actors.program', 'audit.actors.command_line', 'later',
    ]);
  });
  it('is marked where it failed, or took something away', () => {
    expect(['sign_in.refuse', 'order.rejected', 'account.delete', 'kill_switch.throw', 'key.rights_changed', 'kill_switch.lift', 'run.start'].map(toneOf)).toEqual(['dangerc', 'dangerc', 'warnc', 'warnc', 'warnc', 'acc', 'acc']);
  });
});

/** An answer takes a few turns until it is read. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await flushPromises();
}

let check: AuditCheck;
const answer = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status: 200, headers: { 'Content-Type': 'application/json' } }));
const whole: AuditCheck = { environment: 'demo', checked_at: '2026-11-20T13:00:00Z', intact: true, rows: 4182, last_id: 4182, hash: 'b'.repeat(64), breaks: [], breaks_total: 0, reason: null };

describe('the state of the chain', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      return answer(check);
    });
    return () => vi.unstubAllGlobals();
  });

  it('says when, how many and that nothing is broken; a check is a press away', async () => {
    check = whole;
    const shown = await show(AuditChain);
    await settled();
    expect(shown.text()).toMatch(/Chain checked .*: 4,182 entries up to number 4,182, no break\./);
    await shown.get('button').trigger('click');
    await settled();
    expect(asked).toContain('POST /api/audit/verify');
    shown.unmount();
  });
  it('names the first places where it is broken, and what to do', async () => {
    check = { ...whole, intact: false, breaks: [{ kind: 'changed', first_id: 3, last_id: 3 }, { kind: 'missing', first_id: 8, last_id: 12 }, { kind: 'head', first_id: 20, last_id: 20 }, { kind: 'added', first_id: 0, last_id: 0 }], breaks_total: 6 };
    const shown = await show(AuditChain);
    await settled();
    expect(shown.get('[data-testid="chain"]').classes()).toContain('bad');
    for (const words of ['broken in 6 places', 'Changed after it was written: entry 3', 'Missing: entries 8 to 12', 'and 3 more places', 'Compare with a backup']) expect(shown.text()).toContain(words);
    shown.unmount();
  });
  it('says that it was not checked yet', async () => {
    check = { ...whole, checked_at: null, intact: null, rows: null, last_id: null, hash: null, reason: 'not_checked_yet' };
    const shown = await show(AuditChain, { language: 'fr' });
    await settled();
    expect(shown.text()).toContain('n’a pas encore été vérifiée');
    shown.unmount();
  });
});

function pagesOf(items: readonly AuditEntry[], over: Partial<AuditPages> = {}): AuditPages {
  const list: AuditList = { environment: 'demo', items: [...items], next_cursor: null, total: items.length, actions: ['cashflow.update'], actors: ['user:admin'] };
  const resource = { data: shallowRef(list), status: ref('ready'), error: ref(null), refreshing: ref(false), reload: () => Promise.resolve() };
  return { resource, items: computed(() => items), more: computed(() => false), loadMore: () => Promise.resolve(), moreError: ref(null), file: () => Promise.resolve(''), ...over } as unknown as AuditPages; // what the panel looks at
}
const nothing = { text: '', action: '', actor: '', period: 'all' };

describe('the list', () => {
  it('has a row an entry, and says of how many', async () => {
    const shown = await show(AuditPanel, { props: { pages: pagesOf([entry(), entry({ id: 6, origin: '', action: 'run.start' })]), ...nothing } });
    expect(shown.findAll('tbody tr')).toHaveLength(2);
    expect(shown.get('tbody tr').text()).toMatch(/admin.*cashflow\.update.*flow 9.*192\.0\.2\.10/s);
    expect(shown.get('.more').text()).toContain('2 of 2');
    shown.unmount();
  });
  it('without entries says why: none yet, or none that match', async () => {
    const empty = await show(AuditPanel, { props: { pages: pagesOf([]), ...nothing } });
    expect(empty.text()).toContain('No entry yet');
    empty.unmount();
    const narrowed = await show(AuditPanel, { props: { pages: pagesOf([]), ...nothing, actor: 'token:x' } });
    await narrowed.get('.empty button').trigger('click');
    expect(narrowed.emitted('all')).toHaveLength(1);
    narrowed.unmount();
  });
  it('whose file cannot be made says so', async () => {
    const pages = pagesOf([entry()], { file: () => Promise.reject(new Error('out of reach')) });
    const shown = await show(AuditPanel, { props: { pages, ...nothing } });
    await shown.get('.files button').trigger('click');
    await settled();
    expect(shown.get('[role="alert"]').text()).toContain('out of reach');
    shown.unmount();
  });
});

describe('filters', () => {
  const props = { actions: ['run.start'], actors: ['user:admin', 'program'], exporting: false, ...nothing };

  it('ask for text when it is complete, and offer what is chosen though nothing has it any more', async () => {
    const shown = await show(AuditFilters, { props: { ...props, action: 'account.delete' } });
    expect(shown.get('select.action').findAll('option').map((one) => one.text())).toEqual(['All actions', 'account.delete', 'run.start']);
    expect(shown.get('select.who').text()).toContain('admin');
    const field = shown.get('input');
    field.element.value = ' flow ';
    await field.trigger('input');
    expect(shown.emitted('update:text')).toBeUndefined();
    await field.trigger('change');
    expect(shown.emitted('update:text')?.at(-1)).toEqual(['flow']);
    shown.unmount();
  });
  it('give no file while amounts are hidden: it has them', async () => {
    setDisplay({ hidden: true });
    const shown = await show(AuditFilters, { props });
    expect(shown.findAll('.files button').every((one) => one.attributes('disabled') !== undefined)).toBe(true);
    shown.unmount();
    setDisplay({ hidden: false });
  });
});
