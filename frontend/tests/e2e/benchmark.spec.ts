// Another benchmark than half and half, set in Settings: every page calls it by its name, at once and in both languages.
import { expect, test, type Page } from '@playwright/test';
import { alter } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const HALVES = { coins: [{ coin: 'BTC', weight: '0.5' }, { coin: 'ETH', weight: '0.5' }], reset: { weekday: 0, hour: 12 }, withdrawal: 'benchmark', hold_since: null };
const SETTINGS = '/api/settings/benchmark';

async function made(page: Page): Promise<void> {
  await expect.poll(async () => ((await (await page.request.get(SETTINGS)).json()) as { recomputing: boolean }).recomputing, { timeout: 90_000 }).toBe(false);
}

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});
// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('is set in Settings and named by every page', async ({ page }) => {
  test.setTimeout(300_000);
  test.skip(isPhone(page), 'makes the past anew, which takes a minute; the next test looks at narrow pages');
  await prefer(page, { language: 'en' });
  await open(page, '/settings');
  const panel = page.getByTestId('benchmark-settings');
  await expect(panel.getByRole('textbox', { name: 'Coin 1' })).toHaveValue('BTC');
  await expectAccessible(page, 'Settings');
  await panel.getByRole('textbox', { name: 'Weight of BTC' }).fill('60');
  await expect(panel.getByTestId('mix-total')).toContainText('110.00%, 10.00% too much');
  await expect(panel.getByRole('button', { name: 'Set the benchmark' })).toBeDisabled();
  await panel.getByRole('textbox', { name: 'Weight of ETH' }).fill('x');
  await expect(panel).toContainText('A weight above 0');
  await expectAccessible(page, 'Settings with a weight that is none');
  expect(await sidewaysOverflow(page)).toBe(0);
  await panel.getByRole('textbox', { name: 'Weight of ETH' }).fill('40');
  await panel.getByRole('combobox', { name: 'Put back' }).selectOption({ label: 'never' });
  await panel.getByRole('button', { name: 'Set the benchmark' }).click();
  const toast = page.getByText('Benchmark set: 60/40 BTC/ETH.');
  await expect(toast).toBeVisible();
  await made(page);

  await open(page, '/');
  await expect(page.getByTestId('against')).toContainText('Against 60/40 BTC/ETH');
  await expect(page.getByTestId('against')).toContainText('never rebalanced');
  await expect(page.getByTestId('chart').locator('.legend')).toContainText('60/40');
  await expect(page.getByRole('main')).not.toContainText('50/50');
  await open(page, '/performance');
  await expect(page.getByTestId('benchmark')).toContainText('60/40 BTC/ETH');
  await expect(page.getByTestId('risk').locator('thead')).toContainText('60/40');
  await expect(page.getByTestId('monthly-returns')).toContainText('Ahead of 60/40');
  expect(await page.locator('main').innerHTML()).not.toContain('50/50'); // words for screen readers too
  await page.getByRole('button', { name: 'Explain: Return of 60/40' }).click();
  await expect(page.getByRole('dialog')).toContainText('Return of 60% BTC · 40% ETH, bought once and never put back');
  await page.request.put(SETTINGS, { data: HALVES });
  await made(page);
});

test('of one coin is that coin, in French too', async ({ page }) => {
  await alter(page, /performance\/stats$/, (body) => void (body.benchmark_mix = { coins: [{ coin: 'SOL', weight_percent: 100 }], resets: true }));
  await prefer(page, { language: 'fr' });
  await open(page, '/');
  await expect(page.getByTestId('against')).toContainText('Face au SOL');
  await open(page, '/performance');
  await expect(page.getByTestId('monthly-returns')).toContainText('Devant le SOL');
  expect(await page.locator('main').innerHTML()).not.toContain('50/50');
  expect(await sidewaysOverflow(page)).toBe(0);
  await expectAccessible(page, 'Performance with another benchmark');
});

test('of many coins has a short name that fits', async ({ page }) => {
  const coins = ['BTC', 'ETH', 'SOL', 'BNB', 'XRP', 'ADA', 'DOGE', 'AVAX', 'LINK', 'DOT'].map((coin) => ({ coin, weight_percent: 10 }));
  await alter(page, /performance\/stats$/, (body) => void (body.benchmark_mix = { coins, resets: true }));
  await open(page, '/');
  await expect(page.getByTestId('against')).toContainText('Against a basket of 10 coins');
  expect(await sidewaysOverflow(page)).toBe(0);
  await open(page, '/performance');
  await expect(page.getByTestId('shadow')).toContainText('10% AVAX');
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('the risk-free rate is a setting that risk is told by', ONE_WIDTH, async ({ page }) => {
  await open(page, '/settings');
  const field = page.getByTestId('risk-free-rate').getByRole('textbox');
  await field.fill('4,5');
  await field.press('Enter');
  await expect(page.getByText('Risk-free rate set: 4.50% a year.')).toBeVisible();
  const rate = async (): Promise<number> => ((await (await page.request.get('/api/performance/risk')).json()) as { risk_free_rate_percent: number }).risk_free_rate_percent;
  await expect.poll(rate).toBe(4.5);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(rate).toBe(0);
  await expect(field).toHaveValue('0');
});
