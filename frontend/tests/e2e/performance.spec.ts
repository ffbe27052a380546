// Performance: every element that DESIGN section 4 names, its figures against the API, and the proof of each.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { alter } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const NBSP = /\u00a0/g;
async function api<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  expect(answer.ok(), path).toBe(true);
  return (await answer.json()) as T; // the caller names the path and its shape together
}
const percent = (value: number, digits = 2): string => new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value / 100);
const plainPercent = (value: number): string => new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
const money = (value: string): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', signDisplay: 'exceptZero' }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings
const textOf = async (page: Page, testId: string): Promise<string> => (await page.getByTestId(testId).innerText()).replace(NBSP, ' ');

interface Period { twr_percent: number; twr_annualized_percent: number | null; pnl_usd: string; xirr_percent: number; benchmark_twr_percent: number; excess_percent: number }
interface Point { t: string; twr_percent: number; drawdown_percent: number }

async function settled(page: Page, path = '/performance'): Promise<void> {
  await open(page, path);
  await expect(page.locator('[data-range="total"]')).toContainText('%');
  await expect(page.getByTestId('risk').locator('tbody tr')).toHaveCount(18);
}

// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});

test.describe('figures', () => {
  test('of the strip are those of the API, for the range of the URL', async ({ page }) => {
    await settled(page, '/performance?range=90d');
    await expect(async () => {
      const { periods } = await api<{ periods: Record<string, Period> }>(page, '/api/performance/stats');
      const found = periods['90d'] as Period; // the demo has 800 days
      expect(await textOf(page, 'twr')).toContain(percent(found.twr_percent));
      expect(await textOf(page, 'pnl')).toContain(money(found.pnl_usd));
      expect(await textOf(page, 'xirr')).toContain(percent(found.xirr_percent));
      expect(await textOf(page, 'benchmark')).toContain(percent(found.benchmark_twr_percent));
      expect(await textOf(page, 'annualised')).toContain('shown from 365 days on');
      expect(await textOf(page, 'annualised')).not.toContain('%');
    }).toPass();
    await page.locator('[data-range="1y"]').click();
    await expect(page).toHaveURL(/range=1y/);
    await expect(page.getByTestId('annualised')).toContainText(/[+-]\d+\.\d\d%/);
    await expect(page.getByTestId('risk')).toContainText('Risk, one year');
  });

  test('of risk stand beside the benchmark, each with its definition', async ({ page }) => {
    await settled(page);
    const body = await api<{ volatility: { value: number; benchmark: { value: number } }; sharpe: { value: number } }>(page, '/api/performance/risk?days=365');
    const row = page.locator('[data-measure="volatility"]');
    await expect(row).toContainText(plainPercent(body.volatility.value));
    await expect(row).toContainText(plainPercent(body.volatility.benchmark.value));
    await page.locator('[data-measure="sharpe"] .term').click();
    await expect(page.getByRole('tooltip')).toContainText(/Risk-free rate 0\.00% a year/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tooltip')).toHaveCount(0);
  });

  test('of months and years are those of the API; what is not there is hatched', ONE_WIDTH, async ({ page }) => {
    await settled(page);
    const { items, years } = await api<{ items: { month: string; twr_percent: number | null }[]; years: { year: number; twr_percent: number }[] }>(page, '/api/performance/monthly?months=240');
    for (const { month, twr_percent: value } of items) {
      if (value !== null) await expect(page.locator(`[data-month="${month}"] .sr`)).toContainText(percent(value));
    }
    const heat = page.getByTestId('heat');
    await expect(heat.locator('.na')).toHaveCount(12 * years.length - items.filter((one) => one.twr_percent !== null).length);
    await expect(heat.locator('.cur')).toHaveCount(1);
    for (const { year, twr_percent: value } of years) await expect(heat.getByRole('row').filter({ hasText: String(year) })).toContainText(percent(value, 1));
  });

  test('of the change add up, and the deepest fall heads the table of drawdowns', async ({ page }) => {
    await settled(page);
    const steps = page.getByTestId('change-parts').locator('li');
    await expect(steps).toHaveCount(7);
    const { items } = await api<{ items: { depth_percent: number }[] }>(page, '/api/performance/drawdowns?days=365');
    const first = isPhone(page) ? page.getByTestId('drawdowns').locator('.list-m > li').first() : page.getByTestId('drawdowns').locator('tbody tr').first();
    await expect(first).toContainText(percent(items[0]?.depth_percent ?? NaN));
  });
});

test.describe('comparison', () => {
  test('with 50/50 and with holding only is that of the API', ONE_WIDTH, async ({ page }) => {
    test.slow(); // a new demo holds its line only once the rest of its past stands, and says so until then
    await settled(page);
    await expect.poll(async () => (await api<{ hold_only: { hold_percent: number | null } }>(page, '/api/performance/benchmark?days=365')).hold_only.hold_percent, { timeout: 120_000 }).not.toBeNull();
    await expect(async () => {
      const body = await api<{ index_percent: number; comparison: { difference_usd: string }; hold_only: { hold_percent: number; difference_usd: string } }>(page, '/api/performance/benchmark?days=365');
      const panel = page.getByTestId('shadow');
      await expect(panel.locator('[data-shadow="benchmark"]')).toContainText(percent(body.index_percent));
      await expect(panel.locator('[data-shadow="benchmark"]')).toContainText(money(body.comparison.difference_usd));
      await expect(panel.locator('[data-shadow="hold"]')).toContainText(percent(body.hold_only.hold_percent));
    }).toPass();
    await expect(page.getByTestId('compare')).toHaveCount(0); // one account has nothing to be compared with
  });

  test('of several accounts draws a line each and lists them all', async ({ page }) => {
    await alter(page, /portfolio\/overview$/, (body) => void (body.accounts as object[]).push({ ...(body.accounts as object[])[0], id: 2, name: 'Second' }));
    await alter(page, /performance\/compare$/, (body) => {
      (body.accounts as object[]).push({ ...(body.accounts as object[])[0], id: 2, name: 'Second', twr_percent: 12.5 });
      for (const point of body.series as { twr_percent: (number | null)[] }[]) point.twr_percent.push((point.twr_percent[0] ?? 0) / 3);
    });
    await settled(page);
    const panel = page.getByTestId('compare');
    await expect(panel.locator('.legend')).toContainText('Second');
    await expect(panel.getByRole('img')).toHaveAttribute('aria-label', /Second \+12\.50%/);
    await expect(isPhone(page) ? panel.locator('.list-m > li') : panel.locator('tbody tr')).toHaveCount(2);
    expect(await sidewaysOverflow(page)).toBe(0);
    await expectAccessible(page, 'accounts compared');
  });
});

test.describe('accounts', () => {
  test('of which there are more than ten are chosen by the reader, and the URL remembers them', async ({ page }) => {
    const twelve = Array.from({ length: 12 }, (_, i) => i + 1);
    await alter(page, /portfolio\/overview$/, (body) => {
      const [first] = body.accounts as object[];
      body.accounts = twelve.map((id) => ({ ...first, id, name: `Account ${id}` }));
    });
    await page.route((url) => url.pathname.endsWith('/performance/compare'), async (route) => {
      const url = new URL(route.request().url());
      const asked = url.searchParams.get('accounts');
      url.searchParams.delete('accounts');
      const headers = { ...route.request().headers() };
      delete headers['if-none-match']; // a 304 has no body to change
      const answer = await route.fetch({ url: url.href, headers });
      const body = (await answer.json()) as { accounts: object[]; left_out: number; series: { twr_percent: number[]; value_usd: string[] }[] }; // shape of the API contract
      const ids = asked ? asked.split(',').map(Number) : twelve.slice(0, 10);
      const [first] = body.accounts;
      body.accounts = ids.map((id) => ({ ...first, id, name: `Account ${id}` }));
      body.left_out = asked ? 0 : 2;
      for (const point of body.series) [point.twr_percent, point.value_usd] = [ids.map(() => point.twr_percent[0] ?? 0), ids.map(() => point.value_usd[0] ?? '0')];
      return route.fulfill({ response: answer, json: body });
    });
    await settled(page);
    const panel = page.getByTestId('compare');
    const rows = isPhone(page) ? panel.locator('.list-m > li') : panel.locator('tbody tr');
    await expect(panel.getByTestId('left-out')).toContainText('2 more are left out');
    await expect(rows).toHaveCount(10);
    await panel.getByRole('button', { name: 'Accounts', exact: true }).click();
    const boxes = panel.getByRole('checkbox');
    await expect(boxes).toHaveCount(12);
    await expect(boxes.nth(11)).toBeDisabled();
    await boxes.nth(2).click();
    await expect(rows).toHaveCount(9);
    await boxes.nth(11).click();
    await expect(rows).toHaveCount(10);
    await expect(panel).toContainText('Account 12');
    await expect(panel.getByTestId('left-out')).toHaveCount(0);
    expect(await sidewaysOverflow(page)).toBe(0);
    await expectAccessible(page, 'choice of accounts');
    await page.reload();
    await expect(rows).toHaveCount(10);
    await expect(rows.filter({ hasText: 'Account 12' })).toHaveCount(1);
    await expect(rows.filter({ hasText: /Account 3\b/ })).toHaveCount(0);
  });
});

interface Day { date: string; nav_avg_usd: string; nav_close_usd: string; benchmark_avg_usd: string; return_percent: number }
const plainMoney = (value: string): string => money(value).replace(/^[+]/, '');

test.describe('days', () => {
  test('are those of the API, the newest first, as a table, a file and a chart', async ({ page }) => {
    await settled(page);
    const panel = page.getByTestId('daily');
    const rows = isPhone(page) ? panel.locator('.list-m > li') : panel.locator('tbody tr');
    await expect(rows).toHaveCount(10);
    await panel.getByRole('button', { name: 'Show all 30 days' }).click();
    await expect(rows).toHaveCount(30);
    const { items } = await api<{ items: Day[] }>(page, '/api/performance/daily?days=30');
    const yesterday = items.at(-2) as Day; // the demo has 800 days
    for (const text of [plainMoney(yesterday.nav_avg_usd), plainMoney(yesterday.nav_close_usd), plainMoney(yesterday.benchmark_avg_usd), percent(yesterday.return_percent)]) await expect(rows.nth(1)).toContainText(text);
    const csv = page.waitForEvent('download');
    await panel.getByRole('button', { name: /^CSV/ }).click();
    const lines = readFileSync(await (await csv).path(), 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(31);
    expect(lines.at(-2)?.split(',').slice(0, 3)).toEqual([yesterday.date, yesterday.nav_avg_usd, yesterday.nav_close_usd]);
    await panel.getByRole('radio', { name: 'Chart' }).click();
    await expect(page).toHaveURL(/daily=chart/);
    await expect(panel.getByRole('img')).toHaveAttribute('aria-label', /Average value from \$.* 50\/50 from \$/);
  });

  test('end with how both stand now, in money and percent, and with the last 24 hours', async ({ page }) => {
    await settled(page);
    const panel = page.getByTestId('latest');
    await expect(async () => {
      const { latest } = await api<{ latest: { difference: string; outperformance_pct: number; nav_usd: string } }>(page, '/api/performance/daily?days=30');
      for (const text of [money(latest.difference), percent(latest.outperformance_pct), plainMoney(latest.nav_usd)]) await expect(panel).toContainText(text, { timeout: 500 });
    }).toPass();
    await panel.getByRole('button', { name: 'Show the last 24 hours' }).click();
    const hours = isPhone(page) ? panel.locator('.list-m > li') : panel.locator('tbody tr');
    expect(await hours.count()).toBeGreaterThan(20);
    expect(await sidewaysOverflow(page)).toBe(0);
    await expectAccessible(page, 'the last 24 hours');
  });
});

test.describe('chart', () => {
  test('draws return and drawdown with one crosshair, read by keys', async ({ page }) => {
    await settled(page);
    const chart = page.getByTestId('return-chart');
    const [upper, lower] = [chart.getByRole('img').nth(0), chart.getByRole('img').nth(1)];
    await expect(upper).toHaveAttribute('aria-label', /[+-]\d+\.\d\d% against [+-]\d+\.\d\d%, one year/);
    await expect(lower).toHaveAttribute('aria-label', /Drawdown from peak, one year; deepest -\d+\.\d\d% on/);
    const blank = await lower.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await upper.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(chart.locator('[aria-live]').first()).toHaveText(/Portfolio [+-]?\d+\.\d\d%, 50\/50 [+-]?\d+\.\d\d%, excess \S+\spp, Drawdown -?\d+\.\d\d%, Drawdown of 50\/50 -?\d+\.\d\d%/);
    expect(await lower.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()), 'the crosshair of the plot below').not.toBe(blank);
    await expect(chart.locator('.tip')).toHaveCount(1);
  });

  test('leaves out the benchmark and the cash flows, adds the line of holding only, and has an axis of equal growth', async ({ page }) => {
    await settled(page);
    const chart = page.getByTestId('return-chart');
    await chart.getByRole('switch', { name: '50/50' }).click();
    await expect(chart.locator('.legend')).not.toContainText('50/50');
    await chart.getByRole('switch', { name: 'Held, never traded' }).click();
    await expect(chart.locator('.legend')).toContainText('Held, never traded');
    await chart.getByRole('switch', { name: 'Cash flows' }).click();
    await expect(chart.locator('.legend')).not.toContainText('deposit');
    const linear = await chart.getByRole('img').first().evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await chart.getByRole('radio', { name: 'Log' }).click();
    await expect(page).toHaveURL(/scale=log/);
    await expect.poll(() => chart.getByRole('img').first().evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())).not.toBe(linear);
  });

  test('is one table, one CSV that ends where the page does, and one picture', async ({ page }) => {
    await settled(page);
    const chart = page.getByTestId('return-chart');
    await chart.getByRole('button', { name: 'Show the data as a table' }).click();
    await expect(chart.getByRole('columnheader')).toHaveText(['Date', 'Portfolio', '50/50', 'Drawdown', 'Drawdown of 50/50', 'excess']);
    const csv = page.waitForEvent('download');
    await chart.getByRole('button', { name: /^CSV/ }).click();
    const file = await csv;
    expect(file.suggestedFilename()).toBe('return-and-drawdown-one-year.csv');
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    const { series } = await api<{ series: Point[] }>(page, '/api/performance/twr-history?days=365&points=500');
    expect(lines[0]?.replace('\uFEFF', '')).toBe('Instant (UTC),Portfolio (%),50/50 (%),Drawdown (%),Drawdown of 50/50 (%)');
    expect(lines.length - 1).toBe(series.length);
    const end = series.at(-1) as Point; // the demo has a year
    expect(lines.at(-1)?.split(',').slice(0, 2)).toEqual([new Date(end.t).toISOString(), String(end.twr_percent)]);
    const png = page.waitForEvent('download');
    await chart.getByRole('button', { name: /^PNG/ }).click();
    const picture = readFileSync(await (await png).path());
    expect([...picture.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(picture.length).toBeGreaterThan(10_000);
  });

  test('months and parts of the change are files too', ONE_WIDTH, async ({ page }) => {
    await settled(page);
    for (const [panel, name] of [['monthly-returns', 'monthly-returns'], ['change-parts', 'where-the-change-came-from-one-year']] as const) {
      for (const kind of ['CSV', 'PNG']) {
        const download = page.waitForEvent('download');
        await page.getByTestId(panel).getByRole('button', { name: new RegExp(`^${kind}`) }).click();
        expect((await download).suggestedFilename()).toBe(`${name}.${kind.toLowerCase()}`);
      }
    }
  });
});

test.describe('proof', () => {
  test('opens from each figure and by `e`; the product of its rows is the figure', async ({ page }) => {
    await settled(page, '/performance?range=90d');
    await page.getByTestId('twr').getByRole('button').click();
    await expect(page).toHaveURL(/explain=twr/);
    const drawer = page.getByRole('dialog');
    await expect(drawer.getByTestId('explained')).toHaveText(await page.getByTestId('twr').locator('.d').innerText());
    const body = await api<{ result: number; sub_periods: { return: string }[] }>(page, '/api/performance/explain?metric=twr&days=90');
    const product = body.sub_periods.reduce((growth, piece) => growth * (1 + Number(piece.return)), 1);
    expect(100 * (product - 1)).toBeCloseTo(body.result, 7); // the result has eight decimals
    await expect(drawer.getByTestId('formula')).toContainText(/TWR = \(1 [+-] 0\.\d+\)/);
    await expect(drawer).toContainText(/Snapshots\s*[\d,]+ of [\d,]+ expected/);
    await expectAccessible(page, 'explain drawer');
    await page.keyboard.press('Escape');
    await expect(drawer).toHaveCount(0);
    await expect(page).not.toHaveURL(/explain/);
    await page.getByTestId('xirr').getByRole('button').focus();
    await page.keyboard.press('e');
    await expect(page).toHaveURL(/explain=xirr/);
    await expect(page.getByRole('dialog').getByTestId('inputs')).toBeVisible();
  });
});

test.describe('proof of any figure', () => {
  test('opens from months, years, falls, parts of the change, the benchmark and days', ONE_WIDTH, async ({ page }) => {
    await settled(page, '/performance?range=90d');
    const { items, years } = await api<{ items: { month: string; twr_percent: number | null; complete: boolean }[]; years: { year: number; twr_percent: number }[] }>(page, '/api/performance/monthly?months=240');
    const month = items.findLast((one) => one.complete && one.twr_percent !== null);
    const year = years.at(-2);
    const { items: days } = await api<{ items: Day[] }>(page, '/api/performance/daily?days=30');
    const day = days.at(-2);
    const drawer = page.getByRole('dialog');
    const opened = async (name: string): Promise<string> => {
      const figure = page.locator(`button[data-explain="${name}"]`).filter({ visible: true }).first();
      await figure.scrollIntoViewIfNeeded();
      const text = await figure.innerText();
      await figure.click();
      await expect(page).toHaveURL(new RegExp(`explain=${name}(&|$)`));
      await expect(drawer.getByTestId('explained')).toContainText(/\d/);
      return text;
    };
    const close = async (): Promise<void> => {
      await page.keyboard.press('Escape');
      await expect(drawer).toHaveCount(0);
    };
    await opened(`twr@${month?.month}`);
    await expect(drawer.getByTestId('explained')).toContainText(percent(month?.twr_percent ?? NaN));
    await close();
    await opened(`twr@${year?.year}`);
    await expect(drawer.getByRole('heading', { level: 2 })).toContainText(`TWR, ${year?.year}`);
    await expect(drawer.getByTestId('explained')).toContainText(percent(year?.twr_percent ?? NaN));
    await close();
    for (const name of ['drawdown@1', 'benchmark_difference', 'benchmark_value', 'attribution_prices', `day_average@${day?.date}`, `day_return@${day?.date}`]) {
      const text = await opened(name);
      await expect(drawer.getByTestId('explained'), name).toContainText(text);
      await expect(drawer, name).not.toContainText(/explain\.|performance\./);
      await close();
    }
    await page.locator(`button[data-explain="twr@${month?.month}"]`).focus();
    await page.keyboard.press('e');
    await expect(page).toHaveURL(new RegExp(`explain=twr@${month?.month}`));
    await expectAccessible(page, 'proof of a month');
  });
});

test.describe('states', () => {
  test('each figure of the range tells how far to trust it, and a rate that is one of several says so', ONE_WIDTH, async ({ page }) => {
    await alter(page, /performance\/stats$/, (body) => {
      const periods = body.periods as Record<string, Record<string, unknown>>; // as the API has it
      Object.assign(periods['1y'] ?? {}, { benchmark_status: 'estimated', benchmark_reason: 'old_price', xirr_several_roots: true, excess_percent: null, excess_status: 'unavailable', excess_reason: 'no_price' });
    });
    await settled(page);
    await expect(page.getByTestId('benchmark')).toContainText('estimated');
    await expect(page.getByTestId('twr')).not.toContainText('estimated');
    await expect(page.getByTestId('xirr')).toContainText('several rates fit');
    await expect(page.getByTestId('excess')).toContainText('a coin has no price');
    await expect(page.locator('[data-range="1y"]')).toContainText('est.');
    await expectAccessible(page, 'figures with doubts');
  });

  test('a short history says from when on, and shows no zero', ONE_WIDTH, async ({ page }) => {
    await alter(page, /performance\/stats$/, (body) => {
      const periods = body.periods as Record<string, Record<string, unknown>>; // as the API has it
      Object.assign(periods['1y'] ?? {}, { twr_percent: null, twr_annualized_percent: null, pnl_usd: null, xirr_percent: null, xirr_reason: 'history_too_short', benchmark_twr_percent: null, excess_percent: null, status: 'unavailable', reason: 'history_too_short', available_from: '2027-01-01T00:00:00Z', has_days: 12 });
    });
    await settled(page);
    await expect(page.getByTestId('twr')).toContainText('needs 365 days, has 12');
    expect(await textOf(page, 'performance-strip')).not.toMatch(/0\.00/);
  });

  test('a panel that fails says so, and the rest stands', ONE_WIDTH, async ({ page }) => {
    await page.route('**/api/performance/drawdowns*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Busy', status: 503, detail: 'The database is busy', code: 'busy' }) }));
    await settled(page);
    await expect(page.getByTestId('drawdowns')).toContainText('Try again');
    await expect(page.getByTestId('risk')).toContainText('Sharpe');
  });

  test('hidden amounts stay hidden on the page and in the proof', async ({ page }) => {
    await prefer(page, { hidden: true });
    await settled(page, '/performance?explain=pnl');
    await expect(page.getByRole('dialog').getByTestId('explained')).toContainText('•••••');
    expect(await page.locator('body').innerText()).not.toMatch(/\$\d/);
  });

  for (const language of ['en', 'fr'] as const) {
    test(`is accessible and never wider than its window, ${language}`, async ({ page }) => {
      await prefer(page, { language });
      await open(page, '/performance');
      await expect(page.getByTestId('risk').locator('tbody tr')).toHaveCount(18);
      expect(await sidewaysOverflow(page)).toBe(0);
      await expectAccessible(page, `performance, ${language}`);
      if (isPhone(page)) {
        await page.setViewportSize({ width: 320, height: 700 });
        expect(await sidewaysOverflow(page), '320 px').toBe(0);
      }
    });
  }
});
