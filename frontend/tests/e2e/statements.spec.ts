// Exports of the exchange: chosen, asked about, previewed line by line, imported, found on the pages, taken back as a whole.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { back, csv, HISTORY, row, wall } from './support/exports';
import { isPhone, ONE_WIDTH, open, sidewaysOverflow } from './support/page';

interface Flow { timestamp: string; type: string; asset: string | null; quantity: string | null; source: string; amount_usd: string }
interface Item { id: number; state: string }

const NAME = 'Binance-Transaction-History.csv'; // a name that tells no zone
const AMOUNT = '1234.56';
const drawer = (page: Page): Locator => page.getByRole('dialog');
const lines = (page: Page): Locator => drawer(page).getByTestId('import-lines').locator('ol > li');
const commit = (page: Page): Locator => drawer(page).getByTestId('import-commit');
const done = (page: Page): Locator => drawer(page).getByTestId('import-done');
const rows = (page: Page, box: Locator): Locator => box.locator(isPhone(page) ? '.list-m > li' : 'tbody tr');

async function flows(page: Page): Promise<Flow[]> {
  return ((await (await page.request.get('/api/performance/cashflows?limit=1000')).json()) as { items: Flow[] }).items; // shape of the API contract
}
async function undoAll(page: Page): Promise<void> {
  const { items } = (await (await page.request.get('/api/imports?limit=100')).json()) as { items: Item[] }; // shape of the API contract
  for (const item of items) if (item.state === 'committed') await page.request.post(`/api/imports/${item.id}/undo`, { headers: { 'Idempotency-Key': `undo-${item.id}-${Date.now()}` } });
}
async function start(page: Page, path = '/imports?import=1'): Promise<void> {
  await open(page, path);
  await expect(drawer(page).getByRole('heading', { name: 'Import exports of Binance or a CSV' })).toBeVisible();
}
async function choose(page: Page, ...files: { name: string; buffer: Buffer }[]): Promise<void> {
  await drawer(page).getByTestId('import-file').setInputFiles(files.map((file) => ({ ...file, mimeType: 'text/csv' })));
  await expect(drawer(page).getByTestId('import-reading')).toBeVisible();
}
/** What the exchange told already, something new, a move between own wallets, and what nobody knows. */
async function export4(page: Page): Promise<Buffer> {
  const known = (await flows(page)).find((flow) => flow.source === 'exchange' && flow.type === 'DEPOSIT' && flow.asset && flow.quantity);
  if (!known?.asset || !known.quantity) throw new Error('the demo has no deposit');
  return csv(HISTORY, row(known.timestamp, 'Deposit', known.asset, known.quantity), row(back(20), 'Deposit', 'USDT', AMOUNT), row(back(19), 'Transfer Between Main and Funding Wallet', 'USDT', '-5'), row(back(18), 'Moon Landing Bonus', 'USDT', '5'));
}
const ofFile = async (page: Page): Promise<number> => (await flows(page)).filter((flow) => flow.amount_usd === AMOUNT).length;

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});
test.beforeEach(({ page }) => undoAll(page));
test.afterEach(({ page }) => undoAll(page));

