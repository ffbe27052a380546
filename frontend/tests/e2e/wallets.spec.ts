// Wallets and accounts on Overview: what each is worth, what could not be read, and many accounts.
import { expect, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const OVERVIEW = /^\/api\/portfolio\/overview$/;
const BALANCES = /^\/api\/portfolio\/balances$/;
const wallet = (account: number, name: string, value: string | null, rest: object = {}) => ({ account, wallet: name, value_usd: value, complete: true, as_of: minutesAgo(0), reason: null, ...rest });
const account = (id: number, name: string, value: string, rest: object = {}) => ({ id, name, has_key: true, value_usd: value, percentage: 50, complete: true, refreshed_at: minutesAgo(0), as_of: minutesAgo(0), ...rest });

async function expectGood(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where);
  expect(await sidewaysOverflow(page), where).toBe(0);
}
const many = (n: number) => Array.from({ length: n }, (_, i) => account(i + 1, `account-${String(i + 1)}`, String(n - i)));

test.beforeAll(({ request }) => demoReady(request));
// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('the wallets of the account with their value, as the API has them', async ({ page, request }) => {
  const { wallets } = (await (await request.get('/api/portfolio/overview')).json()) as { wallets: { wallet: string }[] };
  await open(page);
  const lines = page.getByTestId('accounts').getByRole('listitem').getByRole('listitem');
  await expect(lines).toHaveCount(wallets.length);
  await expect(lines.first()).toContainText(/\$[\d,]+\.\d\d/);
});

test('a wallet that could not be read: the total is partial and names it, with its last value and time', ONE_WIDTH, async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    const [first] = body.accounts as { id: number; name: string }[];
    Object.assign(body, { complete: false, status: 'estimated', reason: 'partial' });
    body.wallets = [wallet(first?.id ?? 0, 'spot', '30000'), wallet(first?.id ?? 0, 'funding', '3000', { complete: false, as_of: minutesAgo(62), reason: 'exchange-unavailable' })];
  });
  await open(page);
  const total = page.getByTestId('unread-wallets');
  await expect(total).toContainText('partial: 1 wallet not read');
  await expect(total).toContainText(/funding, demo: counts its last value \$3,000\.00 of .*\d\d:\d\d/);
  const lines = page.getByTestId('accounts').getByRole('listitem').getByRole('listitem');
  await expect(lines.filter({ hasText: 'funding' })).toContainText(/not read; last \$3,000\.00, .*\d\d:\d\d/);
  await expect(lines.filter({ hasText: 'spot' })).toContainText('$30,000.00');
  await expectGood(page, 'partial total');
});

test('a wallet that was never read is left out, not zero', ONE_WIDTH, async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    const [first] = body.accounts as { id: number }[];
    body.wallets = [wallet(first?.id ?? 0, 'funding', null, { complete: false, as_of: null, reason: 'exchange-unavailable' })];
  });
  await open(page);
  await expect(page.getByTestId('unread-wallets')).toContainText('funding, demo: never read, left out of the total');
  await expect(page.getByTestId('accounts')).not.toContainText('$0.00');
});

test('net asset value and the older formula, where they can differ', ONE_WIDTH, async ({ page }) => {
  await open(page);
  const panel = page.getByTestId('accounts');
  await alter(page, OVERVIEW, (body) => {
    const [first] = body.accounts as { id: number }[];
    body.wallets = [wallet(first?.id ?? 0, 'spot', '30000'), wallet(first?.id ?? 0, 'earn_locked', '3000')];
  });
  await alter(page, /^\/api\/portfolio\/nav$/, (body) => Object.assign(body, { nav: '33000', nav_spot_futures: '30000' }));
  await page.reload();
  await expect(panel).toContainText(/Net asset value\s*\$33,000\.00/);
  await expect(panel).toContainText(/Spot and futures alone\s*\$30,000\.00/);
});

