// The Overview: every element that DESIGN section 4 names, its states, and its figures against the API.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const NBSP = /\u00a0/g;
const RANGES = ['7d', '14d', '30d', '60d', '90d', '180d', '1y', '2y', 'total'];

type Body = Record<string, unknown>;
async function api<T = Body>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  expect(answer.ok(), path).toBe(true);
  return (await answer.json()) as T; // the caller names the path and its shape together
}
/** 12.345 -> +12.35%: the sign, two decimals and percent sign the page prints. */
const percent = (value: number, digits = 2): string => new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value / 100);
const money = (value: string): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings

async function textOf(page: Page, testId: string): Promise<string> {
  return (await page.getByTestId(testId).innerText()).replace(NBSP, ' ');
}

/** The settled page with all its figures: history imported, every tile known. */
async function settled(page: Page, path = '/'): Promise<void> {
  await open(page, path);
  await expect(page.locator('[data-range="total"]')).toContainText('%');
}

// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});

test.describe('elements', () => {
  test.beforeEach(({ page }) => settled(page));

  test('total value with dimmed cents, today’s change, net deposits and total P&L', async ({ page }) => {
    const panel = page.getByTestId('total-value');
    const size = await panel.locator('.big').evaluate((node) => getComputedStyle(node).fontSize);
    expect(size).toBe(isPhone(page) ? '36px' : '44px');
    await expect(panel.locator('.big .x')).toHaveText(/^\.\d\d$/);
    await expect(panel.getByTestId('change-today')).toHaveText(/[+-]?\$[\d,.]+ \([+-]?\d+\.\d\d%\).*since \d\d:\d\d( UTC\S*)? · (no cash flow today|cash flow today [+-]\$)/s);
    await expect(panel.locator('dl')).toContainText(/Net deposits\s*\$[\d,.]+/);
    await expect(panel.locator('dl')).toContainText(/Total P&L\s*[+-]\$[\d,.]+/);
  });

  test('scripts and styles come compressed', ONE_WIDTH, async ({ page }) => {
    const files = await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]) // of that type
      .filter(({ name, decodedBodySize }) => /\.(?:js|css)$/.test(name) && decodedBodySize > 1024)
      .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, share: encodedBodySize / decodedBodySize })));
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter(({ share }) => share > 0.7)).toEqual([]);
  });
  test('total value and net deposits are those of the API', ONE_WIDTH, async ({ page }) => {
    await expect(async () => {
      const body = await api<{ total_value_usd: string; net_deposits_usd: string }>(page, '/api/portfolio/overview');
      const text = (await textOf(page, 'total-value')).replace(/\s/g, '');
      expect(text).toContain(money(body.total_value_usd));
      expect(text).toContain(money(body.net_deposits_usd));
    }).toPass();
  });

  test('against 50/50: excess in pp, both returns, both drawdowns of the chosen range', async ({ page }) => {
    const text = await textOf(page, 'against');
    expect(text).toContain('Against 50/50 BTC/ETH');
    expect(text).toMatch(/Excess, one year/);
    expect(text).toMatch(/[+-]\d+\.\d\d pp/);
    expect(text).toMatch(/Portfolio\s+[+-]?\d+\.\d\d%/);
    expect(text).toMatch(/50\/50\s+[+-]?\d+\.\d\d%/);
    expect(text).toMatch(/Max drawdown\s+-\d+\.\d\d% vs -\d+\.\d\d%/);
  });

  test('status: balances, prices, lag, snapshots, accounts, and the way to System', async ({ page }) => {
    const text = await textOf(page, 'status');
    expect(text).toMatch(/Balances\s+(\d+ (s|min) ago|\d\d:\d\d)\s*every \d+/);
    expect(text).toMatch(/Prices\s+\d+ (s|min) ago/);
    expect(text).toMatch(/Sync lag\s+\d/);
    expect(text).toMatch(/Snapshots\s+next in \d+:\d\d/);
    expect(text).toMatch(/Accounts\s+\d of \d/);
    await page.getByTestId('status').getByRole('link', { name: 'Details' }).click();
    await expect(page).toHaveURL(/\/system$/);
  });

  test('nine return tiles with the benchmark under each, equal to the API', async ({ page }) => {
    await expect(page.getByRole('radiogroup', { name: /Time-weighted return by period/ }).getByRole('radio')).toHaveCount(9);
    await expect(async () => {
      const { periods } = await api<{ periods: Record<string, { twr_percent: number; benchmark_twr_percent: number }> }>(page, '/api/performance/stats');
      for (const key of RANGES) {
        const tile = await page.locator(`[data-range="${key}"]`).innerText();
        expect(tile).toContain(percent(periods[key]?.twr_percent ?? NaN));
        expect(tile).toContain(`50/50 ${percent(periods[key]?.benchmark_twr_percent ?? NaN)}`);
      }
    }).toPass();
  });

  test('chart: its finding, markers’ legend, switch to value, and the data as a table', async ({ page }) => {
    const chart = page.getByTestId('chart');
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /[+-]\d+\.\d\d% against [+-]\d+\.\d\d%, one year/);
    for (const name of ['Portfolio', '50/50', 'deposit', 'withdrawal']) await expect(chart.locator('.legend')).toContainText(name);
    await chart.getByRole('button', { name: 'Show the data as a table' }).click();
    await expect(chart.getByRole('columnheader')).toHaveText(['Date', 'Portfolio', '50/50', 'excess']);
    expect(await chart.locator('tbody tr').count()).toBeGreaterThan(100);
    await chart.getByRole('radio', { name: 'Value $' }).click();
    await expect(page).toHaveURL(/chart=value/);
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /Value from \$.* to \$/);
  });

  test('to look at: at most five lines with one link each, or "Nothing needs you"', async ({ page }) => {
    const { attention } = await api<{ attention: unknown[] }>(page, '/api/portfolio/overview');
    const panel = page.getByTestId('to-look-at');
    if (attention.length === 0) await expect(panel).toContainText('Nothing needs you');
    else {
      await expect(panel.locator('li')).toHaveCount(Math.min(5, attention.length));
      await expect(panel.locator('li a')).toHaveCount(Math.min(5, attention.length));
    }
  });

  test('accounts with their share', ONE_WIDTH, async ({ page }) => {
    const { accounts } = await api<{ accounts: { name: string }[] }>(page, '/api/portfolio/overview');
    for (const { name } of accounts) await expect(page.getByTestId('accounts')).toContainText(name);
    await expect(page.getByTestId('accounts')).toContainText(/\d+\.\d\d%/);
  });

  test('allocation: donut and bars, by asset or by account', async ({ page }) => {
    const panel = page.getByTestId('allocation');
    await expect(panel.getByRole('img')).toHaveAttribute('aria-label', /Allocation, largest first: \w+ \d+/);
    expect(await panel.locator('svg path').count()).toBeGreaterThan(3);
    await expect(panel.locator('.abars li').first()).toContainText(/\d+\.\d\d%/);
    await expect(panel).toContainText(/target/);
    await panel.getByRole('radio', { name: 'Account' }).click();
    await expect(page).toHaveURL(/group=account/);
    const { balances } = await api<{ balances: { account: number }[] }>(page, '/api/portfolio/balances');
    await expect(panel.locator('.abars li')).toHaveCount(new Set(balances.map(({ account }) => account)).size);
  });

  test('month-end value with the net flow of the month', ONE_WIDTH, async ({ page }) => {
    const { items } = await api<{ items: { net_flows_usd: string; end_value_usd: string }[] }>(page, '/api/performance/monthly?months=12');
    const bars = page.getByTestId('months').getByRole('listitem');
    await expect(bars).toHaveCount(items.length);
    const flowing = items.findIndex((item) => Number(item.net_flows_usd) !== 0);
    if (flowing >= 0) await expect(bars.nth(flowing)).toContainText('net cash flow');
    await expect(bars.last()).toContainText('so far');
  });
});

