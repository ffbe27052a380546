// One figure, wherever it is told: Overview, Performance, the end of the chart, its table, its CSV and each answer of the API.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { demoReady } from './support/demo';
import { isPhone, open } from './support/page';

interface Period { twr_percent: number; benchmark_twr_percent: number; excess_percent: number; pnl_usd: string; max_drawdown_percent: number }
interface Point { t: string; twr_percent: number; benchmark_percent: number; drawdown_percent: number; value_usd: string }
interface Told {
  period: Period;
  end: Point;
  total: string;
  fall: number;
}

const percent = (value: number): string => new Intl.NumberFormat('en-GB', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value / 100);
const money = (value: string, signDisplay: 'auto' | 'exceptZero' = 'auto'): string => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', signDisplay }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings

async function api<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  expect(answer.ok(), path).toBe(true);
  return (await answer.json()) as T; // the caller names the path and its shape together
}

/** Every answer that tells a figure of the window; they must be the same to the last digit. */
async function told(page: Page, range: string, days: number): Promise<Told> {
  const period = (await api<{ periods: Record<string, Period> }>(page, '/api/performance/stats')).periods[range] as Period; // the demo has 800 days
  const twr = await api<Period & { end: string }>(page, `/api/performance/twr/${days}`);
  const pnl = await api<{ pnl_usd: string; end_value_usd: string; end: string }>(page, `/api/performance/pnl/${days}`);
  const { series } = await api<{ series: Point[] }>(page, `/api/performance/twr-history?days=${days}&points=500`);
  const { items } = await api<{ items: { depth_percent: number }[] }>(page, `/api/performance/drawdowns?days=${days}`);
  const risk = await api<{ max_drawdown: { value: number } }>(page, `/api/performance/risk?days=${days}`);
  const explained = await api<{ result: number }>(page, `/api/performance/explain?metric=twr&days=${days}`);
  const { total_value_usd: total } = await api<{ total_value_usd: string }>(page, '/api/portfolio/overview');
  const held = await api<{ total_value_usd: string }>(page, '/api/portfolio/balances');
  const [end, fall] = [series.at(-1) as Point, items[0]?.depth_percent ?? NaN];
  expect([twr.twr_percent, end.twr_percent, explained.result]).toEqual([period.twr_percent, period.twr_percent, period.twr_percent]);
  expect([twr.benchmark_twr_percent, end.benchmark_percent]).toEqual([period.benchmark_twr_percent, period.benchmark_twr_percent]);
  expect([pnl.pnl_usd, pnl.end_value_usd, pnl.end, twr.end]).toEqual([period.pnl_usd, end.value_usd, end.t, end.t]);
  const ratio = Number((100 * risk.max_drawdown.value).toFixed(8)); // risk figures are ratios with all their digits
  expect([ratio, fall]).toEqual([period.max_drawdown_percent, period.max_drawdown_percent]);
  expect(held.total_value_usd).toBe(total);
  return { period, end, total, fall };
}

const textOf = async (page: Page, testId: string): Promise<string> => (await page.getByTestId(testId).innerText()).replace(/\u00a0/g, ' ');

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});

for (const [range, days] of [['90d', 90], ['1y', 365], ['total', 0]] as const) {
  test(`page, chart end, CSV and API agree on ${range}`, async ({ page }) => {
    // What is written down may be a refresh or an hour older than what is asked for next: both are looked at again then.
    await expect(async () => {
      await open(page, `/?range=${range}`);
      await expect(page.locator(`[data-range="${range}"]`)).toContainText('%');
      const { period, total } = await told(page, range, days);
      expect(await page.locator(`[data-range="${range}"]`).innerText()).toContain(percent(period.twr_percent));
      expect((await textOf(page, 'total-value')).replace(/\s/g, '')).toContain(money(total));
      const against = await textOf(page, 'against');
      for (const value of [period.twr_percent, period.benchmark_twr_percent, period.max_drawdown_percent]) expect(against).toContain(percent(value));
      await expect(page.getByTestId('chart').getByRole('img')).toHaveAttribute('aria-label', new RegExp(`\\${percent(period.twr_percent)} against \\${percent(period.benchmark_twr_percent)}`), { timeout: 2_000 });
    }).toPass({ timeout: 45_000 });

    await expect(async () => {
      await open(page, `/performance?range=${range}`);
      await expect(page.getByTestId('risk').locator('tbody tr')).toHaveCount(18);
      const { period, end, fall } = await told(page, range, days);
      expect(await textOf(page, 'twr')).toContain(percent(period.twr_percent));
      expect(await textOf(page, 'pnl')).toContain(money(period.pnl_usd, 'exceptZero'));
      expect(await textOf(page, 'benchmark')).toContain(percent(period.benchmark_twr_percent));
      const falls = page.getByTestId('drawdowns');
      await expect(isPhone(page) ? falls.locator('.list-m > li').first() : falls.locator('tbody tr').first()).toContainText(percent(fall), { timeout: 2_000 });
      await expect(page.locator('[data-measure="max_drawdown"]')).toContainText(percent(fall).replace('-', ''), { timeout: 2_000 });

      const chart = page.getByTestId('return-chart');
      await expect(chart.getByRole('img').first()).toHaveAttribute('aria-label', new RegExp(`\\${percent(end.twr_percent)} against \\${percent(end.benchmark_percent)}`), { timeout: 2_000 });
      await chart.getByRole('button', { name: 'Show the data as a table' }).click();
      const newest = chart.locator('tbody tr').first();
      for (const value of [end.twr_percent, end.benchmark_percent]) await expect(newest).toContainText(percent(value), { timeout: 2_000 });
      const csv = page.waitForEvent('download');
      await chart.getByRole('button', { name: /^CSV/ }).click();
      const last = readFileSync(await (await csv).path(), 'utf8').trim().split('\r\n').at(-1);
      expect(last?.split(',').slice(0, 4)).toEqual([new Date(end.t).toISOString(), ...[end.twr_percent, end.benchmark_percent, end.drawdown_percent].map(String)]);
    }).toPass({ timeout: 45_000 });
  });
}
