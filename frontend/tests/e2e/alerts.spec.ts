// The list behind the bell and the settings of alerts, in the demo: read and unread, rules that stay, both languages, both widths.
import { expect, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const LIST = /^\/api\/alerts$/;
const OVERVIEW = /^\/api\/portfolio\/overview$/;

async function expectGood(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where);
  expect(await sidewaysOverflow(page), where).toBe(0);
}
const item = (over: object): object => ({
  id: 1, time: minutesAgo(12), kind: 'loss_24h', severity: 'warning', account: 1, account_name: 'demo', subject: null, unit: 'percent',
  value: '10.5', limit: '8', reason: null, detail: '', run_id: null, read: false, deliveries: [], ...over,
});
/** Three alerts, two of them unread. */
async function told(page: Page): Promise<void> {
  await alter(page, OVERVIEW, (body) => Object.assign(body, { alerts_unread: 2 }));
  await alter(page, LIST, (body) => Object.assign(body, {
    unread: 2, next_cursor: null,
    items: [
      item({ id: 3, kind: 'run_review', severity: 'critical', unit: null, value: null, limit: null, run_id: 7, detail: 'Order 12 is not known' }),
      item({ id: 2, deliveries: [{ channel: 'webhook', state: 'failed', tries: 16, time: minutesAgo(3), error: 'The webhook answers with status 500' }] }),
      item({ id: 1, kind: 'price_above', severity: 'info', account: null, account_name: null, subject: 'BTC', unit: 'price', value: '100000', limit: '99000', read: true }),
    ],
  }));
}

test.beforeAll(({ request }) => demoReady(request));
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('the bell opens what was told, read and unread, and leads to what is watched', async ({ page }) => {
  await told(page);
  await open(page);
  await expect(page.getByTestId('alerts')).toHaveAttribute('aria-label', 'Alerts, 2 to read');
  await page.getByTestId('alerts').click();
  const box = page.getByRole('dialog', { name: 'Alerts' });
  await expect(box.getByRole('listitem')).toHaveCount(3);
  await expect(box).toContainText('Run 7 needs a person');
  await expect(box).toContainText('Not delivered: Webhook: The webhook answers with status 500');
  await expect(box.getByRole('button', { name: /^Mark read/ })).toHaveCount(2);
  await expectGood(page, 'the list of alerts');
  await box.getByRole('link', { name: 'What is watched' }).click();
  await expect(page).toHaveURL(/\/settings#alerts$/);
  await expect(box).toHaveCount(0);
});

test('a demo has told nothing at first, or says what', ONE_WIDTH, async ({ page }) => {
  await open(page);
  await page.getByTestId('alerts').click();
  const box = page.getByRole('dialog', { name: 'Alerts' });
  await expect(box.getByTestId('no-alerts').or(box.getByRole('list', { name: 'Alerts' }))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('alerts')).toBeFocused();
});

test('a rule is kept as it is changed, and is there after a reload', ONE_WIDTH, async ({ page }) => {
  await open(page, '/settings');
  const rule = page.locator('[data-rule="loss_peak"]');
  const before = await rule.getByRole('switch').getAttribute('aria-checked');
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/alerts/rules') && answer.request().method() === 'PUT');
  await rule.getByRole('switch').click();
  expect((await kept).status()).toBe(200);
  await page.reload();
  await expect(rule.getByRole('switch')).toHaveAttribute('aria-checked', before === 'true' ? 'false' : 'true');
  await rule.getByRole('textbox').fill('101');
  await rule.getByRole('textbox').blur();
  await expect(rule.getByRole('alert')).toContainText('From 0.1 to 100');
  await rule.evaluate((row) => row.scrollIntoView({ block: 'center' })); // not half behind the bar at the foot of a phone
  await expectGood(page, 'settings with a limit that cannot be');
  await rule.getByRole('textbox').fill('25');
  await rule.getByRole('switch').click();
});

test('in the demo no channel can be set, and the page says why', ONE_WIDTH, async ({ page }) => {
  await prefer(page, { language: 'fr' });
  await open(page, '/settings');
  await expect(page.getByTestId('channels-blocked')).toContainText('Dans la démo, les alertes restent dans l’application.');
  await expect(page.locator('[data-channel="webhook"]').getByRole('button')).toBeDisabled();
  await expectGood(page, 'les alertes dans les réglages');
});