test.describe('proof', () => {
  test('opens from what there is, what changed, what was put in and what it brought', async ({ page }) => {
    await settled(page, '/?range=90d');
    const drawer = page.getByRole('dialog');
    for (const [panel, name] of [['total-value', 'value'], ['total-value', 'change_today'], ['total-value', 'net_deposits'], ['total-value', 'profit'], ['against', 'excess'], ['against', 'benchmark_twr']] as const) {
      await page.getByTestId(panel).locator(`button[data-explain="${name}"]`).click();
      await expect(page).toHaveURL(new RegExp(`range=90d&explain=${name}$`));
      await expect(drawer.getByTestId('explained'), name).toContainText(/\d/);
      expect(await drawer.innerText(), name).not.toMatch(/explain\.|performance\.|undefined|NaN/);
      await page.keyboard.press('Escape');
      await expect(drawer).toHaveCount(0);
      await expect(page).not.toHaveURL(/explain/);
    }
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur()); // it is on the last one opened
    await page.keyboard.press('e');
    await expect(page).toHaveURL(/explain=value/);
    await expect(drawer.getByTestId('inputs')).toBeVisible();
    await expectAccessible(page, 'proof of the total value');
    expect(await sidewaysOverflow(page)).toBe(0);
  });
});

test.describe('range', () => {
  test('lives in the URL and drives tiles, chart and Against', async ({ page }) => {
    await settled(page, '/?range=90d');
    await expect(page.locator('[data-range="90d"]')).toHaveAttribute('aria-checked', 'true');
    await expect(page.getByTestId('against')).toContainText('Excess, 90 days');
    await page.locator('[data-range="7d"]').click();
    await expect(page).toHaveURL(/range=7d/);
    await expect(page.getByTestId('chart').getByRole('img')).toHaveAttribute('aria-label', /7 days/);
    await expect(page.getByTestId('against')).toContainText('Excess, 7 days');
    await page.reload();
    await expect(page.locator('[data-range="7d"]')).toHaveAttribute('aria-checked', 'true');
  });

  test('is one tab stop; arrows move and choose, keys 1 to 9 too', async ({ page }) => {
    await settled(page);
    await page.locator('[data-range="1y"]').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('[data-range="2y"]')).toBeFocused();
    await expect(page.locator('[data-range="2y"]')).toHaveAttribute('aria-checked', 'true');
    await expect(page.locator('.tiles [tabindex="0"]')).toHaveCount(1);
    await page.keyboard.press('1');
    await expect(page).toHaveURL(/range=7d/);
    await page.keyboard.press('9');
    await expect(page).toHaveURL(/range=total/);
  });
});

