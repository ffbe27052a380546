// Keys of accounts on the Settings page. The demo takes none, so a live list and the server's answers are put in the way.
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { alter } from './support/alter';
import { open, prefer, sidewaysOverflow } from './support/page';

const SAFE = { can_read: true, can_trade: true, can_withdraw: false, ip_restricted: true };
const LOOSE = { ...SAFE, ip_restricted: false };
const KEY = { kind: 'read', ending: '7fQx', key_type: 'hmac', added_at: '2026-01-01T00:00:00Z', checked_at: null, permissions: SAFE, verdict: 'good', findings: [], ip_seen: null };

/** The demo's account as if it were a live one with a key of its own, and two more in trouble. */
async function live(page: Page): Promise<void> {
  await alter(page, /^\/api\/accounts$/, (body) => {
    const [own] = body.items as Record<string, unknown>[];
    const kept = { ...own, environment: 'live', key: 'stored', key_ending: '7fQx', permissions: SAFE, verdict: 'good', keys: [KEY], deletable: true };
    body.environment = 'live';
    body.items = [
      { ...kept, name: 'main-spot' },
      { ...kept, id: 902, name: 'vault', permissions: LOOSE, verdict: 'warned', keys: [{ ...KEY, permissions: LOOSE, verdict: 'warned', findings: ['no-ip-restriction'], ip_seen: '203.0.113.24' }] },
      { ...kept, id: 903, name: 'hedge', key: 'lost', has_read_key: false },
    ];
  });
}
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' })); // what is on its way at the end of a test
const panel = (page: Page) => page.getByTestId('account-list');

test('the demo takes no key and says how to leave it', async ({ page }) => {
  await open(page, '/settings');
  await expect(panel(page).getByRole('button', { name: 'New account with a key' })).toBeDisabled();
  await expect(panel(page)).toContainText('The demo takes no key.');
  await expect(panel(page).getByRole('list', { name: 'What the key may do' })).toContainText('off, as it must be');
  await expectAccessible(page, 'the accounts of the demo');
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('keys are listed with what they may do and what to change', async ({ page }) => {
  await live(page);
  await open(page, '/settings');
  await expect(panel(page)).toContainText('Key ••••7fQx');
  await expect(panel(page)).toContainText('Restrict it to the address of this machine, 203.0.113.24');
  await expect(panel(page)).toContainText('Key must be entered again');
  await expectAccessible(page, 'keys in trouble');
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('a key is typed, refused at its field, and taken', async ({ page }) => {
  await live(page);
  const answers = [
    { status: 422, contentType: 'application/problem+json', json: { code: 'bad-input', detail: 'No', errors: [{ field: 'api_key', message: 'This key is not taken: it may withdraw or transfer coins' }] } },
    { status: 201, json: { environment: 'live', item: { id: 904, name: 'Main' } } },
  ];
  const bodies: unknown[] = [];
  await page.route(({ pathname }) => pathname === '/api/accounts', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    bodies.push(route.request().postDataJSON());
    return route.fulfill(answers[bodies.length - 1] ?? {});
  });
  await open(page, '/settings');
  await panel(page).getByRole('button', { name: 'New account with a key' }).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, 'a new account with a key');
  await dialog.getByRole('button', { name: 'Keep key' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(3);
  await dialog.getByLabel('Name of the account').fill('Main');
  await dialog.getByLabel('API key').fill('canary-key');
  await dialog.getByLabel('Secret, or private key').fill('canary-secret');
  await dialog.getByRole('button', { name: 'Keep key' }).click();
  await expect(dialog.getByRole('alert')).toContainText('it may withdraw or transfer coins');
  await expectAccessible(page, 'a key that is refused');
  expect(await sidewaysOverflow(page)).toBe(0);
  await dialog.getByRole('button', { name: 'Keep key' }).click();
  await expect(page.getByText('Main added. Its balances are being read.')).toBeVisible();
  await expect(dialog).toHaveCount(0);
  expect(bodies.at(-1)).toEqual({ name: 'Main', api_key: 'canary-key', api_secret: 'canary-secret' });
  // Nothing of it stays in the page or in what the browser keeps.
  expect(await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }))).not.toContain('canary');
});

test('in French', async ({ page }) => {
  await live(page);
  await prefer(page, { language: 'fr' });
  await page.goto('/settings');
  await expect(panel(page)).toContainText('Clé à saisir de nouveau');
  await panel(page).getByRole('button', { name: 'Nouveau compte avec une clé' }).click();
  await expect(page.getByRole('dialog')).toContainText('Secret, ou clé privée');
  expect(await sidewaysOverflow(page)).toBe(0);
});
