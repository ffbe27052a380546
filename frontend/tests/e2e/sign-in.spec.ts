// Sign-in on a demo that asks for it: set-up, refusals, the middle of work, Settings > Security, both languages and sizes.
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { ASKING, DEMO } from './support/addresses';
import { alter } from './support/alter';
import { expectAccessible } from './support/axe';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const PASSWORD = 'correct horse battery';
test.use({ baseURL: ASKING });
test.skip(!ASKING, 'no demo that asks for a sign-in was started (scripts/e2e.py does)');

interface State { state: string }
const state = async (request: APIRequestContext): Promise<string> => ((await (await request.get('/api/auth/session')).json()) as State).state; // shape of the API contract

/** The set-up happens once for all tests of this file; the first one to come does it. */
test.beforeEach(async ({ request }) => {
  if ((await state(request)) !== 'set-up') return;
  expect((await request.get('/api/portfolio/overview')).status()).toBe(401);
  expect((await request.post('/api/auth/set-up', { data: { password: PASSWORD } })).status()).toBe(200);
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });

async function signIn(page: Page, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByTestId('mode-badge')).toContainText('DEMO');
}

for (const language of ['en', 'fr'] as const) {
  test(`the sign-in and the set-up are accessible and fit, ${language}`, async ({ page }) => {
    await prefer(page, { language });
    await page.goto('/trades');
    await expect(heading(page, language === 'en' ? 'Sign in' : 'Se connecter')).toBeVisible();
    await expect(page.getByText(/v\d+\.\d+/)).toBeVisible();
    await expectAccessible(page, `sign-in, ${language}`);
    expect(await sidewaysOverflow(page)).toBe(0);
    await alter(page, /\/api\/auth\/session$/, (body) => Object.assign(body, { state: 'set-up', code_needed: true }));
    await page.reload();
    await expect(heading(page, language === 'en' ? 'Set a password' : 'Définir un mot de passe')).toBeVisible();
    await expectAccessible(page, `set-up, ${language}`);
    expect(await sidewaysOverflow(page)).toBe(0);
  });
}

test('a wrong password is refused without telling what was wrong, and the right one leads to the page that was asked for', ONE_WIDTH, async ({ page }) => {
  await page.goto('/system');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('Wrong user name, password or code.');
  await expectAccessible(page, 'sign-in refused');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await expect(page.getByTestId('mode-badge')).toContainText('DEMO');
  await expect(page).toHaveURL(/\/system$/);
  await expect(page).toHaveTitle(/System/);
});

test('a session that ends in the middle of work leaves what is typed, and the write goes on after the sign-in', async ({ page, context }) => {
  await signIn(page, '/settings');
  // Behind the dialog it is no part of what is told to a screen reader, and still there.
  const rate = page.getByTestId('risk-free-rate').locator('input');
  await expect(rate).not.toHaveValue('');
  // Another one than is kept, also where a try before this one has kept its own.
  const wanted = (await rate.inputValue()) === '4.5' ? '3.5' : '4.5';
  await rate.fill(wanted);
  await context.clearCookies({ name: 'portfolio_session' });
  await rate.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, 'sign in again');
  await expect(rate).toHaveValue(wanted);
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/Risk-free rate|kept|saved/i).last()).toBeVisible();
  await expect(async () => {
    const kept = (await (await page.request.get('/api/settings')).json()) as { risk: { risk_free_rate_percent: number } }; // shape of the API contract
    expect(String(kept.risk.risk_free_rate_percent)).toBe(wanted);
  }).toPass();
});

test('Security lists the session, makes and revokes a token, and signs out', async ({ page, playwright }) => {
  await signIn(page, '/settings');
  const security = page.getByTestId('security');
  await expect(security.getByText('this one')).toBeVisible();
  const tokens = page.getByTestId('tokens');
  const name = `program ${String(Date.now())}`;
  await tokens.getByLabel('Name of the program').fill(name);
  await tokens.getByRole('button', { name: 'Make a token' }).click();
  const token = (await tokens.locator('pre').textContent()) ?? '';
  expect(token).toMatch(/^bpm_/);
  const program = await playwright.request.newContext({ baseURL: ASKING, extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
  expect((await program.get('/api/settings')).status()).toBe(200);
  expect((await program.put('/api/settings', { data: { risk: { risk_free_rate_percent: 1 } } })).status()).toBe(403);
  await expectAccessible(page, 'Settings, Security');
  const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  for (const secret of [PASSWORD, token]) expect(storage).not.toContain(secret);
  expect(await page.content()).not.toContain(PASSWORD);
  expect(await sidewaysOverflow(page)).toBe(0);
  await tokens.getByRole('button', { name: `Revoke ${name}` }).click();
  await expect(tokens.getByText(name)).toHaveCount(0);
  expect((await program.get('/api/settings')).status()).toBe(401);
  await program.dispose();
  if (isPhone(page)) await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  expect((await page.request.get('/api/settings')).status()).toBe(401);
});

test('the open demo asks for nothing and has no sign-out', ONE_WIDTH, async ({ page }) => {
  await open(page, `${DEMO}/settings`);
  await expect(page.getByTestId('security')).toContainText('Nobody has to sign in here');
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
});