test('140 accounts: the largest are listed, the rest on demand, each with its wallets', async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    body.accounts = many(140);
    body.wallets = many(140).flatMap(({ id }) => [wallet(id, 'spot', '1'), wallet(id, 'funding', '1')]);
  });
  await open(page);
  const panel = page.getByTestId('accounts');
  await expect(panel).toContainText('account-6');
  await expect(panel).not.toContainText('account-7');
  await panel.getByRole('button', { name: 'account-2', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'account-2', exact: true })).toHaveAttribute('aria-expanded', 'true');
  await expect(panel.getByRole('listitem').getByRole('listitem').filter({ hasText: 'funding' })).toHaveCount(1);
  await panel.getByRole('button', { name: 'Show all 140 accounts' }).click();
  await expect(panel.getByRole('button', { name: /^account-/ })).toHaveCount(140);
  await expectGood(page, '140 accounts');
});

test('the switcher leads from any of 140 accounts to any other, by keyboard', async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    body.accounts = many(140);
  });
  const asked: string[] = [];
  await page.route(/account=\d+/, async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('account') ?? '');
    const address = new URL(route.request().url());
    address.searchParams.delete('account');
    const headers = { ...route.request().headers() };
    delete headers['if-none-match'];
    const answer = await route.fetch({ url: address.href, headers });
    const body = (await answer.json()) as { accounts?: unknown };
    if (body.accounts) body.accounts = many(140).slice(0, 1); // an account's own overview knows that account alone
    await route.fulfill({ response: answer, json: body });
  });
  await open(page);
  const switcher = page.getByRole('combobox', { name: 'Account', exact: true }).locator('visible=true');
  await expect(switcher.locator('option')).toHaveCount(141);
  await switcher.focus();
  await switcher.selectOption({ label: 'account-77' });
  await expect.poll(() => asked).toContain('77');
  await expect(switcher.locator('option')).toHaveCount(141);
  await switcher.selectOption({ label: 'account-9' });
  await expect.poll(() => asked).toContain('9');
});

test('the drawer lists a coin by account and wallet, with what is owed and what could not be read', async ({ page }) => {
  await alter(page, BALANCES, (body) => {
    const [first] = body.balances as Record<string, unknown>[];
    if (!first) return;
    body.balances = [
      { ...first, asset: 'BTC', wallet: 'spot', total: '0.5', free: '0.5', locked: '0', usd_value: '50000' },
      { ...first, asset: 'BTC', wallet: 'margin_cross', total: '-0.1', free: '0', locked: '0', borrowed: '0.1', interest: '0', usd_value: '-10000' },
      { ...first, asset: 'BTC', wallet: 'funding', total: '0.2', free: '0.2', locked: '0', usd_value: '20000', status: 'estimated', reason: 'wallet_unknown', timestamp: minutesAgo(62) },
    ];
  });
  await open(page);
  const holdings = page.getByTestId('holdings');
  const one = isPhone(page) ? holdings.locator('.list-m').getByRole('listitem') : holdings.locator('tbody tr');
  await expect(one).toHaveCount(1);
  await expect(one).toContainText('$60,000.00');
  await one.getByRole('button', { name: /BTC/ }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('row').filter({ hasText: 'margin' })).toContainText('less 0.100000 borrowed');
  await expect(drawer.getByRole('row').filter({ hasText: 'funding' })).toContainText(/not read; as of .*\d\d:\d\d/);
  await expectGood(page, 'drawer by wallet');
});

test('in French', async ({ page }) => {
  await prefer(page, { language: 'fr' });
  await alter(page, OVERVIEW, (body) => {
    const [first] = body.accounts as { id: number }[];
    body.wallets = [wallet(first?.id ?? 0, 'funding', '3000', { complete: false, as_of: minutesAgo(62), reason: 'exchange-unavailable' })];
  });
  await open(page);
  await expect(page.getByTestId('unread-wallets')).toContainText(/partiel\s: 1 portefeuille non lu/);
  expect(await sidewaysOverflow(page)).toBe(0);
});
