// The frame of DESIGN section 3, keys of section 7, themes, languages and the accessibility gate on every page.
import { expect, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { isPhone, ONE_WIDTH, open, PATHS, prefer, sidewaysOverflow } from './support/page';

const PAGES = ['Overview', 'Performance', 'Cash flows', 'Trades', 'Rebalance', 'Audit log', 'System', 'Settings'];
const desktopOnly = (): void => test.skip(test.info().project.name === 'phone', 'this part of the frame is for wide windows');
const phoneOnly = (): void => test.skip(test.info().project.name !== 'phone', 'this part of the frame is for phones');

test.beforeEach(({ page }) => {
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  test.info().annotations.push({ type: 'console', description: '' });
  (page as unknown as { wrong: string[] }).wrong = wrong; // read again below
});
test.afterEach(({ page }) => {
  expect((page as unknown as { wrong: string[] }).wrong, 'errors in the console, strict CSP included').toEqual([]);
});

test('the sidebar has account switcher, pages with their keys, state and version', async ({ page }) => {
  desktopOnly();
  await open(page);
  const side = page.locator('aside');
  expect((await side.boundingBox())?.width).toBe(208);
  await expect(side.getByLabel('Account')).toBeVisible();
  const links = side.getByRole('navigation').getByRole('link');
  await expect(links).toHaveCount(PAGES.length);
  for (const [index, name] of PAGES.entries()) await expect(links.nth(index)).toContainText(name);
  await expect(side.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page');
  await expect(side.locator('kbd')).toHaveText(['g o', 'g p', 'g c', 'g t', 'g r', 'g a', 'g s', 'g ,']);
  await expect(side.getByText(/^v\d+\.\d+/)).toBeVisible();
});

test('the top bar has path title, command search, mode, hide amounts, theme and alerts', async ({ page }) => {
  desktopOnly();
  await open(page, '/cash-flows');
  const top = page.getByRole('banner');
  expect((await top.boundingBox())?.height).toBe(64);
  await expect(top.getByRole('heading', { level: 1 })).toHaveText('~/cash-flows');
  await expect(top.getByRole('button', { name: 'Search or run a command' })).toContainText('Ctrl K');
  await expect(page.getByTestId('mode-badge')).toHaveText(/DEMO/);
  await expect(top.getByRole('button', { name: 'Hide amounts' })).toHaveAttribute('aria-pressed', 'false');
  await expect(top.getByRole('button', { name: /Switch theme/ })).toBeVisible();
  await expect(top.getByTestId('alerts')).toHaveAttribute('aria-label', /Alerts/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});

test('the status line has mode, account, sync, lag, prices, next snapshot, API weight, clock and shortcuts', async ({ page }) => {
  desktopOnly();
  await open(page);
  const line = page.getByRole('contentinfo');
  await expect(line).toContainText('DEMO');
  await expect(page.getByTestId('status-account')).not.toBeEmpty();
  await expect(page.getByTestId('status-sync')).toHaveText(/synced .* ago/);
  await expect(page.getByTestId('status-lag')).toHaveText(/lag \d/);
  await expect(page.getByTestId('status-prices')).toHaveText(/prices \d/);
  await expect(page.getByTestId('status-snapshot')).toHaveText(/next snapshot \d+:\d\d/);
  await expect(page.getByTestId('status-weight')).toHaveText(/API weight [\d,]+ \/ [\d,]+/);
  await expect(page.getByTestId('status-clock')).toHaveText(/\d\d:\d\d:\d\d UTC\+[12]/);
  await line.getByRole('button', { name: 'shortcuts' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});

test('between 901 and 1320 px the sidebar is an icon rail with tooltips', async ({ page }) => {
  desktopOnly();
  await page.setViewportSize({ width: 1200, height: 800 });
  await open(page);
  expect((await page.locator('aside').boundingBox())?.width).toBe(64);
  const link = page.locator('aside').getByRole('link', { name: 'Cash flows' });
  await link.hover();
  await expect(page.getByRole('tooltip')).toHaveText('Cash flows');
  await link.click();
  await expect(page).toHaveURL(/cash-flows/);
});

test('a phone has the synced line, bottom tabs and the More sheet', async ({ page }) => {
  phoneOnly();
  await open(page);
  await expect(page.locator('aside')).toBeHidden();
  await expect(page.getByRole('contentinfo')).toBeHidden();
  expect((await page.getByRole('banner').boundingBox())?.height).toBe(54);
  await expect(page.getByTestId('synced-line')).toHaveText(/Synced .* ago/);
  await expect(page.getByTestId('synced-line').getByLabel('Account')).toBeVisible();
  const tabs = page.getByRole('navigation', { name: 'Main' }).locator('a, button');
  await expect(tabs).toHaveText(['Overview', 'Return', 'Trades', 'Rebalance', 'More']);
  for (const tab of await tabs.all()) expect((await tab.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await tabs.last().click();
  const sheet = page.getByRole('dialog', { name: 'More' });
  for (const name of ['Cash flows', 'Audit log', 'System', 'Settings']) await expect(sheet.getByRole('link', { name })).toBeVisible();
  await expect(sheet.getByRole('radiogroup', { name: 'Theme' })).toBeVisible();
  await expectAccessible(page, 'the More sheet');
  await sheet.getByRole('link', { name: 'Cash flows' }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/cash-flows/);
});

test('demo is said in words in two places on every page', async ({ page }) => {
  for (const path of PATHS) {
    await open(page, path);
    await expect(page.getByTestId('demo-strip'), path).toContainText('DEMO');
    await expect(page.getByTestId('demo-strip'), path).toContainText('no real order can be placed');
  }
});

test('keys go to pages, and do nothing in fields, with modifiers, or when switched off', async ({ page }) => {
  desktopOnly();
  await open(page);
  for (const [keys, path] of [['g c', '/cash-flows'], ['g p', '/performance'], ['g ,', '/settings'], ['g s', '/system'], ['g o', '/']] as const) {
    for (const key of keys.split(' ')) await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`${path}(\\?|$)`));
  }
  await page.keyboard.press('Control+h');
  await expect(page.getByRole('button', { name: 'Hide amounts' })).toHaveAttribute('aria-pressed', 'false');
  const filter = page.locator('main input[type="search"]');
  await expect(filter).toBeVisible();
  await page.keyboard.press('/');
  await expect(filter).toBeFocused();
  await page.keyboard.type('gch');
  await expect(page).toHaveURL(/\/(\?|$)/);
  await page.keyboard.press('Escape');
  await page.goto('/settings');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('h');
  await expect(page.getByRole('button', { name: 'Hide amounts' })).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
});

test('r asks the server to refresh and says so', async ({ page }) => {
  desktopOnly();
  await open(page);
  const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/portfolio/refresh');
  await page.keyboard.press('r');
  expect((await answer).status()).toBe(202);
  await expect(page.getByText('Refreshing balances')).toBeVisible();
});

test('n opens a new cash flow and ? lists the keys', async ({ page }) => {
  desktopOnly();
  await open(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  for (const key of ['Ctrl K', 'g then o p c t r a s ,', '/', 'h', 'r', 'n', '1 to 9', 'Esc', '?']) await expect(help.getByText(key, { exact: true })).toBeVisible();
  await expectAccessible(page, 'the list of keys');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/cash-flows/);
});

test('the palette finds pages and actions, and gives the focus back', async ({ page }) => {
  desktopOnly();
  await open(page);
  const search = page.getByRole('button', { name: 'Search or run a command' });
  await search.click();
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await expectAccessible(page, 'the palette');
  await page.keyboard.type('zzz');
  await expect(palette).toContainText('Nothing is called “zzz”.');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(search).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('paper');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'paper');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('syst');
  await expect(palette.getByRole('option').first()).toHaveText(/System/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/system/);
});

test('hidden amounts are replaced everywhere, stay over a reload and never flash', async ({ page }) => {
  await open(page);
  const money = /[$€]\s?[\d,]+\.\d\d/;
  await expect(page.getByRole('main')).toContainText(money);
  await page.getByRole('button', { name: 'Hide amounts' }).click();
  await expect(page.getByRole('main')).not.toContainText(money);
  await expect(page.getByRole('main')).toContainText('•••••');
  await expect(page.getByRole('main')).toContainText(/\d\.\d\d%/);
  // Every text the page ever shows from the first paint on is looked at.
  await page.addInitScript(() => {
    const seen: string[] = ((window as unknown as { seen: string[] }).seen = []);
    new MutationObserver(() => seen.push(document.body?.innerText ?? '')).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.reload();
  await expect(page.getByRole('main')).toContainText('•••••');
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.filter((text) => /[$€]\s?[\d,]+\.\d\d/.test(text))).toEqual([]);
});

test('theme and palette are set before the first paint', ONE_WIDTH, async ({ page }) => {
  await prefer(page, { theme: 'paper', pnl: 'blue-orange' });
  await page.route('**/assets/*.js', (route) => route.abort()); // only the document and its blocking script run
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'paper');
  await expect(page.locator('html')).toHaveAttribute('data-pnl', 'blue-orange');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).not.toBe('dark');
  (page as unknown as { wrong: string[] }).wrong.length = 0; // the scripts this test kept away
});

test('the theme follows the system when asked to', ONE_WIDTH, async ({ page }) => {
  await prefer(page, { theme: 'system' });
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, '/settings');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'paper');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'phosphor');
});