test.describe('chart', () => {
  test('reads its values by arrow key, through a live region', async ({ page }) => {
    await settled(page);
    const canvas = page.getByTestId('chart').getByRole('img');
    await canvas.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByTestId('chart').locator('[aria-live]')).toHaveText(/\d{4}.*, Portfolio [+-]?\d+\.\d\d%, 50\/50 [+-]?\d+\.\d\d%, excess/);
    await page.keyboard.press('Home');
    await expect(page.getByTestId('chart').locator('[aria-live]')).toHaveText(/Portfolio 0\.00%, 50\/50 0\.00%/);
    await expect(page.getByTestId('chart').locator('.tip')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('chart').locator('.tip')).toHaveCount(0);
  });

  test('shows date, both lines and excess under the pointer', async ({ page }) => {
    await settled(page);
    const canvas = page.getByTestId('chart').getByRole('img');
    await canvas.scrollIntoViewIfNeeded();
    await canvas.hover({ position: { x: 120, y: 90 } });
    await expect(page.getByTestId('chart').locator('.tip')).toContainText(/\d{4}.*Portfolio.*%.*50\/50.*%.*excess.*pp/s);
  });

  test('is drawn: pixels in the colours of both lines', async ({ page }) => {
    await settled(page);
    const drawn = await page.getByTestId('chart').locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const style = getComputedStyle(document.documentElement);
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      return ['--accent', '--bench', '--info'].map((token) => {
        const [r, g, b] = [1, 3, 5].map((at) => parseInt(style.getPropertyValue(token).trim().slice(at, at + 2), 16));
        let n = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b) n += 1;
        return n;
      });
    });
    for (const pixels of drawn) expect(pixels).toBeGreaterThan(10);
  });
});

