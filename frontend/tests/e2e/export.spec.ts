// All data as one file: what is downloaded is whole, says what it is, and agrees with what the pages show.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';
import { unzipped } from './support/unzip';

interface File { name: string; size_bytes: number; sha256: string }
interface Manifest { environment: string; display_currency: null; made_at: string; lists: { name: string; rows: number; columns: { name: string }[]; files: File[] }[] }
interface List { items: Record<string, string | number | null>[] }

const NAME = /^portfolio-export-\d{8}T\d{6}Z\.zip$/;
const button = (page: Page) => page.getByTestId('backups').getByRole('button', { name: 'Export all data' });
const json = <T>(content: Buffer | undefined): T => JSON.parse(String(content)) as T; // shape of what was written

test.beforeAll(({ request }) => demoReady(request));
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('everything comes as one file that is whole and agrees with the pages', ONE_WIDTH, async ({ page, request }) => {
  await open(page, '/settings#data');
  const coming = page.waitForEvent('download');
  await button(page).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(NAME);
  await expect(page.getByText(`Export made: ${download.suggestedFilename()}.`)).toBeVisible();
  const files = unzipped(readFileSync(await download.path()));
  const told = json<Manifest>(files.get('manifest.json'));
  expect([told.environment, told.display_currency]).toEqual(['demo', null]);
  const named = told.lists.flatMap((list) => list.files);
  expect([...files.keys()].sort()).toEqual([...named.map((file) => file.name), 'manifest.json'].sort());
  const hashes = named.map(({ name }) => createHash('sha256').update(files.get(name) ?? '').digest('hex'));
  expect(hashes).toEqual(named.map((file) => file.sha256));

  const items = (name: string) => json<List>(files.get(`json/${name}.json`)).items;
  const [newest] = ((await (await request.get('/api/audit?limit=1&action=export.all')).json()) as { items: { subject: string; actor: string }[] }).items;
  expect([newest?.subject, newest?.actor]).toEqual([download.suggestedFilename(), 'user']);
  const trades = (await (await request.get('/api/portfolio/trade-history?limit=1')).json()) as { total: number };
  expect(items('trades')).toHaveLength(trades.total);
  const last = items('snapshots').at(-1);
  const shown = ((await (await request.get(`/api/performance/snapshots?limit=1&before=${String(last?.timestamp)}`)).json()) as List).items[0];
  expect([shown?.timestamp, shown?.total_value_usd]).toEqual([last?.timestamp, last?.total_value_usd]);
  expect(items('prices').length).toBeGreaterThan(10_000);
});

test('why there is none is said where it was asked for', ONE_WIDTH, async ({ page }) => {
  const detail = 'The disk of /srv is too full for an export: 120 MB are needed, 3 MB are free';
  await page.route('**/api/portfolio/export/all', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ type: '/problems/export-failed', title: 'Export failed', status: 503, detail, code: 'export-failed' }) }));
  await open(page, '/settings#data');
  await button(page).click();
  await expect(page.getByTestId('backups').getByRole('alert')).toHaveText(`No export was made: ${detail}`);
  await expect(button(page)).toBeEnabled();
  await expectAccessible(page, 'a failed export');
});

test('hidden amounts leave by no file, at any width', async ({ page }) => {
  await prefer(page, { hidden: true });
  await open(page, '/settings#data');
  await expect(button(page)).toBeDisabled();
  await expect(page.getByTestId('backups')).toContainText('Amounts are hidden: show them to export them.');
  await expectAccessible(page, 'data and backup');
  expect(await sidewaysOverflow(page)).toBe(0);
});