test('French is complete: words, numbers, dates and title', ONE_WIDTH, async ({ page }) => {
  await open(page, '/settings');
  await page.getByRole('radio', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page).toHaveTitle(/^Réglages/);
  await page.goto('/');
  // Playwright's own text matching takes every kind of space for a plain one; here the kind matters.
  await expect.poll(() => page.locator('main').textContent()).toMatch(/\d\u00a0\d{3},\d\d\u00a0\$/);
  expect(await page.locator('body').textContent()).not.toContain('\u202f');
});

test('the demo panel makes a deposit that is no gain', ONE_WIDTH, async ({ page }) => {
  await open(page);
  await page.getByTestId('demo-strip').getByRole('button', { name: 'Demo panel' }).click();
  const panel = page.getByRole('dialog', { name: 'Demo panel' });
  await expectAccessible(page, 'the demo panel');
  await panel.getByLabel('Quantity').fill('-3');
  await panel.getByRole('button', { name: /^Deposit/ }).click();
  await expect(panel.getByRole('alert')).toContainText('A number above 0');
  await panel.getByLabel('Quantity').fill('250');
  const answer = page.waitForResponse((response) => response.url().endsWith('/api/demo/actions'));
  await panel.getByRole('button', { name: 'Deposit 250 USDT' }).click();
  expect((await answer).status()).toBe(202);
  expect((await answer).request().headers()['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  await expect(panel).toBeHidden();
  await expect(page.getByText('On its way')).toBeVisible();
});

test('nothing is polled while events flow', ONE_WIDTH, async ({ page }) => {
  desktopOnly();
  await page.clock.install(); // ten minutes pass at once: a poll of any kind would show
  await open(page, '/settings');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.clock.fastForward('10:00');
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).click(); // the page has come to rest again
  // An event of the running product may just have come and asked for the two answers that the frame shows.
  expect(asked.length, asked.join()).toBeLessThanOrEqual(4);
  expect(asked).not.toContain('/api/events');
});

test('no page scrolls sideways from 320 to 1920 px, in English or French', async ({ page }) => {
  desktopOnly();
  test.setTimeout(240_000);
  for (const language of ['en', 'fr'] as const) {
    await page.goto('/settings');
    await page.getByRole('radio', { name: language === 'en' ? 'English' : 'Français' }).click();
    for (const path of PATHS) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await open(page, path);
      for (const width of [320, 345, 390, 600, 768, 900, 901, 1024, 1080, 1081, 1180, 1181, 1320, 1321, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sidewaysOverflow(page), `${path} at ${String(width)} px in ${language}`).toBe(0);
      }
    }
  }
});

test('the skip link leads to the content and is the first stop', async ({ page }) => {
  desktopOnly();
  await open(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a manifest makes it installable', ONE_WIDTH, async ({ page, request }) => {
  await page.goto('/');
  const href = (await page.locator('link[rel="manifest"]').getAttribute('href')) ?? '';
  const manifest = (await (await request.get(href)).json()) as { display: string; icons: { src: string; type: string }[] };
  expect(manifest.display).toBe('standalone');
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(src);
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, expect.stringContaining(type)]);
  }
});

for (const theme of ['phosphor', 'paper'] as const) {
  test(`axe finds nothing on any page in ${theme}`, async ({ page }) => {
    test.setTimeout(180_000);
    await prefer(page, { theme });
    for (const path of PATHS) {
      await open(page, path);
      await expectAccessible(page, `${path} in ${theme}, ${isPhone(page) ? 'phone' : 'desktop'}`, [theme]); // the other test has the other
    }
  });
}
