// The report of a month or a year: chosen, read, and printed by the browser.
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Report { summary: { twr_percent: number; end_value_usd: string }; flows: { items: object[] }; months: object[]; closing_holdings: { items: object[] } }

const percent = (value: number): string => new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value / 100);
const money = (value: string): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings
const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`);

async function periods(page: Page): Promise<{ name: string; kind: string; running: boolean }[]> {
  const body = (await (await page.request.get('/api/reports/periods')).json()) as { items: { name: string; kind: string; running: boolean }[] }; // shape of the API contract
  return body.items;
}

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});

test('is reached from Performance, and its figures are those of the API for the period chosen', async ({ page }) => {
  await open(page, '/performance');
  await page.getByTestId('to-report').click();
  await expect(page.getByTestId('report')).toBeVisible();
  const items = await periods(page);
  const month = items.find((one) => one.kind === 'month' && !one.running);
  const year = items.find((one) => one.kind === 'year');
  for (const name of [year?.name ?? '', month?.name ?? '']) {
    await page.getByTestId('report-period').selectOption(name);
    await expect(page).toHaveURL(new RegExp(`period=${name}`));
    const body = (await (await page.request.get(`/api/reports?period=${name}`)).json()) as Report; // shape of the API contract
    await expect(part(page, 'summary')).toContainText(percent(body.summary.twr_percent));
    if (name === year?.name) await expect(page.getByTestId('report').getByRole('heading', { level: 2 })).toContainText('so far');
    else await expect(part(page, 'summary')).toContainText(money(body.summary.end_value_usd));
    await expect(part(page, 'flows').locator('tbody tr')).toHaveCount(body.flows.items.length);
    await expect(part(page, 'closing').locator('tbody tr')).toHaveCount(body.closing_holdings.items.length);
    await expect(part(page, 'months').locator('tbody tr')).toHaveCount(body.months.length);
  }
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('opens the browser’s dialog under a name for the file', ONE_WIDTH, async ({ page }) => {
  await page.addInitScript(() => (window.print = () => document.documentElement.setAttribute('data-printed', document.title)));
  await open(page, '/report?period=2026');
  await expect(page.getByTestId('report')).toBeVisible();
  await page.getByTestId('report-print').click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', /Report of .+ · /);
  expect(await page.title()).not.toContain('Report of');
});

test('is black on white on paper, without the frame, on pages of A4 and of Letter', ONE_WIDTH, async ({ page }) => {
  await prefer(page, { theme: 'phosphor' });
  await open(page, '/report');
  await expect(page.getByTestId('report')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('report-bar')).toBeHidden();
  await expect(page.getByTestId('mode-badge')).toBeHidden();
  const colours = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('[data-testid="report"]') as Element).color]); // it is visible
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  for (const format of ['A4', 'Letter']) {
    const file = (await page.pdf({ format })).toString('latin1');
    const pages = file.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(pages, format).toBeGreaterThan(1);
    expect(pages, format).toBeLessThan(12);
  }
});

test('each figure opens its proof of that very period', ONE_WIDTH, async ({ page }) => {
  await open(page, '/report');
  const sheet = page.getByTestId('report');
  const figure = sheet.locator('[data-part="summary"] button[data-explain^="twr@"]');
  const name = await figure.getAttribute('data-explain');
  const text = await figure.innerText();
  await figure.click();
  await expect(page).toHaveURL(new RegExp(`explain=${name}`));
  await expect(page.getByRole('dialog').getByTestId('explained')).toContainText(text);
  await page.keyboard.press('Escape');
  await sheet.locator('[data-part="risk"] button[data-explain^="volatility@benchmark@"]').click();
  await expect(page.getByRole('dialog').getByTestId('explained')).toContainText(/\d/);
  await expectAccessible(page, 'proof of a figure of the report');
});

for (const language of ['en', 'fr'] as const) {
  test(`is read without a mouse and without sight, in ${language}`, async ({ page }) => {
    await prefer(page, { language });
    await open(page, '/report');
    await expect(page.getByTestId('report')).toBeVisible();
    await expect(page.getByTestId('report').getByRole('img')).toHaveCount(2);
    expect(await page.getByTestId('report').innerText()).not.toMatch(/report\.|undefined|NaN/);
    await expectAccessible(page, `report, ${language}, ${isPhone(page) ? 'phone' : 'desktop'}`);
    expect(await sidewaysOverflow(page)).toBe(0);
  });
}
