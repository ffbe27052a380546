// Every state of DESIGN section 6 that belongs to the frame, in both themes, each with the accessibility gate.
import { expect, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const OVERVIEW = /^\/api\/portfolio\/overview$/;
const ANY_ANSWER = /^\/(api\/(?!events)|health)/;
/** The same, as a test on the whole address. */
const ANY_ANSWER_URL = (url: URL): boolean => ANY_ANSWER.test(url.pathname);
const isPhone = (): boolean => test.info().project.name === 'phone';

async function expectGood(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where);
  expect(await sidewaysOverflow(page), where).toBe(0);
}

/** Change the sync part of the overview, as a collector in trouble would. */
function syncing(page: Page, sync: Record<string, unknown>, overview: Record<string, unknown> = {}): Promise<void> {
  return alter(page, OVERVIEW, (body) => {
    Object.assign(body, overview);
    body.sync = { ...(body.sync as object), ...sync };
  });
}

// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

for (const theme of ['phosphor', 'paper'] as const) {
  test.describe(`in ${theme}`, theme === 'paper' ? ONE_WIDTH : {}, () => {
    test.beforeEach(({ page }) => prefer(page, { theme }));

    test('loading shows skeletons of the same size after 150 ms, and none for a refresh', async ({ page }) => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route(/\/health$/, async (route) => {
        await held;
        await route.continue();
      });
      await page.goto('/system');
      const panel = page.getByRole('region', { name: 'Components' });
      await expect(panel).toHaveAttribute('aria-busy', 'true');
      await expect(panel.locator('.sk').first()).toBeVisible();
      expect((await panel.boundingBox())?.height).toBeGreaterThanOrEqual(240);
      await expectGood(page, 'loading');
      release();
      await expect(panel).toHaveAttribute('aria-busy', 'false');
      await page.keyboard.press('r');
      await expect(panel.locator('.sk')).toHaveCount(0);
    });

    test('a failed panel says so, that the rest is fine, and tells its request id', async ({ page }) => {
      let failing = true;
      await page.route(/\/health$/, (route) =>
        failing
          ? route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'X-Request-Id': 'req-77' }, body: '{"title":"Down","status":503,"detail":"The database cannot be read.","code":"database-unavailable"}' })
          : route.continue(),
      );
      await page.goto('/system');
      const alert = page.getByRole('main').getByRole('alert');
      await expect(alert).toContainText('The server answered 503 for /health. The rest of the page is not affected.');
      await alert.getByRole('button', { name: 'Details' }).click();
      await expect(alert).toContainText('The database cannot be read. (database-unavailable)');
      await expect(alert).toContainText('req-77');
      await expectGood(page, 'a failed panel');
      failing = false;
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByRole('main')).toContainText('Database');
    });

    test('a server that is away: amber strip with the last good time and the next try, gone when it is back', async ({ page }) => {
      await page.route('**/api/events', (route) => route.abort());
      await open(page);
      await expect(page.getByTestId('away-strip')).toBeHidden(); // plain requests still get answers: they are asked meanwhile
      await page.route(ANY_ANSWER_URL, (route) => route.abort());
      const strip = page.getByTestId('away-strip');
      await expect(strip).toContainText(/The server is away\. Last good data: (\d+ \w+ \d{4}, )?\d\d:\d\d\./, { timeout: 30_000 });
      await expect(strip).toContainText(/Next try in \d+ s\.|Trying now\./);
      await expect(page.getByRole('main')).toContainText(/\$[\d,]+/); // the old figures stay
      await expectGood(page, 'server away');
      // Far from the next try by itself: otherwise that one is made first, and the strip goes with its button.
      await expect(strip).toContainText(/Next try in (\d\d|[6-9]) s\./, { timeout: 45_000 });
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await strip.getByRole('button', { name: 'Try now' }).click();
      await expect(strip).toBeHidden();
    });

    test('an exchange that does not answer: amber strip with the time of the last balances', async ({ page }) => {
      await syncing(page, { status: 'failing', error: 'No answer within 10 s', refreshed_at: minutesAgo(14) }, { freshness: 'unknown', refreshed_at: minutesAgo(14) });
      await open(page);
      await expect(page.getByTestId('exchange-strip')).toContainText(/Binance has not answered since (\d+ \w+ \d{4}, )?\d\d:\d\d/);
      await expect(page.getByTestId('exchange-strip')).toContainText('Showing the last known balances.');
      await expect(page.getByTestId(isPhone() ? 'synced-line' : 'status-sync')).toContainText(/14\smin ago/);
      await expectGood(page, 'exchange away');
    });

    test('a refused key: red strip naming account and message, with a link to Settings', async ({ page }) => {
      await syncing(page, { status: 'failing', error: 'Invalid API-key, IP, or permissions for action (-2015)', refreshed_at: minutesAgo(3) });
      await open(page);
      const strip = page.getByRole('alert').filter({ hasText: 'key refused' });
      await expect(strip).toContainText('Binance says: Invalid API-key, IP, or permissions for action (-2015)');
      await expectGood(page, 'key refused');
      await strip.getByRole('link', { name: 'Settings' }).click();
      await expect(page).toHaveURL(/\/settings/);
    });

    for (const [environment, word] of [['live', 'LIVE'], ['testnet', 'TESTNET'], ['simulator', 'SIMULATOR']] as const) {
      test(`${word} is said in words in two places`, async ({ page }) => {
        await alter(page, ANY_ANSWER, (body) => {
          if ('environment' in body) body.environment = environment;
        });
        await page.goto('/system');
        const badge = page.getByTestId('mode-badge');
        await expect(badge).toContainText(word);
        expect(await badge.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe(environment === 'live' ? 'solid' : 'dashed');
        await expect(page.getByTestId('demo-strip')).toHaveCount(0);
        // The status line on a desk; on a phone, which has none, the strip of what is not real money.
        if (!isPhone()) await expect(page.getByRole('contentinfo')).toContainText(word);
        else if (environment !== 'live') await expect(page.locator('.strip')).toContainText(word);
        await expectGood(page, word);
      });
    }
  });
}
