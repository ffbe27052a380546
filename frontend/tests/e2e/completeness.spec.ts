// Imports: what was read of the past, what is missing, whether it adds up; against the real API of a demo.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { alter } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Source { source: string; from: string | null; until: string | null; complete: boolean; gaps: { from: string; to: string | null; reason: string }[] }
interface Line { wallet: string; replayed: string | null; reported: string; difference: string | null; state: string }
interface Coin { asset: string; difference: string; wallets: Line[] }

const COVERAGE = /^\/api\/imports\/coverage$/;
const CERTIFICATE = /^\/api\/imports\/certificate$/;
const PROGRESS = /^\/api\/imports\/progress$/;
const ATTRIBUTION = /^\/api\/performance\/attribution$/;
const panel = (page: Page, id: string): Locator => page.getByTestId(id);
const rows = (page: Page, id: string): Locator => panel(page, id).locator(isPhone(page) ? '.list-m > li' : 'tbody tr');
async function ask<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(path)).json()) as T; // shape of the API contract
}
/** P2P from 400 days ago is told for its last half year alone; another history the key may not see. */
async function withGaps(page: Page): Promise<void> {
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString();
  await alter(page, COVERAGE, (body) => {
    const [first] = body.items as Source[];
    body.items = [
      first,
      { ...first, source: 'p2p', from: day(180), complete: false, reason: 'beyond_horizon', horizon: day(180), gaps: [{ from: day(400), to: day(180), reason: 'beyond_horizon' }] },
      { ...first, source: 'pay', from: null, until: null, complete: false, reason: 'not_readable', gaps: [{ from: day(400), to: null, reason: 'not_readable' }] },
    ];
  });
}

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('says of every history what was read, and how many are whole', async ({ page }) => {
  await open(page, '/imports');
  const { items } = await ask<{ items: Source[] }>(page, '/api/imports/coverage');
  expect(items.length).toBeGreaterThan(0);
  await expect(rows(page, 'coverage')).toHaveCount(items.length);
  for (const name of ['Deposits', 'Withdrawals', 'Trades']) await expect(rows(page, 'coverage').filter({ has: page.getByText(name, { exact: true }) })).toHaveCount(1);
  const whole = items.filter((item) => item.complete).length;
  await expect(panel(page, 'coverage-summary')).toContainText(`${whole} of ${items.length} histories are whole.`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('imports');
  await expect(page).toHaveTitle(/^Imports/);
});

test('names a gap with its reason, offers a statement, and tells of one day', async ({ page }) => {
  await withGaps(page);
  await open(page, '/imports');
  const p2p = rows(page, 'coverage').filter({ hasText: 'P2P' });
  await expect(p2p).toContainText('Binance does not tell it any more. Its export does.');
  await expect(rows(page, 'coverage').filter({ hasText: 'Binance Pay' })).toContainText('The key may not see it.');
  await expectAccessible(page, 'coverage with gaps');
  await panel(page, 'coverage-day').fill(new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10));
  await panel(page, 'coverage-day').dispatchEvent('change');
  await expect(page).toHaveURL(/day=\d{4}-\d\d-\d\d/);
  await expect(p2p.locator('.tag').first()).toHaveText('Beyond what Binance tells');
  await expect(rows(page, 'coverage').first().locator('.tag').first()).toHaveText('Read');
  await expectAccessible(page, 'coverage of a day');
  expect(await sidewaysOverflow(page)).toBe(0);
  await p2p.getByRole('button', { name: /^Import a statement/ }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Import exports of Binance or a CSV' })).toBeVisible();
});

test('the import under way shows its forecast, and can be paused and resumed', ONE_WIDTH, async ({ page }) => {
  let paused = false;
  const asked: string[] = [];
  await alter(page, PROGRESS, (body) => {
    body.items = (body.items as object[]).slice(0, 1).map((item) => ({ ...item, state: paused ? 'paused' : 'running', done: 6, total: 20, symbols_left: 14, windows_left: 0, seconds_left: paused ? null : 360, paused_at: paused ? '2026-11-20T13:00:00Z' : null }));
  });
  await page.route(/\/api\/imports\/(pause|resume)/, (route) => {
    asked.push(new URL(route.request().url()).pathname);
    paused = route.request().url().includes('pause');
    return route.fulfill({ json: { items: [] } });
  });
  await open(page, '/imports');
  const bar = panel(page, 'importing');
  await expect(bar).toContainText(/The history is being read\.\s*14 pairs left, about 6\smin/);
  await expect(panel(page, 'imports-strip')).toContainText('30%');
  await expectAccessible(page, 'an import under way');
  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(bar).toContainText('Reading the history is paused.');
  await expect(panel(page, 'imports-strip')).toContainText('Paused');
  await bar.getByRole('button', { name: 'Resume' }).click();
  await expect(bar).toContainText('about 6');
  expect(asked).toEqual(['/api/imports/pause', '/api/imports/resume']);
});

test('the certificate stands coin by coin, and the parts of the value add up', async ({ page }) => {
  await open(page, '/imports');
  const { assets } = await ask<{ assets: Coin[] }>(page, '/api/imports/certificate');
  expect(assets.length).toBeGreaterThan(0);
  await expect(rows(page, 'coins')).toHaveCount(assets.length);
  const differ = assets.filter((one) => Number(one.difference) !== 0).length;
  await expect(rows(page, 'coins').filter({ hasText: 'agrees' })).toHaveCount(assets.length - differ);
  await expect(panel(page, 'certificate')).toContainText(differ ? 'differ' : 'Complete.');
  await expect(panel(page, 'closing')).toContainText('Value at the start');
  const figures = (await panel(page, 'closing').locator('dl dd').allInnerTexts()).map((text) => Math.round(Number(text.replace(/[$,+]/g, '')) * 100));
  const end = figures.at(-1) ?? NaN;
  expect(Math.abs(figures.slice(0, -1).reduce((sum, one) => sum + one, 0) - end)).toBeLessThanOrEqual(figures.length); // each is rounded to a cent
});

test('says of each coin in each wallet whether it is right, and names what no one tells', async ({ page }) => {
  await alter(page, CERTIFICATE, (body) => {
    const [first, ...others] = body.assets as Coin[];
    const wallets = [
      { wallet: 'spot', replayed: '570', reported: '500', difference: '-70', state: 'moves_not_told' },
      { wallet: 'funding', replayed: '0', reported: '70', difference: '70', state: 'moves_not_told' },
    ];
    body.assets = [{ ...first, wallets }, ...others];
  });
  await open(page, '/imports');
  const { assets } = await ask<{ assets: Coin[] }>(page, '/api/imports/certificate');
  const others = assets.slice(1).flatMap((one) => one.wallets).length;
  await expect(rows(page, 'wallets')).toHaveCount(others + 2);
  await expect(rows(page, 'wallets').filter({ hasText: 'Binance does not tell it' })).toHaveCount(2);
  await expectAccessible(page, 'wallets of the certificate');
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('an interval that nothing explains is named with its amount, coins and likely cause', ONE_WIDTH, async ({ page }) => {
  await alter(page, ATTRIBUTION, (body) => Object.assign(body, {
    status: 'estimated', reason: 'residual', residual_usd: '120.5', findings_total: 1,
    findings: [{ after: '2026-11-19T10:00:00Z', until: '2026-11-19T11:00:00Z', residual_usd: '120.5', likely_cause: 'missed_deposit', coins: [{ asset: 'ETH', quantity: '0.04', value_usd: '120.5', likely_cause: 'missed_deposit' }] }],
  }));
  await open(page, '/imports#closing');
  await expect(panel(page, 'findings').getByRole('listitem')).toHaveCount(1);
  await expect(panel(page, 'findings')).toContainText(/\+\$120\.50.*perhaps a missed deposit.*ETH \+0\.040000/s);
  await expect(panel(page, 'imports-strip')).toContainText('1 interval open');
  await expectAccessible(page, 'a finding');
});

test('is reached from Cash flows, from Trades and from the palette, and belongs to Cash flows', async ({ page }) => {
  await open(page, '/trades');
  await panel(page, 'certificate').getByRole('link', { name: 'Details' }).click();
  await expect(page).toHaveURL(/\/imports$/);
  if (!isPhone(page)) await expect(page.getByRole('navigation', { name: 'Main' }).locator('[aria-current]')).toHaveText(/Cash flows/);
  await open(page, '/cash-flows');
  await panel(page, 'flows').getByRole('link', { name: 'Imports, and what was read' }).click();
  await expect(page).toHaveURL(/\/imports$/);
  if (isPhone(page)) return;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('imports');
  await expect(page.getByRole('option', { name: 'Imports' })).toBeVisible();
});

test('hidden amounts stay hidden', ONE_WIDTH, async ({ page }) => {
  await prefer(page, { hidden: true });
  await open(page, '/imports');
  await expect(rows(page, 'coins').first()).toBeVisible();
  for (const id of ['coins', 'closing', 'imports-strip']) expect(await panel(page, id).innerText()).not.toMatch(/\$\d|\d\.\d{3}/);
});

test('axe finds nothing, and nothing scrolls sideways from 320 to 1920 px, in both languages', async ({ page }) => {
  for (const language of ['en', 'fr'] as const) {
    await page.addInitScript((value) => localStorage.setItem('preferences', JSON.stringify({ language: value })), language);
    await open(page, '/imports');
    await expect(rows(page, 'coverage').first()).toBeVisible();
    await expectAccessible(page, `imports in ${language}`);
    for (const width of [320, 390, 600, 900, 901, 1080, 1180, 1320, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysOverflow(page), `${language} at ${width}`).toBe(0);
    }
    await page.setViewportSize({ width: isPhone(page) ? 390 : 1440, height: 900 });
  }
});