test('an export is asked about, previewed line by line, imported, and taken back as a whole', async ({ page }) => {
  test.setTimeout(150_000);
  await start(page);
  await expectAccessible(page, 'choosing a statement');
  await choose(page, { name: NAME, buffer: await export4(page) });

  // The zone stands nowhere: it is asked, and nothing can be written before.
  await expect(drawer(page)).toContainText('In which time zone is');
  await expect(commit(page)).toBeDisabled();
  await expectAccessible(page, 'the question of the zone');
  await drawer(page).getByTestId('ask-time_zone').getByRole('combobox').selectOption('UTC');
  await expect(commit(page)).toHaveText('Import 1');

  await expect(lines(page)).toHaveCount(4);
  await expect(lines(page).nth(0)).toContainText('Already there');
  await expect(lines(page).nth(1)).toContainText(/Deposit.*New/s);
  await expect(lines(page).nth(1)).toContainText('+1,234.56');
  await expect(lines(page).nth(2)).toContainText('A move between your own wallets.');
  await expect(lines(page).nth(3)).toContainText('Line 5');
  await expect(lines(page).nth(3)).toContainText('An operation that is not known yet: “Moon Landing Bonus”');
  for (const [name, count] of [['New 1', 1], ['Already there 1', 1], ['Errors 1', 1], ['Nothing moved 1', 1], ['All 4', 4]] as const) {
    await drawer(page).getByRole('radio', { name }).click();
    await expect(lines(page)).toHaveCount(count);
  }
  await expectAccessible(page, 'the preview of a statement');
  expect(await sidewaysOverflow(page)).toBe(0);
  expect(await ofFile(page)).toBe(0);

  await commit(page).click();
  for (const words of ['1 line imported.', '1 line was there already.', '1 line with an error was left out.', '1 line moved nothing.']) await expect(done(page)).toContainText(words);
  await expectAccessible(page, 'a statement that was imported');
  await page.keyboard.press('Escape');

  // It stands among the files and, as soon as it is booked, among the cash flows.
  const file = rows(page, page.getByTestId('files')).filter({ hasText: NAME }).first();
  if (isPhone(page)) await expect(file).toContainText('4 lines: 1 new, 1 already there, 1 with an error');
  else await expect(file.locator('td')).toContainText([NAME, /\d{4}/, '4', '1', '1', '1', '1', 'Undo']);
  await expect(async () => expect(await ofFile(page)).toBe(1)).toPass({ timeout: 60_000 });
  await open(page, '/cash-flows?q=USDT');
  await expect(rows(page, page.getByTestId('flows')).filter({ hasText: '+$1,234.56' })).toContainText('Deposit');

  await open(page, '/imports');
  await rows(page, page.getByTestId('files')).filter({ hasText: NAME }).first().getByRole('button', { name: `Undo the import of ${NAME}` }).click();
  await expect(page.getByText(`${NAME} was taken back.`)).toBeVisible();
  await expect(rows(page, page.getByTestId('files')).filter({ hasText: NAME }).first()).toContainText('Undone');
  await expect(async () => expect(await ofFile(page)).toBe(0)).toPass({ timeout: 60_000 });
  await open(page, '/cash-flows?q=USDT');
  await expect(rows(page, page.getByTestId('flows')).filter({ hasText: '+$1,234.56' })).toHaveCount(0);
});

test('several exports chosen at once are read together, each by the zone in its name', ONE_WIDTH, async ({ page }) => {
  await start(page);
  const at = back(10);
  await choose(
    page,
    { name: 'Transaction-History(UTC+0).csv', buffer: csv(HISTORY, row(at, 'Withdraw', 'BTC', '-0.0112')) },
    { name: 'Withdraw-History(UTC+0).csv', buffer: csv('Time,Coin,Network,Amount,Fee,Address,TXID,Status', `${wall(at)},BTC,BTC,0.01,0.0012,elsewhere,tx-made-up,Completed`) },
  );
  await expect(drawer(page).getByRole('heading', { name: 'Transaction-History(UTC+0).csv and 1 more' })).toBeVisible();
  await expect(drawer(page).getByTestId('ask-time_zone')).toHaveCount(0);
  await expect(lines(page)).toHaveCount(2);
  for (const name of ['Transaction-History', 'Withdraw-History']) await expect(lines(page).filter({ hasText: name })).toHaveCount(1);
  await commit(page).click();
  await expect(done(page)).toContainText(/\d lines? imported\./);
  await drawer(page).getByRole('button', { name: 'Undo this import' }).click();
  await expect(done(page)).toContainText(/\d lines? taken back\./);
});

test('files can be dropped, and a zip among others is refused in words', ONE_WIDTH, async ({ page }) => {
  await start(page, '/cash-flows?import=1');
  const drop = async (...files: { name: string; text: string }[]): Promise<void> => {
    const data = await page.evaluateHandle((all) => {
      const transfer = new DataTransfer();
      for (const { name, text } of all) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    await drawer(page).locator('.drop').dispatchEvent('drop', { dataTransfer: data });
  };
  await drop({ name: 'a.csv', text: 'x' }, { name: 'b.zip', text: 'PK\u0003\u0004' });
  await expect(drawer(page).getByRole('alert')).toHaveText('Choose a zip by itself, or the files in it.');
  await drop({ name: 'Transaction-History(UTC+2).csv', text: `${HISTORY}\n${row(back(9), 'Deposit', 'USDT', '7')}\n` });
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page)).toContainText('+7.000000 USDT');
  await expect(commit(page)).toHaveText('Import 1');
});
