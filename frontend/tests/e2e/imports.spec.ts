// Cash flows from a CSV: asked where the file can be read in two ways, previewed, imported, found there again, taken back.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Flow { id: number; timestamp: string; amount_usd: string; description: string; source: string }

const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const european = (iso: string): string => iso.split('-').reverse().join('/');
const drawer = (page: Page): Locator => page.getByRole('dialog');
const lines = (page: Page): Locator => drawer(page).getByTestId('import-lines').locator('ol > li');
const commit = (page: Page): Locator => drawer(page).getByTestId('import-commit');

async function csvFlows(page: Page): Promise<Flow[]> {
  const body = (await (await page.request.get('/api/performance/cashflows?limit=1000')).json()) as { items: Flow[] }; // shape of the API contract
  return body.items.filter((flow) => flow.source === 'csv');
}
async function removeAll(page: Page): Promise<void> {
  for (const flow of await csvFlows(page)) await page.request.delete(`/api/performance/cashflows/${flow.id}`);
}
async function start(page: Page): Promise<void> {
  await open(page, '/cash-flows');
  await page.getByTestId('flows').getByRole('button', { name: 'Import CSV' }).click();
  await expect(drawer(page).getByRole('heading', { name: 'Import exports of Binance or a CSV' })).toBeVisible();
}
async function choose(page: Page, text: string | Buffer, name = 'savings.csv'): Promise<void> {
  await drawer(page).getByTestId('import-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(drawer(page).getByTestId('import-reading')).toBeVisible();
}
async function zone(page: Page, name: string): Promise<void> {
  await drawer(page).getByTestId('ask-time_zone').getByRole('combobox').selectOption(name);
  await expect(drawer(page).getByText('The time zone is not known yet')).toHaveCount(0);
}
const CLEAR = (): string => [
  'Date,Type,Amount,Note',
  `${day(5)} 10:30,deposit,"1,500.25",e2e saving`,
  `${day(4)} 09:00,withdrawal,200.50,e2e rent`,
  `${day(4)} 09:00,withdrawal,200.50,e2e rent`,
  `${day(3)} 09:00,deposit,0,e2e nothing`,
  '2099-01-01 09:00,deposit,5,e2e later',
].join('\r\n');

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});
test.beforeEach(({ page }) => removeAll(page));
test.afterEach(({ page }) => removeAll(page));

test('previews each line, writes nothing before "Import n", and takes it back as a whole', async ({ page }) => {
  await start(page);
  await choose(page, CLEAR());
  await zone(page, 'UTC');
  await expect(lines(page)).toHaveCount(5);
  await expect(lines(page).nth(0)).toContainText('+$1,500.25');
  await expect(lines(page).nth(0)).toContainText('New');
  await expect(lines(page).nth(3)).toContainText('An amount of zero is no cash flow.');
  await expect(lines(page).nth(4)).toContainText('This lies in the future.');
  await expect(lines(page).nth(4)).toContainText('Line 6');
  expect(await csvFlows(page)).toEqual([]);
  await drawer(page).getByRole('radio', { name: 'Errors 2' }).click();
  await expect(lines(page)).toHaveCount(2);

  await expect(commit(page)).toHaveText('Import 3');
  await commit(page).click();
  await expect(drawer(page).getByTestId('import-done')).toContainText('3 cash flows imported.');
  await expect(drawer(page).getByTestId('import-done')).toContainText('2 lines with an error were left out.');
  await expect(drawer(page).getByTestId('import-done')).toContainText(/Recomputing \d+ months?\./);
  await expect(drawer(page).getByRole('region', { name: 'Result' })).toBeFocused();
  expect((await csvFlows(page)).map((flow) => flow.amount_usd).toSorted()).toEqual(['-200.5', '-200.5', '1500.25']);

  await drawer(page).getByRole('button', { name: 'Undo this import' }).click();
  await expect(drawer(page).getByTestId('import-done')).toContainText('3 cash flows taken back.');
  expect(await csvFlows(page)).toEqual([]);
});

