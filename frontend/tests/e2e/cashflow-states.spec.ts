// Cash flows in the states of DESIGN section 6 that come from outside the page: an old or partial value, an exchange
// or a server that is away, a refused key. Ratio and profit rest on the value, so they bear its marks.
import { expect, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { ONE_WIDTH, open, sidewaysOverflow } from './support/page';

const OVERVIEW = /^\/api\/portfolio\/overview$/;

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});

async function opened(page: Page, overview: Record<string, unknown>, sync: Record<string, unknown> = {}): Promise<void> {
  await alter(page, OVERVIEW, (body) => {
    Object.assign(body, overview);
    body.sync = { ...(body.sync as object), ...sync };
  });
  await open(page, '/cash-flows');
  await expect(page.getByTestId('ratio')).toContainText('×');
}

async function expectGood(page: Page, where: string): Promise<void> {
  await expectAccessible(page, `cash flows, ${where}`);
  expect(await sidewaysOverflow(page), where).toBe(0);
}

// A page that asks as its test ends asks in vain.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('stale: ratio and profit say how old the value is', ONE_WIDTH, async ({ page }) => {
  await opened(page, { freshness: 'stale', refreshed_at: minutesAgo(14) });
  await expect(page.getByTestId('ratio')).toContainText(/14\smin old/);
  await expect(page.getByTestId('ratio').locator('.d.q')).toHaveCount(0);
  await expectGood(page, 'stale');
});

test('long without an answer: ratio and profit are grey', ONE_WIDTH, async ({ page }) => {
  await opened(page, { freshness: 'unknown', refreshed_at: minutesAgo(14) }, { status: 'failing', error: 'No answer within 10 s', refreshed_at: minutesAgo(14) });
  await expect(page.getByTestId('exchange-strip')).toContainText('Showing the last known balances.');
  await expect(page.getByTestId('ratio').locator('.d.q')).toHaveCount(1);
  await expectGood(page, 'exchange away');
});

test('partial and no price: named beside ratio and profit', async ({ page }) => {
  await opened(page, { unpriced: ['FET'], complete: false }, { accounts_ok: 2, accounts_total: 3 });
  await expect(page.getByTestId('ratio')).toContainText('2 of 3 accounts');
  await expect(page.getByTestId('ratio')).toContainText('no price for FET: left out of the total');
  await expectGood(page, 'partial');
});

test('key refused: red strip with account and message', ONE_WIDTH, async ({ page }) => {
  await opened(page, {}, { status: 'failing', error: 'Invalid API-key, IP, or permissions for action (-2015)', refreshed_at: minutesAgo(3) });
  await expect(page.getByRole('alert').filter({ hasText: 'key refused' })).toContainText('Invalid API-key');
  await expectGood(page, 'key refused');
});

test('server away: amber strip, the list stays', ONE_WIDTH, async ({ page }) => {
  await page.route('**/api/events', (route) => route.abort());
  await open(page, '/cash-flows');
  await expect(page.getByTestId('flows').getByText(/\d+ of \d+ cash flows/)).toBeVisible();
  await page.route((url) => /^\/(api\/(?!events)|health)/.test(url.pathname), (route) => route.abort());
  await page.keyboard.press('r'); // ask now instead of waiting for the next look
  await expect(page.getByTestId('away-strip')).toContainText('The server is away.', { timeout: 30_000 });
  await expect(page.getByTestId('flows').getByText(/\d+ of \d+ cash flows/)).toBeVisible();
  await expectGood(page, 'server away');
});
