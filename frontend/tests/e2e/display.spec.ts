// Money of Overview in another currency: every figure by the price of its own time, as the API has it.
import { expect, type Page, test } from '@playwright/test';
import { alter } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Overview { total_value_usd: string; net_deposits_usd: string; reporting_currency: string }
const inEuro = (page: Page) => page.addInitScript(() => localStorage.setItem('preferences', JSON.stringify({ displayCurrency: 'EUR' })));
const euros = (value: string): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(Number(value));

test.beforeAll(async ({ request }) => {
  await demoReady(request);
  await expect.poll(async () => ((await (await request.get('/api/portfolio/overview?display=EUR')).json()) as Overview).net_deposits_usd, { timeout: 90_000 }).not.toBeNull();
});
// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('is chosen in Settings, and Overview asks for it', async ({ page }) => {
  await open(page, '/settings');
  await expect(page.getByLabel('Display currency')).toHaveAccessibleDescription(/by the price of its own time/);
  await page.getByLabel('Display currency').selectOption('EUR');
  const asked = page.waitForRequest(/\/api\/portfolio\/overview\?.*display=EUR/);
  await (isPhone(page) ? page.getByRole('navigation').getByRole('link', { name: 'Overview' }) : page.getByRole('link', { name: 'Overview' })).first().click();
  await asked;
  await expect(page.getByTestId('total-value')).toContainText('€');
});

test('total and net deposits are those of the API, and nothing on the page is in dollars', async ({ page, request }) => {
  await inEuro(page);
  await open(page);
  await expect(page.getByTestId('holdings').getByText('€').filter({ visible: true }).first()).toBeVisible();
  await expect(async () => {
    const api = (await (await request.get('/api/portfolio/overview?display=EUR')).json()) as Overview;
    expect(api.reporting_currency).toBe('EUR');
    await expect(page.getByTestId('total-value')).toContainText(euros(api.total_value_usd), { timeout: 500 });
    await expect(page.getByTestId('total-value')).toContainText(euros(api.net_deposits_usd), { timeout: 500 });
  }).toPass();
  await expect(page.getByRole('radio', { name: 'Value €' })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('$');
  await page.getByRole('radio', { name: 'Value €' }).click();
  await page.getByRole('button', { name: 'Show the data as a table' }).first().click();
  await expect(page.getByTestId('chart').getByRole('table')).toContainText('€');
  await expectAccessible(page, 'Overview in euros');
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('returns are those in the currency', ONE_WIDTH, async ({ page, request }) => {
  await inEuro(page);
  const { periods } = (await (await request.get('/api/performance/stats?display=EUR')).json()) as { periods: Record<string, { twr_percent: number }> };
  await open(page);
  const shown = new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 2, signDisplay: 'exceptZero' }).format((periods['30d']?.twr_percent ?? 0) / 100);
  await expect(page.getByRole('radio', { name: /^30d/ })).toContainText(shown);
});

test('other pages stay in the currency that amounts are typed in', ONE_WIDTH, async ({ page }) => {
  await inEuro(page);
  await open(page);
  await expect(page.getByTestId('total-value')).toContainText('€');
  await page.goto('/cash-flows');
  await expect(page.getByRole('main')).toContainText('$');
  await expect(page.getByRole('main')).not.toContainText('€');
});

test('without a price it is unknown, never zero and never the other currency', ONE_WIDTH, async ({ page }) => {
  await inEuro(page);
  await alter(page, /^\/api\/portfolio\/overview$/, (body) => {
    if (body.reporting_currency !== 'EUR') return;
    for (const name of ['total_value_usd', 'change_today_usd', 'net_deposits_usd', 'total_pnl_usd']) body[name] = null;
    Object.assign(body, { status: 'unavailable', reason: 'no_rate', change_today_reason: 'no_rate', net_deposits_reason: 'no_rate', pnl_reason: 'no_rate' });
  });
  await open(page);
  await expect(page.getByTestId('total-value')).toContainText('no price for this currency yet');
  await expect(page.getByTestId('total-value')).not.toContainText(/\d,\d{3}/);
  await expectAccessible(page, 'no rate');
});

test('in French and in BTC it fits from 320 to 1920 px', async ({ page }) => {
  await prefer(page, { language: 'fr', ...{ displayCurrency: 'BTC' } });
  await open(page);
  await expect(page.getByTestId('total-value')).toContainText(/0,\d{6}\sBTC/);
  for (const width of [320, 390, 768, 1080, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await sidewaysOverflow(page), String(width)).toBe(0);
  }
});