test('what was imported is in the list as CSV, and the same file again is all there', async ({ page }) => {
  await start(page);
  await choose(page, CLEAR());
  await zone(page, 'UTC');
  await commit(page).click();
  await expect(drawer(page).getByTestId('import-done')).toBeVisible();
  await drawer(page).getByRole('button', { name: 'Choose another file' }).click();
  await expect(drawer(page).getByTestId('import-past').getByRole('listitem').first()).toContainText('3 flows');
  await choose(page, CLEAR());
  await zone(page, 'UTC');
  await expect(lines(page).filter({ hasText: 'Already there' })).toHaveCount(3);
  await expect(commit(page)).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);
  const rows = page.getByTestId('flows').locator(isPhone(page) ? '.list-m > li' : 'tbody tr');
  await expect(rows.filter({ hasText: 'e2e rent' })).toHaveCount(2);
  await expect(rows.filter({ hasText: 'e2e saving' })).toContainText('CSV');

  // Earlier imports can be undone from the first step too.
  await page.getByTestId('flows').getByRole('button', { name: 'Import CSV' }).click();
  await drawer(page).getByRole('button', { name: 'Undo the import of savings.csv' }).first().click();
  await expect(drawer(page).getByTestId('import-done')).toContainText('3 cash flows taken back.');
  expect(await csvFlows(page)).toEqual([]);
});

test('asks for decimal mark, date order and zone, with what its own example means', ONE_WIDTH, async ({ page }) => {
  await start(page);
  const when = `${day(40).slice(0, 8)}03`;
  await choose(page, `Date;Montant\n${european(when)};1.234\n`);
  await expect(drawer(page)).toContainText('The file can be read in more than one way.');
  await expect(commit(page)).toBeDisabled();
  await expectAccessible(page, 'open questions');
  await drawer(page).getByTestId('ask-decimal_mark').getByRole('radio', { name: '1,234.00' }).click();
  await drawer(page).getByTestId('ask-date_order').getByRole('radio', { name: when }).click();
  await zone(page, 'Europe/Paris');
  await expect(lines(page).first()).toContainText('+$1,234.00');
  await expect(lines(page).first()).toContainText('00:00');
  await expect(drawer(page)).not.toContainText('The file can be read in more than one way.');
  await expect(commit(page)).toHaveText('Import 1');
});

test('columns without a heading are mapped by hand, with a live preview', ONE_WIDTH, async ({ page }) => {
  await start(page);
  await choose(page, `${day(6)}T10:00:00Z,first,12.5\n${day(5)}T10:00:00Z,second,-3.25\n`);
  await expect(drawer(page)).toContainText('Say which column holds the date');
  const reading = drawer(page).getByTestId('import-reading');
  await reading.getByLabel('Date', { exact: true }).selectOption({ index: 1 });
  await reading.getByLabel('Amount in USDT').selectOption({ label: 'Column 3 (12.5)' });
  await reading.getByLabel('Note').selectOption({ label: 'Column 2 (first)' });
  await expect(lines(page)).toHaveCount(2);
  await expect(lines(page).nth(1)).toContainText('-$3.25');
  await expect(lines(page).nth(1)).toContainText('second');
});

test('a file that Excel wrote on Windows keeps its accents', ONE_WIDTH, async ({ page }) => {
  await start(page);
  const text = `Date;Type;Montant;Libellé\r\n${day(5)};Dépôt;10,50;Été\r\n`;
  await choose(page, Buffer.from(text, 'latin1'));
  await zone(page, 'UTC');
  await expect(lines(page).first()).toContainText('Été');
  await expect(lines(page).first()).toContainText('+$10.50');
});

