// Trades: every element that DESIGN section 4 names, against the real API of a demo, and the states of section 6.
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Position { asset: string; symbol: string; kind: string; pnl: string | null; realized_pnl: string | null; current_price: string | null; value_usd: string | null; cost_status: string; figures_status: string; figures_reason: string | null }
interface Positions { items: Position[]; open_count: number; closed_count: number; reason: string | null }
interface PnlBySymbol { totals: { realized_pnl: string; fees_usd: string } }
interface Metrics { realized_pnl: string; unrealized_pnl: string; fees_usd: string; trades: number; closing_trades: number; winning_trades: number; win_rate: number | null }
interface Trade { id: string; symbol: string; side: string; time: string; realized_pnl: string | null }
interface Trades { items: Trade[]; next_cursor: string | null }

const POSITIONS = /^\/api\/portfolio\/positions$/;
const HISTORY = /^\/api\/portfolio\/trade-history$/;

async function ask<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(`/api/portfolio/${path}`)).json()) as T; // shape of the API contract
}
const money = (value: string, signed = false): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', signDisplay: signed ? 'exceptZero' : 'negative' }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings

const panel = (page: Page): Locator => page.getByTestId('positions');
const history = (page: Page): Locator => page.getByTestId('trade-history');
const rows = (page: Page, box: Locator): Locator => box.locator(isPhone(page) ? '.list-m > li' : 'tbody tr');

async function settled(page: Page, path = '/trades?period=all'): Promise<void> {
  await open(page, path);
  await expect(history(page).locator('.more')).toContainText(/\d+ to \d+/);
}

