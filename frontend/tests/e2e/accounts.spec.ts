// Accounts on the Settings page, and one without a key from its name to a figure on Overview, and away again.
import { type APIRequestContext, expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { back, csv, HISTORY, row } from './support/exports';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Account { id: number; name: string; key: string; events: number; last_statement_at: string | null }
interface Total { total_value_usd: string | null; status: string; reason: string | null }

const NAME = 'Old account';
const LAST = back(30);
const STATEMENT = { name: 'Transaction-History(UTC+0).csv', mimeType: 'text/csv', buffer: csv(HISTORY, row(back(60), 'Deposit', 'USDT', '1500'), row(back(59), 'Deposit', 'BTC', '0.25'), row(LAST, 'Withdraw', 'USDT', '-500')) };

const panel = (page: Page): Locator => page.getByTestId('account-list');
const card = (page: Page, name: string): Locator => panel(page).getByRole('listitem').filter({ hasText: name });
const money = (value: string): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings

async function accounts(request: APIRequestContext): Promise<Account[]> {
  return ((await (await request.get('/api/accounts')).json()) as { items: Account[] }).items; // shape of the API contract
}
async function removeAll(request: APIRequestContext): Promise<void> {
  for (const one of await accounts(request)) {
    if (one.key === 'none') await request.delete(`/api/accounts/${one.id}?data=delete&name=${encodeURIComponent(one.name)}`, { headers: { 'Idempotency-Key': `drop-${one.id}-${Date.now()}` } });
  }
}
async function choose(page: Page, label: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Account' }).filter({ visible: true }).first().selectOption({ label });
}

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await removeAll(request); // what an account without a key is worth is never exact
  await demoReady(request);
});
test.beforeEach(({ request }) => removeAll(request));
test.afterEach(({ request }) => removeAll(request));

test('the accounts are listed, and one whose key stands in the settings cannot be removed', async ({ page }) => {
  await open(page, '/settings');
  const [own] = await accounts(page.request);
  if (!own) throw new Error('the demo has no account');
  await expect(card(page, own.name)).toContainText('Key in the settings');
  await expect(card(page, own.name)).toContainText(/added \d+ \w+ \d{4} · [\d,]+ movements since/);
  await card(page, own.name).getByRole('button', { name: `Remove ${own.name}` }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('would be back at the next start');
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
  await expectAccessible(page, 'an account that cannot be removed');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('a name that is taken is refused at the field', ONE_WIDTH, async ({ page }) => {
  await open(page, '/settings');
  const [own] = await accounts(page.request);
  await panel(page).getByRole('textbox').fill((own?.name ?? '').toUpperCase());
  await panel(page).getByRole('button', { name: 'Add account' }).click();
  await expect(panel(page).getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
  await expect(panel(page).getByRole('alert')).toContainText('That could not be done');
  await expectAccessible(page, 'a name that is taken');
  expect((await accounts(page.request)).length).toBe(1);
});

test('an account without a key: from its name to a figure on Overview, and away with its data', async ({ page }) => {
  test.setTimeout(240_000);
  await open(page, '/settings');
  await panel(page).getByRole('textbox', { name: 'Add an account without a key' }).fill(NAME);
  await panel(page).getByRole('button', { name: 'Add account' }).click();

  // It leads to its first statement, with the account chosen.
  await expect(page).toHaveURL(/\/imports/);
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('heading', { name: 'Import exports of Binance or a CSV' })).toBeVisible();
  await drawer.getByTestId('import-file').setInputFiles([STATEMENT]);
  await expect(drawer.getByTestId('import-commit')).toHaveText('Import 3');
  await drawer.getByTestId('import-commit').click();
  await expect(drawer.getByTestId('import-done')).toContainText('3 lines imported.');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('files')).toContainText(NAME);

  // Nothing is read of it and nothing compared: both are said, and neither is a failure.
  await expect(page.getByTestId('importing')).toHaveCount(0);
  await expect(page.getByTestId('imports-strip')).toContainText('From statements');
  await expect(page.getByTestId('certificate').getByTestId('no-key')).toContainText('no balances to compare with');
  await expect(page.getByTestId('certificate')).not.toContainText('not yet');
  await expectAccessible(page, 'the imports of an account without a key');
  expect(await sidewaysOverflow(page)).toBe(0);

  // Its figures, by the prices of today, dated by its last line.
  const [made] = (await accounts(page.request)).filter(({ key }) => key === 'none');
  if (!made) throw new Error('no account was made');
  await expect(async () => {
    const total = (await (await page.request.get(`/api/portfolio/overview?account=${made.id}`)).json()) as Total;
    expect(Number(total.total_value_usd)).toBeGreaterThan(1000);
    expect([total.status, total.reason]).toEqual(['estimated', 'from_statements']);
  }).toPass({ timeout: 120_000, intervals: [500] });
  await page.getByRole('link', { name: 'Overview' }).filter({ visible: true }).first().click();
  await expect(async () => {
    const { total_value_usd: value } = (await (await page.request.get(`/api/portfolio/overview?account=${made.id}`)).json()) as Total;
    await expect(page.getByTestId('total-value')).toContainText(money(value ?? ''), { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  const dated = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'Europe/Paris' }).format(new Date(LAST));
  await expect(page.getByTestId('statement-notes')).toContainText(`${NAME}: as of the last line of its statements, ${dated}`);
  await expect(page.getByTestId('status')).not.toContainText('warning');
  await expectAccessible(page, 'Overview of an account without a key');
  expect(await sidewaysOverflow(page)).toBe(0);

  // Among all accounts it is named and dated; the choice is marked too.
  await choose(page, 'All accounts');
  await expect(page.getByTestId('statement-notes')).toContainText(NAME);
  await expect(page.getByTestId('accounts')).toContainText('from statements, as of');
  await choose(page, `${NAME} (no key)`);

  await page.goto('/settings');
  await expect(card(page, NAME)).toContainText(/No key.*as of the last line of its statements/s);
  await expect(card(page, NAME)).toContainText('3 movements since');
  await expectAccessible(page, 'the accounts');
  await card(page, NAME).getByRole('button', { name: `Remove ${NAME}` }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill('old');
  await dialog.getByRole('button', { name: 'Delete with its data' }).click();
  await expect(dialog.getByRole('alert')).toContainText('That is not its name.');
  await expectAccessible(page, 'removing an account');
  await dialog.getByRole('textbox').fill(NAME);
  await dialog.getByRole('button', { name: 'Delete with its data' }).click();
  await expect(page.getByText(`${NAME} was deleted with its data.`)).toBeVisible();
  await expect(card(page, NAME)).toHaveCount(0);
  expect((await accounts(page.request)).map(({ key }) => key)).toEqual(['settings']);
});

test('in French the accounts and what removes them are said in French', async ({ page }) => {
  await prefer(page, { language: 'fr' });
  await page.goto('/settings');
  await expect(panel(page)).toContainText('Clé dans les réglages');
  await expect(panel(page).getByRole('button', { name: 'Ajouter le compte' })).toBeVisible();
  if (isPhone(page)) expect(await sidewaysOverflow(page)).toBe(0);
});