test('says what is wrong: too large, no text, server away', ONE_WIDTH, async ({ page }) => {
  await start(page);
  await drawer(page).getByTestId('import-file').setInputFiles({ name: 'big.csv', mimeType: 'text/csv', buffer: Buffer.alloc(17 * 1024 * 1024, 'x') });
  await expect(drawer(page).getByRole('alert')).toContainText('larger than 16 MiB');
  await drawer(page).getByTestId('import-file').setInputFiles({ name: 'flows.xlsx', mimeType: 'text/csv', buffer: Buffer.from('PK\u0003\u0004\u0000\u0000') });
  await expect(drawer(page).getByRole('alert')).toContainText('not a text file');
  await expectAccessible(page, 'a refused file');
  await page.route('**/api/imports', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await drawer(page).getByTestId('import-file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(CLEAR()) });
  await expect(drawer(page).getByRole('alert')).toContainText('The server did not answer');
});

test('hidden amounts stay hidden in the preview', ONE_WIDTH, async ({ page }) => {
  await prefer(page, { hidden: true });
  await start(page);
  await choose(page, `Date,Amount,Note\n${day(5)}T10:00:00Z,1234.56,e2e\n${day(5)}T10:00:00Z,12x4.56,e2e\n`);
  await expect(lines(page)).toHaveCount(2);
  expect(await drawer(page).innerText()).not.toMatch(/1,?234|12x4/);
});

test('works by keyboard alone, and gives the focus back', async ({ page }) => {
  test.skip(isPhone(page), 'a phone has no keys');
  await open(page, '/cash-flows');
  const button = page.getByTestId('flows').getByRole('button', { name: 'Import CSV' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toBeVisible();
  await choose(page, `Date;Montant\n${european(`${day(40).slice(0, 8)}03`)} 10:00;1.234\n`);
  const mark = drawer(page).getByTestId('ask-decimal_mark').getByRole('radio').first();
  await mark.focus();
  await page.keyboard.press('ArrowRight');
  await expect(drawer(page).getByTestId('ask-decimal_mark').getByRole('radio', { checked: true })).toHaveText('1,234.00');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('axe finds nothing in any step, and nothing scrolls sideways, in both languages', async ({ page }) => {
  await start(page);
  await expectAccessible(page, 'choosing a file');
  await choose(page, CLEAR());
  await zone(page, 'UTC');
  await expectAccessible(page, 'the preview');
  expect(await sidewaysOverflow(page)).toBe(0);
  await commit(page).click();
  await expect(drawer(page).getByTestId('import-done')).toBeVisible();
  await expectAccessible(page, 'the result');
  await page.addInitScript(() => localStorage.setItem('preferences', JSON.stringify({ language: 'fr' })));
  await open(page, '/cash-flows');
  await page.getByTestId('flows').getByRole('button', { name: 'Importer un CSV' }).click();
  await choose(page, CLEAR());
  for (const width of [320, 390, 600, 900, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await sidewaysOverflow(page), `at ${width}`).toBe(0);
    expect(await drawer(page).locator('.body').evaluate((body) => body.scrollWidth - body.clientWidth), `inside at ${width}`).toBe(0);
  }
});

test.describe('what nothing explains', () => {
  interface Row { id: number; status: string; decided: boolean; source: string }

  /** The newest row as one that nothing explains; what is decided is answered as the server would. */
  async function unexplained(page: Page): Promise<(string | null)[]> {
    const said: (string | null)[] = [];
    const state = (): Partial<Row> & { reason: string | null } => {
      const last = said.at(-1) ?? null;
      return { source: 'exchange', decided: last !== null, status: last === null ? 'to_confirm' : last === 'flow' ? 'exact' : 'not_flow', reason: last === null ? 'unexplained_change' : null };
    };
    await page.route('**/api/performance/cashflows?*', async (route) => {
      const headers = { ...route.request().headers() };
      delete headers['if-none-match']; // a 304 has no body to change
      const body = (await (await route.fetch({ headers })).json()) as { items: Row[] };
      await route.fulfill({ json: { ...body, items: body.items.map((item, i) => (i === 0 ? { ...item, ...state() } : item)) } });
    });
    await page.route('**/api/performance/cashflows/*/decision', async (route) => {
      said.push((route.request().postDataJSON() as { decision: string | null }).decision);
      expect(route.request().headers()['idempotency-key']).toBeTruthy();
      await route.fulfill({ json: { item: {}, recomputing: false } });
    });
    return said;
  }

  test('is confirmed or set aside at once, with Undo', async ({ page }) => {
    const said = await unexplained(page);
    await open(page, '/cash-flows');
    const note = page.getByTestId('to-confirm');
    await expectAccessible(page, 'a flow to confirm');
    expect(await sidewaysOverflow(page)).toBe(0);
    await note.getByRole('button', { name: 'Not a cash flow' }).click();
    await expect(page.getByText(/counts as income or a loss now\. Recomputing \d+ months?\./)).toBeVisible();
    await expect(note).toHaveCount(0);
    const row = page.getByTestId('flows').locator(isPhone(page) ? '.list-m > li' : 'tbody tr').first();
    await expect(row).toContainText('Not a cash flow');
    await expect(row).toContainText(/Income|Loss/);
    await expectAccessible(page, 'a change that is no flow');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(note).toBeVisible();
    await note.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText(/confirmed\. Recomputing \d+ months?\./)).toBeVisible();
    await expect(row).toContainText('Exchange');
    await row.getByRole('button', { name: /^Decide about the flow/ }).click();
    await expect(row).toContainText('To confirm');
    expect(said).toEqual(['not_flow', null, 'flow', null]);
  });

  test('is decided at its row too', async ({ page }) => {
    const said = await unexplained(page);
    await open(page, '/cash-flows');
    const row = page.getByTestId('flows').locator(isPhone(page) ? '.list-m > li' : 'tbody tr').first();
    await row.getByRole('button', { name: /^Confirm the flow/ }).click();
    await expect(row).toContainText('Exchange');
    await row.getByRole('button', { name: /^Decide about the flow/ }).click();
    await row.getByRole('button', { name: /is not a cash flow$/ }).click();
    await expect(row).toContainText('Not a cash flow');
    expect(said).toEqual(['flow', null, 'not_flow']);
  });
});
