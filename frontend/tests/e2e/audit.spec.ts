// The Audit log: what was done is there with its author; filters in the URL; the chain; files; and the accessibility gate.
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const LIST = /^\/api\/audit$/;
const VERIFY = /^\/api\/audit\/verify$/;

async function expectGood(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where);
  expect(await sidewaysOverflow(page), where).toBe(0);
}
const rows = (page: Page) => (isPhone(page) ? page.getByTestId('audit').getByRole('listitem') : page.getByTestId('audit').locator('tbody tr'));

test.beforeAll(async ({ request }) => {
  await demoReady(request);
  // Something that everybody can find: the rate as it is set already.
  const { risk } = (await (await request.get('/api/settings')).json()) as { risk: object };
  expect((await request.put('/api/settings', { data: { risk } })).ok()).toBe(true);
});
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('what was done is there, with who did it and from where', async ({ page }) => {
  await open(page, '/audit-log');
  const row = rows(page).filter({ hasText: 'settings.risk_free_rate' }).first();
  await expect(row).toContainText('user');
  await expect(row).toContainText('127.0.0.1');
  await expect(row).toContainText(/rate % [\d.]+/);
  await expect(row).toContainText(/\d\d:\d\d:\d\d/);
  await expectGood(page, 'audit log');
  await open(page, '/audit-log?action=account.add'); // the first act there is: behind many pages by now
  await expect(rows(page).last()).toContainText('program');
});

test('what is done while it is open comes by itself', ONE_WIDTH, async ({ page, request }) => {
  await open(page, '/audit-log');
  const before = (await (await request.get('/api/audit?limit=1')).json()) as { total: number };
  const { risk } = (await (await request.get('/api/settings')).json()) as { risk: object };
  await request.put('/api/settings', { data: { risk } });
  await expect(page.getByTestId('audit').locator('.more')).toContainText(new RegExp(`of ${String(before.total + 1)}$|of ${String(before.total + 1)}\\D`));
});

test('filters live in the URL and outlive a reload', ONE_WIDTH, async ({ page }) => {
  await open(page, '/audit-log');
  const panel = page.getByTestId('audit');
  await panel.getByLabel('Action').selectOption('settings.risk_free_rate');
  await expect(page).toHaveURL(/action=settings\.risk_free_rate/);
  await panel.getByLabel('Who').selectOption({ label: 'user' });
  await panel.getByLabel('Period').selectOption('7d');
  await panel.getByRole('searchbox').fill('risk');
  await panel.getByRole('searchbox').press('Enter');
  for (const word of ['action=settings.risk_free_rate', 'who=user', 'period=7d', 'q=risk']) await expect(page).toHaveURL((url) => url.search.includes(word));
  await page.reload();
  await expect(panel.getByLabel('Action')).toHaveValue('settings.risk_free_rate');
  await expect(panel.getByLabel('Who')).toHaveValue('user');
  await expect(panel.getByRole('searchbox')).toHaveValue('risk');
  await expect(rows(page).first()).toContainText('settings.risk_free_rate');
  await expect(rows(page).filter({ hasText: 'account.add' })).toHaveCount(0);
  await panel.getByRole('searchbox').fill('nothing has this');
  await panel.getByRole('searchbox').press('Enter');
  await expect(panel).toContainText('Nothing matches');
  await expectGood(page, 'nothing matches');
  await panel.getByRole('button', { name: 'Show all entries' }).click();
  await expect(page).toHaveURL(/\/audit-log$/);
  await expect(rows(page).first()).toBeVisible();
});

test('a check on demand finds the chain whole and says up to where', ONE_WIDTH, async ({ page }) => {
  await open(page, '/audit-log');
  const chain = page.getByTestId('chain');
  await chain.getByRole('button', { name: 'Check now' }).click();
  await expect(chain).toContainText(/Chain checked \d\d:\d\d: [\d,]+ entr(y|ies) up to number [\d,]+, no break\./);
});

test('a broken chain is red, names the places and says what to do', ONE_WIDTH, async ({ page }) => {
  await alter(page, VERIFY, (body) => Object.assign(body, { checked_at: minutesAgo(1), intact: false, reason: null, rows: 40, last_id: 42, hash: 'a'.repeat(64), breaks: [{ kind: 'changed', first_id: 3, last_id: 3 }, { kind: 'missing', first_id: 8, last_id: 9 }], breaks_total: 2 }));
  await open(page, '/audit-log');
  const chain = page.getByTestId('chain');
  await expect(chain).toContainText('broken in 2 places');
  await expect(chain).toContainText('Changed after it was written: entry 3');
  await expect(chain).toContainText('Missing: entries 8 to 9');
  await expectGood(page, 'broken chain');
});

test('older entries come on demand', ONE_WIDTH, async ({ page }) => {
  const entry = (id: number) => ({ id, at: minutesAgo(100 - id), actor: 'user:admin', origin: '192.0.2.10', action: 'run.start', account: null, account_name: null, subject: `run ${String(id)}`, details: [{ name: 'orders', value: '6' }], previous_hash: '0'.repeat(64), hash: '1'.repeat(64) });
  await page.route(/\/api\/audit\?/, (route) => {
    const first = new URL(route.request().url()).searchParams.get('cursor') === null;
    const items = first ? [entry(9), entry(8)] : [entry(7)];
    return route.fulfill({ json: { environment: 'demo', items, next_cursor: first ? '1-8' : null, total: 3, actions: ['run.start'], actors: ['user:admin'] } });
  });
  await open(page, '/audit-log');
  await expect(rows(page)).toHaveCount(2);
  await page.getByTestId('audit').getByRole('button', { name: 'Older' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByTestId('audit').locator('.more')).toContainText('3 of 3');
  await expect(rows(page).last()).toContainText(/admin.*run 7 · orders 6/s);
});

test('the file has what the list has, and none is given while amounts are hidden', ONE_WIDTH, async ({ page }) => {
  await open(page, '/audit-log?action=settings');
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const done = await file;
  expect(done.suggestedFilename()).toBe('audit-log.csv');
  const text = readFileSync(await done.path(), 'utf8');
  expect(text).toContain('id,at,actor,origin,action');
  expect(text).toContain('settings.risk_free_rate');
  expect(text).not.toContain('account.add');
  await page.keyboard.press('h');
  await expect(page.getByRole('button', { name: 'Export CSV' })).toBeDisabled();
  await page.keyboard.press('h');
});

test('a list that cannot be read says so and can be asked for again', ONE_WIDTH, async ({ page }) => {
  await page.route((url) => LIST.test(url.pathname), (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"title":"Down","status":503,"detail":"The database is locked","code":"database-unavailable"}' }));
  await page.goto('/audit-log');
  await page.getByTestId('audit').getByRole('button', { name: 'Details' }).click();
  await expect(page.getByTestId('audit')).toContainText('The database is locked');
  await page.unrouteAll();
  await page.getByTestId('audit').getByRole('button', { name: 'Try again' }).click();
  await expect(rows(page).first()).toBeVisible();
});

for (const language of ['en', 'fr'] as const) {
  test(`fits from 320 to 1920 px in ${language}, and axe finds nothing`, async ({ page }) => {
    await prefer(page, { language });
    await open(page, '/audit-log');
    for (const width of [320, 390, 768, 1080, 1180, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysOverflow(page), `${language} ${String(width)}`).toBe(0);
    }
    await expectAccessible(page, `Audit log in ${language}`);
  });
}