test.describe('holdings', () => {
  test('show what the API holds, with every column of the design', async ({ page }) => {
    test.skip(isPhone(page), 'a phone has the list form, asserted below');
    await settled(page);
    const table = page.getByTestId('holdings').getByRole('table');
    await expect(table.getByRole('columnheader')).toHaveText(['Asset', 'Price', '24 h', 'Quantity', 'Value', 'Weight', 'Target', 'Drift', 'Unrealised P&L']);
    await expect(table.getByRole('columnheader', { name: 'Value' })).toHaveAttribute('aria-sort', 'descending');
    await expect(async () => {
      const { balances } = await api<{ balances: { asset: string; usd_value: string }[] }>(page, '/api/portfolio/balances');
      const largest = balances[0];
      await expect(table.locator('tbody tr').first()).toContainText(largest?.asset ?? '?');
      await expect(table.locator('tbody tr').first()).toContainText(money(largest?.usd_value ?? '0'));
    }).toPass();
    await expect(table.locator('tbody tr').first()).toContainText('no target');
  });

  test('sort on every column and keep the sort in the URL', async ({ page }) => {
    test.skip(isPhone(page), 'a phone has the list form');
    await settled(page);
    const heads = page.getByTestId('holdings').getByRole('columnheader');
    for (let i = 0; i < 9; i += 1) {
      await heads.nth(i).getByRole('button').click();
      await expect(heads.nth(i)).toHaveAttribute('aria-sort', /ascending|descending/);
    }
    await heads.first().getByRole('button').click();
    await expect(page).toHaveURL(/sort=-?asset/);
    const names = await page.getByTestId('holdings').locator('tbody .as .b').allInnerTexts();
    expect([names, names.slice().reverse()]).toContainEqual(names.slice().sort());
  });

  test('filter, hide small balances with their count, choose columns', async ({ page }) => {
    await settled(page);
    const panel = page.getByTestId('holdings');
    const rows = isPhone(page) ? panel.locator('.list-m > li') : panel.locator('tbody tr');
    await expect(rows).not.toHaveCount(0);
    const before = await rows.count();
    await panel.getByRole('searchbox').fill('BTC');
    await expect(rows).toHaveCount(1);
    await expect(page).toHaveURL(/q=BTC/);
    await panel.getByRole('searchbox').fill('');
    await expect(rows).toHaveCount(before);
    const small = panel.getByRole('switch');
    await expect(small).toHaveText(/Hide under \$5/);
    const { balances } = await api<{ balances: { asset: string }[] }>(page, '/api/portfolio/balances');
    // A coin that lies in several wallets is one row.
    const coins = new Set(balances.map((b) => b.asset)).size;
    if (before < coins) await expect(panel).toContainText(/\d+ hidden, worth \$[\d.]+, in the total/);
    await small.click();
    await expect(rows).toHaveCount(coins);
    if (isPhone(page)) return;
    await panel.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Price' }).click();
    await expect(panel.getByRole('columnheader', { name: 'Price' })).toHaveCount(0);
  });

  test('are saved as CSV with full precision', ONE_WIDTH, async ({ page }) => {
    await settled(page);
    const download = page.waitForEvent('download');
    await page.getByTestId('holdings').getByRole('button', { name: 'CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('holdings.csv');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.split('\r\n')[0]).toContain('asset,name,price');
    expect(text).toMatch(/BTC,Bitcoin,\d+/);
  });

  test('open a drawer with free and locked, accounts, cost and trades; Esc closes it and focus returns', async ({ page }) => {
    await settled(page);
    const opener = page.getByTestId('holdings').locator(isPhone(page) ? '.list-m button' : 'tbody button').first();
    await opener.click();
    const drawer = page.getByRole('dialog');
    for (const word of ['Free', 'Locked', 'Per account', 'Cost', 'Unrealised P&L', 'Show the Trades page']) await expect(drawer).toContainText(word);
    await expectAccessible(page, 'the asset drawer');
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await expect(opener).toBeFocused();
  });

  test('keep every column on a phone, as a second and third line', async ({ page }) => {
    test.skip(!isPhone(page), 'the table form is asserted above');
    await settled(page);
    const first = page.getByTestId('holdings').locator('.list-m > li').first();
    await expect(first).toContainText(/\$[\d,.]+/);
    await expect(first).toContainText(/[\d,.]+ · [\d,.]+/);
    await expect(first).toContainText(/\d+\.\d\d%/);
    await expect(first).toContainText(/no target|\d\spp/);
  });
});

test.describe('states', () => {
  test('hidden amounts: no amount in text, axes, tooltip or title; percentages stay', async ({ page }) => {
    await prefer(page, { hidden: true });
    await settled(page);
    await expect(page.getByTestId('total-value')).toContainText('•••••');
    await page.getByTestId('chart').getByRole('radio', { name: 'Value $' }).click();
    await page.getByTestId('chart').getByRole('img').focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByTestId('chart').locator('.tip')).toContainText('•••••');
    const text = await page.locator('main').innerText();
    expect(text.match(/[$]\s?\d[\d,.]*\d/g)?.filter((found) => found !== '$5') ?? []).toEqual([]);
    expect(await page.title()).not.toMatch(/\$\d/);
    await expect(page.locator('[data-range="1y"]')).toContainText('%');
    await expectAccessible(page, 'hidden amounts');
  });

  test('demo: hatched strip and badge say so', async ({ page }) => {
    await settled(page);
    await expect(page.locator('.strip.demo').first()).toBeVisible();
  });

  test('error in a panel: what failed, the rest intact, and a way to try again', ONE_WIDTH, async ({ page }) => {
    let fail = true;
    await page.route('**/api/performance/twr-history*', (route) => (fail ? route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'X-Request-Id': 'req-42' }, body: '{"status":503,"title":"Busy","detail":"database busy","code":"database-unavailable"}' }) : route.continue()));
    await open(page);
    const chart = page.getByTestId('chart');
    await expect(chart.getByRole('alert')).toContainText('503');
    await chart.getByRole('button', { name: 'Details' }).click();
    await expect(chart).toContainText('req-42');
    await expect(page.getByTestId('total-value')).toContainText('$');
    await expectAccessible(page, 'an error in a panel');
    fail = false;
    await chart.getByRole('button', { name: 'Try again' }).click();
    await expect(chart.getByRole('img')).toBeVisible();
  });

  test('stale, partial and no price: marked, and out of the total', async ({ page }) => {
    const old = new Date(Date.now() - 14 * 60_000).toISOString();
    await page.route('**/api/portfolio/overview*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { sync: Body } & Body;
      await route.fulfill({ json: { ...body, freshness: 'stale', refreshed_at: old, unpriced: ['FET'], complete: false, sync: { ...body.sync, refreshed_at: old, accounts_ok: 2, accounts_total: 3 } } });
    });
    await open(page);
    const panel = page.locator('section', { has: page.getByTestId('total-value') });
    await expect(panel).toContainText(/14\smin old/);
    await expect(panel).toContainText('2 of 3 accounts');
    await expect(panel).toContainText('no price for FET: left out of the total');
    await expectAccessible(page, 'stale, partial, no price');
  });

  test('long without an answer: figures grey, today’s change paused', ONE_WIDTH, async ({ page }) => {
    await page.route('**/api/portfolio/overview*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as Body), freshness: 'unknown' } });
    });
    await open(page);
    await expect(page.getByTestId('total-value')).toContainText('today’s change is paused');
    await expect(page.getByTestId('change-today')).toHaveCount(0);
    await expectAccessible(page, 'an old value');
  });

  test('not enough data: "not yet" with what is needed, never a zero', ONE_WIDTH, async ({ page }) => {
    await page.route('**/api/performance/stats*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { periods: Record<string, Body>; tracking: Body } & Body;
      const none = { twr_percent: null, benchmark_twr_percent: null, excess_percent: null, max_drawdown_percent: null, benchmark_max_drawdown_percent: null, status: 'unavailable' };
      const periods = { ...body.periods, '2y': { ...body.periods['2y'], ...none, reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z', needs_days: 730, has_days: 412 } };
      await route.fulfill({ json: { ...body, periods, tracking: { ...body.tracking, snapshots: 1 } } });
    });
    await page.route('**/api/performance/twr-history*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as Body), series: [] } });
    });
    await open(page, '/?range=2y');
    await expect(page.locator('[data-range="2y"]')).toContainText('not yet');
    await expect(page.locator('[data-range="2y"]')).toContainText('needs 730 days, has 412');
    await expect(page.getByTestId('against')).toContainText('not yet');
    await expect(page.getByTestId('chart')).toContainText('A return needs two snapshots. One is stored.');
    await expectAccessible(page, 'not enough data');
  });

  test('first run: one sentence, one action, demo beside it', ONE_WIDTH, async ({ page }) => {
    await page.route('**/api/portfolio/overview*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { sync: Body } & Body;
      await route.fulfill({ json: { ...body, environment: 'live', accounts: [], sync: { ...body.sync, accounts_total: 0, accounts_ok: 0 } } });
    });
    await page.goto('/');
    const panel = page.getByTestId('first-run');
    await expect(panel).toContainText('No account yet');
    await expect(panel.getByRole('link', { name: 'Add an account' })).toHaveAttribute('href', '/settings#accounts');
    await expect(panel.getByRole('button')).toHaveCount(1);
    await expectAccessible(page, 'first run');
  });

  test('server away: the last figures stay and the page says so', ONE_WIDTH, async ({ page }) => {
    let away = false;
    await page.route('**/api/**', (route) => (away || route.request().url().endsWith('/api/events') ? route.abort() : route.continue()));
    await settled(page);
    away = true;
    // The page looks again when the browser says it is online; left alone, up to 30 s may pass until its next try.
    await expect(async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await expect(page.getByTestId('away-strip')).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(page.getByTestId('total-value').locator('.big')).toContainText('$');
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toHaveCount(0);
    await expectAccessible(page, 'server away');
  });

  test('loading: boxes of the same size, busy, with no figure', ONE_WIDTH, async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/p*/**', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/');
    await expect(page.locator('.sk').first()).toBeVisible();
    await expect(page.getByTestId('months')).toHaveAttribute('aria-busy', 'true');
    expect(await page.locator('main').innerText()).not.toMatch(/\$0|0\.00/);
    await expectAccessible(page, 'loading');
    release();
    await expect(page.getByTestId('total-value')).toContainText('$');
  });
});

test.describe('gate', () => {
  for (const theme of ['phosphor', 'paper'] as const) {
    test(`axe finds nothing in ${theme}, and nothing scrolls sideways`, async ({ page }) => {
      await prefer(page, { theme });
      await settled(page);
      await expectAccessible(page, theme);
      expect(await sidewaysOverflow(page)).toBe(0);
    });
  }

  test('fits from 320 to 1920 px in both languages', async ({ page }) => {
    for (const language of ['en', 'fr'] as const) {
      await page.addInitScript((value) => localStorage.setItem('preferences', JSON.stringify({ language: value })), language);
      await page.goto('/');
      await expect(page.getByTestId('total-value')).toBeVisible();
      for (const width of [320, 390, 600, 900, 1081, 1180, 1320, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sidewaysOverflow(page), `${language} at ${width}`).toBe(0);
      }
    }
  });
});
