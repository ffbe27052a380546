import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ImportCsv from '@/components/cashflows/ImportCsv.vue';
import type { ImportPreview } from '@/composables/useImports';
import { setDisplay } from '@/lib/display';
import { show, until } from '../mounting';
import { overview } from '../overview/builders';
import { item, line, preview } from './importBuilders';

interface Sent { method: string; path: string; query: string; body: unknown }
let sent: Sent[] = [];
let replies: Record<string, () => unknown> = {};

beforeEach(() => {
  sent = [];
  replies = { 'GET /api/imports': () => ({ items: [], next_cursor: null }) };
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const text = await request.text();
    sent.push({ method: request.method, path: url.pathname, query: url.search, body: text ? JSON.parse(text) : null });
    const reply = replies[`${request.method} ${url.pathname}`];
    const body = reply?.();
    if (body instanceof Response) return body;
    return body === undefined ? Response.json({ detail: 'not there', code: 'not-found' }, { status: 404 }) : Response.json(body);
  });
});
afterEach(() => {
  setDisplay({ hidden: false });
  document.body.innerHTML = '';
});

/** A file; jsdom's cannot be read. */
const file = (name: string, content: string): File => Object.assign(new File([content], name), { arrayBuffer: () => Promise.resolve(new TextEncoder().encode(content).slice().buffer) });
const page = (): HTMLElement => document.querySelector<HTMLElement>('[role=dialog]') ?? document.body;
const text = (): string => page().textContent ?? '';
const button = (name: string): HTMLButtonElement => {
  const found = [...page().querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};
async function opened(): Promise<VueWrapper> {
  const wrapper = await show(ImportCsv, { props: { open: true, accounts: overview().accounts } });
  await flushPromises();
  return wrapper;
}
async function chosen(body: ImportPreview): Promise<void> {
  replies['POST /api/imports'] = () => body;
  await opened();
  const input = page().querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file field');
  Object.defineProperty(input, 'files', { value: [file('savings.csv', 'Date,Amount\n')] });
  input.dispatchEvent(new Event('change'));
  await until(() => expect(page().querySelector('[data-testid=import-reading]')).not.toBeNull());
}
async function select(label: string, value: string): Promise<void> {
  const id = [...page().querySelectorAll('label')].find((one) => one.textContent?.trim().startsWith(label))?.getAttribute('for') ?? '';
  const field = page().querySelector<HTMLSelectElement>(`[id="${id}"]`);
  if (!field) throw new Error(`no field ${label}`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
  await flushPromises();
}

describe('import of a CSV', () => {
  it('sends the file and shows each line with its state', async () => {
    await chosen(preview());
    expect(sent.find((one) => one.method === 'POST')).toMatchObject({ path: '/api/imports', body: { name: 'savings.csv', content: 'Date,Amount\n', account: 1 } });
    const lines = [...page().querySelectorAll('ol > li')].map((one) => one.textContent ?? '');
    expect(lines[0]).toContain('+$1,234.00');
    expect(lines[0]).toContain('New');
    expect(lines[1]).toContain('Already there');
    expect(lines[2]).toContain('An amount of zero is no cash flow.');
  });

  it('imports no more than was shown, and offers to take it back', async () => {
    await chosen(preview());
    replies['POST /api/imports/4/commit'] = () => ({ item: item({ state: 'committed', written: 1, known: 1, refused: 1, committed_at: '2026-11-20T10:01:00Z', first_at: '2026-10-03T10:00:00Z' }), recomputing: true });
    replies['POST /api/imports/4/undo'] = () => ({ item: item({ state: 'undone', written: 1, removed: 1, kept: 1 }), recomputing: false });
    button('Import 1').click();
    await flushPromises();
    expect(sent.find((one) => one.path.endsWith('/commit'))?.query).toBe('?expected=1');
    for (const part of ['1 cash flow imported.', '1 line was there already.', '1 line with an error was left out.', 'Recomputing 2 months.']) expect(text()).toContain(part);
    button('Undo this import').click();
    await flushPromises();
    expect(text()).toContain('1 cash flow taken back.');
    expect(text()).toContain('1 cash flow that you changed since stays.');
  });

  it('cannot be imported while something is open or nothing is new', async () => {
    await chosen(preview({}, { complete: false }));
    expect(button('Import 1').disabled).toBe(true);
    document.body.innerHTML = '';
    await chosen(preview({}, { counts: { new: 0, known: 3, error: 0, ignored: 0 } }));
    expect(button('Import 0').disabled).toBe(true);
  });

  it('asks with what the example means, and sends the answer alone', async () => {
    const question = { field: 'decimal_mark' as const, answer: null, example: '1.234', options: [{ value: '.', reading: '1.234' }, { value: ',', reading: '1234' }] };
    await chosen(preview({}, { complete: false, questions: [question] }));
    expect(text()).toContain('How much is “1.234”?');
    replies['PUT /api/imports/4'] = () => preview({ decimal_mark: ',' }, { questions: [{ ...question, answer: ',' }] });
    button('1,234.00').click();
    await flushPromises();
    expect(sent.find((one) => one.method === 'PUT')?.body).toEqual({ answers: { decimal_mark: ',' } });
    expect(button('Import 1').disabled).toBe(false);
  });

  it('maps a column and keeps the others', async () => {
    await chosen(preview({ columns: { date: 0, time: null, type: null, amount: 1, asset: null, quantity: null, note: null } }));
    replies['PUT /api/imports/4'] = () => preview();
    await select('Note', '2');
    expect(sent.find((one) => one.method === 'PUT')?.body).toEqual({ answers: { columns: { date: 0, time: null, type: null, amount: 1, asset: null, quantity: null, note: 2 } } });
  });

  it('shows of an export of the exchange what each line moves, and asks for no columns', async () => {
    const lines = [
      line(2, { type: null, amount_usd: null, event: 'trade', description: 'BUY', moves: [{ asset: 'BTC', quantity: '0.02' }, { asset: 'USDT', quantity: '-1200' }] }),
      line(3, { type: null, amount_usd: null, state: 'ignored', reason: 'own_move', moves: [{ asset: 'USDT', quantity: '-400' }] }),
      line(4, { type: null, amount_usd: null, state: 'error', reason: 'operation_unknown', detail: 'Moon Bonus', moves: [{ asset: 'USDT', quantity: '5' }] }),
    ];
    await chosen(preview({}, { item: item({ kind: 'statement' }), columns: [], lines, counts: { new: 0, known: 1, error: 1, ignored: 1 } }));
    expect(text()).toContain('Trade · BUY');
    expect(text()).toMatch(/\+0\.02\d* BTC.*-1,200\.00\d* USDT/);
    expect(text()).toContain('A move between your own wallets.');
    expect(text()).toContain('An operation that is not known yet: “Moon Bonus”');
    expect([...page().querySelectorAll('select')]).toEqual([]);
    expect(button('Nothing moved 1')).toBeDefined();
    // What is known may be told better by this file.
    expect(button('Import 0').disabled).toBe(false);
  });

  it('asks the server for the lines of one state where the preview holds only the first', async () => {
    await chosen(preview({}, { counts: { new: 500, known: 0, error: 1, ignored: 0 }, next_cursor: '200-0' }));
    replies['GET /api/imports/4/lines'] = () => ({ items: [line(501, { state: 'error', reason: 'number_unreadable', detail: 'five', timestamp: null, type: null })], next_cursor: null });
    button('Errors 1').click();
    await flushPromises();
    expect(sent.at(-1)?.query).toBe('?limit=200&state=error');
    expect(text()).toContain('Line 501');
    expect(text()).toContain('Not a number: “five”');
  });

  it('hides amounts, also those in the file’s own words', async () => {
    setDisplay({ hidden: true });
    const question = { field: 'decimal_mark' as const, answer: null, example: '1.234', options: [{ value: '.', reading: '1.234' }, { value: ',', reading: '1234' }] };
    await chosen(preview({}, { questions: [question], lines: [line(2), line(3, { state: 'error', reason: 'number_unreadable', detail: '1.2.34', timestamp: null, type: null })] }));
    expect(text()).not.toMatch(/1[.,]2|1234/);
    expect(text()).toContain('Decimal comma');
  });

  it('says in place what was refused', async () => {
    replies['POST /api/imports'] = () => Response.json({ detail: 'The file is empty', code: 'bad-input' }, { status: 422 });
    await opened();
    const input = page().querySelector<HTMLInputElement>('input[type=file]');
    Object.defineProperty(input, 'files', { value: [file('a.csv', '')] });
    input?.dispatchEvent(new Event('change'));
    await until(() => expect(page().querySelector('[role=alert]')?.textContent).toContain('The file is empty'));
  });

  it('lists earlier imports, with Undo where there is something to undo', async () => {
    replies['GET /api/imports'] = () => ({ items: [item({ id: 9, state: 'committed', written: 3 }), item({ id: 8, state: 'undone' }), item({ id: 7 })], next_cursor: null });
    replies['POST /api/imports/9/undo'] = () => ({ item: item({ id: 9, state: 'undone', removed: 3 }), recomputing: false });
    await opened();
    const past = [...page().querySelectorAll('[data-testid=import-past] li')].map((one) => one.textContent ?? '');
    expect(past).toHaveLength(2);
    expect(past[0]).toContain('3 flows');
    expect(past[1]).toContain('Undone');
    button('Undo').click();
    await flushPromises();
    expect(text()).toContain('3 cash flows taken back.');
  });
});