test.beforeAll(async ({ request }) => {
  test.setTimeout(240_000);
  await demoReady(request);
  await expect(async () => {
    const { items, reason } = (await (await request.get('/api/portfolio/positions')).json()) as Positions; // shape of the API contract
    expect(items.length, String(reason)).toBeGreaterThan(0);
  }).toPass({ timeout: 120_000, intervals: [500] });
});
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test.describe('elements', () => {
  test.beforeEach(({ page }) => settled(page));

  test('strip: unrealised, realised, fees, win rate, profit factor, trades', async ({ page }) => {
    const { open_count } = await ask<Positions>(page, 'positions');
    await expect(async () => {
      const [m, { totals }] = [await ask<Metrics>(page, 'metrics?period=total'), await ask<PnlBySymbol>(page, 'pnl-by-symbol')];
      await expect(page.getByTestId('realized')).toContainText(money(totals.realized_pnl, true), { timeout: 1000 });
      // Metrics end at the last snapshot: where something was closed since, they say until when.
      if (m.realized_pnl === totals.realized_pnl && m.fees_usd === totals.fees_usd) await expect(page.getByTestId('trade-count')).not.toContainText('until', { timeout: 1000 });
      else await expect(page.getByTestId('trade-count')).toContainText('until', { timeout: 1000 });
      await expect(page.getByTestId('fees')).toContainText(money(m.fees_usd), { timeout: 1000 });
      await expect(page.getByTestId('trade-count')).toContainText(m.trades.toLocaleString('en-GB'), { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await expect(page.getByTestId('unrealized')).toContainText(/[+-]\$[\d,]+\.\d\d/);
    await expect(page.getByTestId('unrealized')).toContainText(`${String(open_count)} open position`);
    await expect(page.getByTestId('realized')).toContainText('after fees');
    await expect(page.getByTestId('win-rate')).toContainText(/\d+\.\d%\s*\d+ of \d+ closing trades/);
    await expect(page.getByTestId('profit-factor')).toContainText(/\d+\.\d\d|no loss yet/);
    await expect(page.getByTestId('trade-count')).toContainText(/since \d{1,2} \w+ \d{4}/);
    for (const [id, words] of [['win-rate', 'Share of closing trades with a realised gain after fees'], ['profit-factor', 'Sum of realised gains ÷ sum of realised losses']] as const) {
      await expect(page.getByTestId(id).locator('.term')).toHaveAttribute('title', words);
    }
  });

  test('positions, open or closed: the switch is there at every width and lives in the URL', async ({ page }) => {
    const { open_count, closed_count } = await ask<Positions>(page, 'positions');
    await expect(panel(page).getByRole('radio', { name: `Open ${String(open_count)}` })).toBeChecked();
    await panel(page).getByRole('radio', { name: `Closed ${String(closed_count)}` }).click();
    await expect(page).toHaveURL(/positions=closed/);
    await expect(panel(page).getByRole('heading')).toHaveText('Closed positions');
    if (closed_count > 0) await expect(rows(page, panel(page))).toHaveCount(closed_count);
    else await expect(panel(page)).toContainText('Nothing was closed yet');
    for (const width of [320, 768, 1000, 1200, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expect(panel(page).getByRole('radiogroup', { name: 'Positions' })).toBeVisible();
      expect(await sidewaysOverflow(page), String(width)).toBe(0);
    }
  });

  test('positions: cost, mark, value, unrealised and realised of each, largest gain first', async ({ page }) => {
    const { items } = await ask<Positions>(page, 'positions?limit=1000');
    await expect(rows(page, panel(page))).toHaveCount(new Set(items.map((item) => (item.kind === 'spot' ? item.asset : item.symbol))).size);
    for (const item of items) await expect(rows(page, panel(page)).filter({ has: page.getByText(item.kind === 'spot' ? item.asset : item.symbol, { exact: true }) }).first()).toContainText(item.kind === 'spot' ? 'Spot' : /Long|Short/);
    if (isPhone(page)) {
      const line = await rows(page, panel(page)).first().innerText();
      for (const part of [/\bat\b/, /Mark/, /Realised/, /\$[\d,.]+/]) expect(line).toMatch(part);
      return;
    }
    await expect(panel(page).getByRole('columnheader')).toHaveText(['Position', 'Side', 'Quantity', 'Avg. cost', 'Mark', 'Value', 'Unrealised', '%', 'Realised', 'Account']);
    await expect(panel(page).getByRole('columnheader', { name: 'Unrealised' })).toHaveAttribute('aria-sort', 'descending');
    await panel(page).getByRole('columnheader', { name: 'Value' }).getByRole('button').click();
    await expect(page).toHaveURL(/sort=-value/);
    const values = (await panel(page).locator('tbody td:nth-child(6)').allInnerTexts()).map((text) => Number(text.replace(/[$,]/g, ''))).filter((value) => !Number.isNaN(value));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  test('the cost method is chosen in the URL and changes no quantity', ONE_WIDTH, async ({ page }) => {
    const asked = page.waitForResponse((answer) => answer.url().includes('/positions?') && answer.url().includes('method=fifo'));
    await panel(page).getByRole('combobox', { name: 'Cost method' }).selectOption('fifo');
    expect((await asked).status()).toBeLessThan(400);
    await expect(page).toHaveURL(/method=fifo/);
    await expect(panel(page).getByRole('radio', { name: /Open \d+/ })).toBeVisible();
    await page.reload();
    await expect(panel(page).getByRole('combobox', { name: 'Cost method' })).toHaveValue('fifo');
  });

  test('P&L by asset: stacked on one zero axis, its total equal to Total P&L', async ({ page }) => {
    const box = page.getByTestId('pnl-by-asset');
    await expect(box.getByRole('heading')).toHaveText('P&L by asset');
    for (const word of ['realised', 'unrealised gain', 'unrealised loss']) await expect(box.locator('.legend')).toContainText(word);
    const zeros = await box.locator('.track .zero').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left - (one.parentElement as HTMLElement).getBoundingClientRect().left)));
    expect(zeros.length).toBeGreaterThan(2);
    expect(Math.max(...zeros) - Math.min(...zeros)).toBeLessThanOrEqual(60); // tracks differ by the width of names only
    await expect(async () => {
      const { totals } = await ask<{ totals: { total_pnl: string } }>(page, 'pnl-by-symbol');
      const { total_pnl_usd } = await ask<{ total_pnl_usd: string }>(page, 'overview');
      expect(Math.abs(Number(totals.total_pnl) - Number(total_pnl_usd))).toBeLessThan(0.01);
      await expect(page.getByTestId('pnl-total')).toContainText(money(totals.total_pnl, true), { timeout: 1000 });
    }).toPass({ timeout: 45_000 });
  });

  test('P&L by asset: the period is chosen in the URL, and the total is that of the period', async ({ page }) => {
    const box = page.getByTestId('pnl-by-asset');
    await expect(box.getByTestId('pnl-start')).toHaveCount(0);
    await box.getByRole('radio', { name: '30d' }).click();
    await expect(page).toHaveURL(/profit=30d/);
    await expect(box.getByTestId('pnl-start')).toContainText('From');
    await expect(async () => {
      const { totals } = await ask<{ totals: { total_pnl: string } }>(page, 'pnl-by-symbol?period=30d');
      await expect(page.getByTestId('pnl-total')).toContainText(money(totals.total_pnl, true), { timeout: 1000 });
    }).toPass({ timeout: 45_000 });
    await expect(page.getByTestId('pnl-now')).toHaveCount(0);
    expect(await sidewaysOverflow(page)).toBe(0);
  });

  test('history: filters by symbol, side and period live in the URL', ONE_WIDTH, async ({ page }) => {
    const all = await ask<Trades>(page, 'trade-history?limit=1000');
    const symbol = all.items[0]?.symbol ?? '';
    const of = all.items.filter((item) => item.symbol === symbol);
    await history(page).getByRole('combobox', { name: 'Symbol' }).fill(symbol.toLowerCase());
    await history(page).getByRole('combobox', { name: 'Symbol' }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`symbol=${symbol}`));
    await expect(rows(page, history(page))).toHaveCount(Math.min(50, of.length));
    await history(page).getByRole('combobox', { name: 'Side' }).selectOption('BUY');
    await expect(page).toHaveURL(/side=BUY/);
    const buys = of.filter((item) => item.side === 'BUY');
    await expect(rows(page, history(page))).toHaveCount(Math.min(50, buys.length));
    await history(page).getByRole('combobox', { name: 'Period' }).selectOption('7d');
    await expect(page).toHaveURL(/period=7d/);
    await page.reload();
    await expect(history(page).getByRole('combobox', { name: 'Symbol' })).toHaveValue(symbol);
    await expect(history(page).getByRole('combobox', { name: 'Side' })).toHaveValue('BUY');
  });

  test('history: what matches nothing says so and leads back to all', ONE_WIDTH, async ({ page }) => {
    await history(page).getByRole('combobox', { name: 'Symbol' }).fill('NOPEUSDT');
    await history(page).getByRole('combobox', { name: 'Symbol' }).press('Enter');
    await expect(history(page)).toContainText('No trade matches');
    await history(page).getByRole('button', { name: 'Show all trades' }).click();
    await expect(history(page).locator('.more')).toContainText(/1 to \d+/);
  });

  test('history: time, symbol, side, quantity, price, notional, fee, realised; newest first, fifty at a time', async ({ page }) => {
    const all = await ask<Trades>(page, 'trade-history?limit=1000');
    const times = all.items.map((item) => item.time);
    expect(times).toEqual(times.toSorted().reverse());
    await expect(rows(page, history(page))).toHaveCount(Math.min(50, all.items.length));
    if (!isPhone(page)) await expect(history(page).getByRole('columnheader')).toHaveText(['Time', 'Symbol', 'Side', 'Quantity', 'Price', 'Notional', 'Fee', 'Realised']);
    const first = rows(page, history(page)).first();
    for (const part of [/Buy|Sell/, /\d{1,2} \w+ \d{4}/, /\$[\d,.]+/]) await expect(first).toContainText(part);
    const [newer, older] = [history(page).getByRole('button', { name: 'Newer' }), history(page).getByRole('button', { name: 'Older' })];
    await expect(newer).toBeDisabled();
    test.skip(all.items.length <= 50, 'the demo has a single page of trades');
    await older.click();
    await expect(history(page).locator('.more')).toContainText(/^51 to/);
    await newer.click();
    await expect(history(page).locator('.more')).toContainText(/^1 to 50/);
  });

  test('history: CSV of the filtered set, all of it', ONE_WIDTH, async ({ page }) => {
    await history(page).getByRole('combobox', { name: 'Side' }).selectOption('SELL');
    await expect(page).toHaveURL(/side=SELL/);
    const { items } = await ask<Trades>(page, 'trade-history?side=SELL&limit=1000');
    const download = page.waitForEvent('download');
    await history(page).getByRole('button', { name: 'CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('trades.csv');
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(items.length + 1);
    expect(lines[0]).toContain('id,time (UTC),account,symbol,side,quantity,price,notional');
  });

  test('is accessible and never wider than the page, at every width', async ({ page }) => {
    await expectAccessible(page, 'trades');
    await panel(page).getByRole('radio', { name: /Closed/ }).click();
    await expectAccessible(page, 'closed positions');
    expect(await sidewaysOverflow(page)).toBe(0);
  });
});

test('g t and the palette lead here', async ({ page }) => {
  test.skip(isPhone(page), 'a phone has the tab');
  await open(page);
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/\/trades/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('trades');
});

test('on a phone the tab leads here', async ({ page }) => {
  test.skip(!isPhone(page), 'a desk has the sidebar');
  await open(page);
  await page.getByRole('navigation').getByRole('link', { name: 'Trades' }).click();
  await expect(page).toHaveURL(/\/trades/);
});

test.describe('states', () => {
  async function expectGood(page: Page, where: string): Promise<void> {
    await expectAccessible(page, `trades, ${where}`);
    expect(await sidewaysOverflow(page), where).toBe(0);
  }

  test('unknown cost says so, and a form asks for it', async ({ page }) => {
    await alter(page, POSITIONS, (body) => {
      const [first] = body.items as Position[];
      Object.assign(first ?? {}, { asset: 'DOGE', symbol: 'DOGEUSDT', name: 'Dogecoin', cost_status: 'unknown', figures_status: 'estimated', figures_reason: 'unknown_cost' });
    });
    const one = { id: 7, account: 1, account_name: 'demo', asset: 'DOGE', name: 'Dogecoin', quantity: '1420', received_at: '2026-03-02T09:00:00Z', market_value_usd: '199.34', cost_usd: null, acquired_at: null, cost_status: 'unknown', status: 'exact', reason: null };
    await alter(page, /^\/api\/portfolio\/lots$/, (body) => (body.items = [one]));
    const sent: unknown[] = [];
    await page.route(/\/api\/portfolio\/lots\/7$/, async (route) => {
      sent.push(route.request().postDataJSON());
      await route.fulfill({ json: { as_of: null, environment: 'demo', reporting_currency: 'USDT', stale: false, reporting_currency_depeg: false, item: { ...one, cost_usd: '150', cost_status: 'entered' }, recomputing: true } });
    });
    await settled(page);
    const ask = panel(page).getByRole('button', { name: /cost unknown/ }).filter({ visible: true }).first();
    await expectGood(page, 'unknown cost');
    await ask.click();
    const drawer = page.getByRole('dialog');
    await expect(drawer).toContainText('Cost of DOGE');
    await expect(drawer).toContainText('$199.34');
    await drawer.getByRole('button', { name: 'Save the cost' }).click();
    await expect(drawer).toContainText('A cost, such as 1,500.00. Zero is one.');
    await drawer.getByLabel('Cost of all of it').fill('150');
    await expectGood(page, 'the form for a cost');
    await drawer.getByRole('button', { name: 'Save the cost' }).click();
    await expect(page.getByText('Cost of DOGE saved.')).toBeVisible();
    await expect(drawer).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    expect(sent).toEqual([{ cost_usd: '150' }]);
  });

  test('futures stand in the same table: short is a word, with the mark beside its entry', async ({ page }) => {
    await alter(page, POSITIONS, (body) => {
      const items = body.items as (Position & { id: string; side: string })[];
      const [first] = items;
      if (first) body.items = [...items, { ...first, id: 'f1', kind: 'futures', symbol: 'ETHUSDT', asset: 'ETH', side: 'SHORT', quantity: '0.8', entry_price: '3426.4', current_price: '3318.44', cost_status: 'known' }];
    });
    await settled(page);
    const row = rows(page, panel(page)).filter({ hasText: 'perp' });
    await expect(row).toHaveCount(1);
    for (const words of ['ETHUSDT', 'Short', '3,426.40', '3,318.44']) await expect(row).toContainText(words);
    await expectGood(page, 'a short position');
  });

  test('several accounts: the history can be narrowed to one, in the URL', ONE_WIDTH, async ({ page }) => {
    await alter(page, /^\/api\/portfolio\/overview$/, (body) => {
      const [first] = body.accounts as { id: number; name: string }[];
      body.accounts = [{ ...first, name: 'demo' }, { ...first, id: 2, name: 'vault' }];
    });
    await alter(page, HISTORY, () => undefined);
    await settled(page);
    const asked = page.waitForRequest((request) => request.url().includes('/trade-history') && request.url().includes('account=1'));
    await history(page).getByRole('combobox', { name: 'Account' }).selectOption('demo');
    await asked;
    await expect(page).toHaveURL(/account=1/);
    await expectGood(page, 'several accounts');
  });

  test('no price: no value, no gain, never a zero', ONE_WIDTH, async ({ page }) => {
    await alter(page, POSITIONS, (body) => {
      for (const item of (body.items as Position[]).slice(0, 1)) Object.assign(item, { current_price: null, value_usd: null, pnl: null, pnl_percent: null, figures_status: 'unavailable', figures_reason: 'no_price' });
    });
    await settled(page);
    await expect(rows(page, panel(page)).filter({ hasText: 'no price' })).toHaveCount(1);
    await expectGood(page, 'no price');
  });

  test('hidden amounts: bullets for money and quantities, percentages and prices stay', async ({ page }) => {
    await prefer(page, { hidden: true });
    await settled(page);
    await expect(page.getByTestId('trade-strip')).toContainText('•••••');
    for (const box of [page.getByTestId('trade-strip'), panel(page), page.getByTestId('pnl-by-asset'), history(page)]) await expect(box).not.toContainText(/\$\d/);
    await expect(page.getByTestId('win-rate')).toContainText('%');
    await expectGood(page, 'hidden amounts');
  });

  test('loading: skeletons in the rows, none for a refresh', ONE_WIDTH, async ({ page }) => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route((url) => POSITIONS.test(url.pathname) || HISTORY.test(url.pathname), async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/trades');
    await expect(panel(page).locator('.sk').filter({ visible: true }).first()).toBeVisible();
    await expectGood(page, 'loading');
    release();
    await expect(panel(page).locator('.sk')).toHaveCount(0);
  });

  test('empty: says what will appear', ONE_WIDTH, async ({ page }) => {
    await alter(page, POSITIONS, (body) => Object.assign(body, { items: [], open_count: 0, closed_count: 0 }));
    await alter(page, HISTORY, (body) => Object.assign(body, { items: [], next_cursor: null }));
    await alter(page, /^\/api\/portfolio\/metrics$/, (body) => Object.assign(body, { trades: 0, closing_trades: 0, win_rate: null, win_rate_reason: 'no_closing_trades', profit_factor: null, profit_factor_reason: 'no_loss', first_trade_at: null }));
    await open(page, '/trades');
    await expect(panel(page)).toContainText('No open position');
    await expect(history(page)).toContainText('No trade yet');
    await expect(page.getByTestId('win-rate')).toContainText('not applicable');
    await expectGood(page, 'empty');
  });

  test('a failed panel says so, the rest is fine', ONE_WIDTH, async ({ page }) => {
    await page.route((url) => HISTORY.test(url.pathname), (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"title":"Down","status":503,"detail":"The database cannot be read.","code":"database-unavailable"}' }));
    await open(page, '/trades');
    await expect(history(page).getByRole('alert')).toContainText('The server answered 503');
    await expect(rows(page, panel(page)).first()).toBeVisible();
    await expectGood(page, 'a failed panel');
  });

  test('stale and partial: the open profit says how old and how partial it is', ONE_WIDTH, async ({ page }) => {
    await alter(page, /^\/api\/portfolio\/overview$/, (body) => {
      Object.assign(body, { freshness: 'stale', refreshed_at: minutesAgo(14), complete: false });
      body.sync = { ...(body.sync as object), accounts_ok: 2, accounts_total: 3 };
    });
    await settled(page);
    await expect(page.getByTestId('unrealized')).toContainText(/14\smin old/);
    await expect(page.getByTestId('unrealized')).toContainText('2 of 3 accounts');
    await expectGood(page, 'stale and partial');
  });

  test('the import is told live while it runs, here and on Cash flows, and can be paused', ONE_WIDTH, async ({ page }) => {
    const item = { account_id: 1, account_name: 'demo', state: 'running', reading: 'reading trades', done: 6, total: 20, symbols_left: 14, windows_left: 0, seconds_left: 360, paused_at: null };
    await alter(page, /^\/api\/imports\/progress$/, (body) => (body.items = [item]));
    await page.route(/\/api\/imports\/pause$/, (route) => route.fulfill({ json: {} }));
    for (const path of ['/cash-flows', '/trades?period=all']) {
      await open(page, path);
      const bar = page.getByTestId('importing');
      await expect(bar).toContainText(/14 pairs left, about 6\smin/);
      await expect(bar.getByRole('progressbar', { name: 'History import' })).toHaveAttribute('value', '6');
    }
    await expectGood(page, 'the import running');
    const asked = page.waitForRequest(/\/api\/imports\/pause$/);
    await page.getByTestId('importing').getByRole('button', { name: 'Pause' }).click();
    expect((await asked).method()).toBe('POST');
  });

  test('certificate: complete, or the gap coin by coin', ONE_WIDTH, async ({ page }) => {
    const account = { account: 1, name: 'demo', complete: false, reason: 'differences', compared_at: '2026-11-20T13:00:00Z', unknown_wallets: [], missing_coverage: [] };
    const gap = { account: 1, wallet: 'all', asset: 'SOL', replayed: '2', reported: '0.5', difference: '-1.5', decided: '0', likely_cause: 'missed_withdrawal', wallets: [] };
    await alter(page, /^\/api\/imports\/certificate$/, (body) => Object.assign(body, { complete: false, reason: 'differences', accounts: [account], assets: [gap] }));
    await settled(page);
    await expect(page.getByTestId('certificate')).toContainText(/1 coin differs\..*SOL\s*perhaps a missed withdrawal\s*-1\.500000/s);
    await expectGood(page, 'a gap');
  });

  test('in French, written and not cut off', async ({ page }) => {
    await prefer(page, { language: 'fr' });
    await settledFrench(page);
    for (const words of ['Latent', 'Réalisé', 'Taux de réussite', 'Facteur de profit', 'Positions ouvertes', 'Gain par actif', 'Historique des transactions']) await expect(page.getByRole('main')).toContainText(words);
    await expectGood(page, 'French');
    for (const width of [320, 1000, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysOverflow(page), String(width)).toBe(0);
    }
  });
});

async function settledFrench(page: Page): Promise<void> {
  await open(page, '/trades?period=all');
  await expect(history(page).locator('.more')).toContainText(/\d+ à \d+/);
}

test('a year’s disposals come as a file, by the method and in the zone chosen', ONE_WIDTH, async ({ page }) => {
  await settled(page);
  const box = page.getByTestId('tax-lists');
  await expect(box).toContainText('No tax advice');
  await box.getByLabel('Cost method').selectOption('fifo');
  const year = await box.getByLabel('Year', { exact: true }).inputValue();
  const [file] = await Promise.all([page.waitForEvent('download'), box.getByRole('button', { name: 'CSV' }).click()]);
  expect(file.suggestedFilename()).toBe(`disposals-${year}-fifo.csv`);
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  expect(lines[0]).toContain('disposed_at,account,kind,asset,quantity,proceeds,cost,fee,gain,acquired_at');
  expect(lines.at(-2)).toMatch(/^total,/);
  expect(lines.at(-1)).toContain(`Year ${year} in UTC`);
  expect(lines.length).toBeGreaterThan(3);
});
