// The System page: each element of the design, and each state of the way to the exchange, with the accessibility gate.
import { expect, type Page, test } from '@playwright/test';
import { alter, minutesAgo } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

const OVERVIEW = /^\/api\/portfolio\/overview$/;
const HEALTH = /^\/health$/;
const TEST = /^\/api\/portfolio\/connection\/test$/;

async function expectGood(page: Page, where: string): Promise<void> {
  await expectAccessible(page, where);
  expect(await sidewaysOverflow(page), where).toBe(0);
}

/** An account that could not be read, for this reason. */
async function failing(page: Page, code: string, detail: string, severity = 'warn'): Promise<void> {
  await alter(page, OVERVIEW, (body) => {
    body.attention = [{ kind: 'sync_failed', severity, params: { account: 'vault', code, detail }, href: '/system' }];
    body.sync = { ...(body.sync as object), status: 'failing', error: detail };
  });
  await alter(page, HEALTH, (body) => {
    Object.assign(body, { status: 'degraded', sync_status: 'failing', detail });
    body.components = (body.components as { name: string }[]).map((one) => (one.name === 'exchange' ? { ...one, status: 'down', detail } : one));
  });
}

const row = (page: Page, name: string) => (isPhone(page) ? page.getByRole('region', { name: 'Components' }).getByRole('listitem').filter({ hasText: name }) : page.getByRole('row').filter({ hasText: name }));

test.beforeAll(({ request }) => demoReady(request));
// An answer that is still on its way when a test ends has nobody to change it for.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('four figures: state, up since, refreshes of the last day, clock offset', async ({ page }) => {
  await alter(page, HEALTH, (body) => Object.assign(body, { refreshes_24h: { worked: 2878, failed: 2, worked_percent: 99.93055556, since: minutesAgo(23 * 60 + 30), reason: null } }));
  await open(page, '/system');
  await expect(page.getByTestId('kpi-state')).toContainText('Working');
  await expect(page.getByTestId('kpi-up')).toContainText(/\d+\s(s|min|h|d).*v\d+\.\d+\.\d+, \d+ \w+ \d{4}/s);
  await expect(page.getByTestId('kpi-sync')).toContainText(/Sync, last 24 h\s*99\.93%\s*2,878 of 2,880 worked$/);
  await expect(page.getByTestId('kpi-offset')).toContainText(/\d\s(ms|s|min|h|d)/);
});

test('while less than an hour is counted no share is told, but what is counted and since when', ONE_WIDTH, async ({ page, request }) => {
  const { refreshes_24h: counted } = (await (await request.get('/health')).json()) as { refreshes_24h: { reason: string | null } };
  expect(counted.reason).toBe('too_short'); // the demo has just begun
  await open(page, '/system');
  await expect(page.getByTestId('kpi-sync')).toContainText(/not yet\s*\d+ of \d+ worked since (\d+ \w+ \d{4}, )?\d\d:\d\d/);
  await expect(page.getByTestId('kpi-sync')).not.toContainText('%');
  await expectGood(page, 'counting');
});

test('latencies of the last hour with their course, also of before the page was opened', async ({ page }) => {
  await alter(page, /^\/api\/logs\/latency$/, (body) => {
    const series = Array.from({ length: 40 }, (_, i) => ({ t: minutesAgo(60 - 1.5 * i), ms: 150 + ((i * 37) % 90) }));
    body.items = [{ component: 'exchange', median_ms: 182, samples: 120, since: minutesAgo(59), series }];
  });
  await open(page, '/system');
  await expect(row(page, 'Exchange REST')).toContainText(/median 182\sms/);
  if (isPhone(page)) return;
  await expect(row(page, 'Exchange REST').locator('svg path')).toHaveAttribute('d', /L/);
  await expect(row(page, 'Exchange REST')).toContainText(/median of 120 runs since (\d+ \w+ \d{4}, )?\d\d:\d\d/);
});

test('one row a component with its state in words, as /health has them', async ({ page, request }) => {
  const health = (await (await request.get('/health')).json()) as { components: { name: string; status: string }[] };
  await open(page, '/system');
  for (const [name, label] of [['exchange', 'Exchange REST'], ['collector', 'Balance refresh'], ['snapshots', 'Snapshots'], ['database', 'Database'], ['simulator', 'Simulator']] as const) {
    const { status } = health.components.find((one) => one.name === name) ?? { status: 'absent' };
    await expect(row(page, label)).toContainText({ ok: 'Working', starting: 'Starting', warning: 'Warning', down: 'Not working' }[status] ?? 'absent');
  }
  await expect(row(page, 'Exchange REST')).toContainText(/[\d,]+ of [\d,]+ weight/);
  await expect(row(page, 'Balance refresh')).toContainText(/every \d+\ss/);
  await expect(row(page, 'Snapshots')).toContainText(/next in \d+:\d\d/);
  await expect(row(page, 'Live updates')).toContainText('flowing');
  await page.keyboard.press('r'); // something is used in this minute
  await expect(page.getByTestId('limits')).toContainText(/Spot.*[\d,]+ of 6,000/s);
});

test('the log holds what happened before the page was opened', ONE_WIDTH, async ({ page, request }) => {
  const { items } = (await (await request.get('/api/logs?limit=14')).json()) as { items: { id: number }[] };
  expect(items.length).toBeGreaterThan(2);
  await open(page, '/system');
  const lines = page.getByTestId('log').getByRole('listitem');
  await expect(lines.nth(2)).toBeVisible();
  await expect(lines.filter({ hasText: /balances demo \d+ assets? [\d,]+\sm?s/ }).first()).toContainText(/\d\d:\d\d:\d\d\s*ok/);
  await expectGood(page, 'log');
});

test('what happens while it is open is put before it, each line once', ONE_WIDTH, async ({ page, request }) => {
  await open(page, '/system');
  const lines = page.getByTestId('log').getByRole('listitem');
  await expect(lines.first()).toBeVisible();
  const newest = async (): Promise<number> => ((await (await request.get('/api/logs?limit=1')).json()) as { items: { id: number }[] }).items[0]?.id ?? 0;
  const before = await newest();
  await page.keyboard.press('r');
  await expect.poll(newest).toBeGreaterThan(before);
  const told = (await (await request.get('/api/logs?limit=14')).json()) as { items: { at: string }[] };
  await expect(lines.first().locator('time')).toHaveAttribute('datetime', told.items[0]?.at ?? '');
  const shown = await lines.locator('time').evaluateAll((times) => times.map((time) => time.getAttribute('datetime')));
  // What the page had already stays below.
  expect(shown.slice(0, told.items.length)).toEqual(told.items.map(({ at }) => at));
});

test('warnings alone, in words, and older lines on demand', ONE_WIDTH, async ({ page }) => {
  const line = (id: number, over: object = {}) => ({ id, at: minutesAgo(100 - id), level: 'ok', task: 'balances', account: 1, code: null, detail: '', numbers: { assets: 10 }, duration_ms: 384, ...over });
  const failed = line(40, { level: 'retry', code: 'exchange-unavailable', detail: 'The exchange did not answer in time: nothing came within 10 s, and this sentence goes on and on', numbers: { tries: 8 }, duration_ms: null });
  await page.route(/\/api\/logs\?/, (route) => {
    const asked = new URL(route.request().url()).searchParams;
    if (asked.get('level') === 'retry') return route.fulfill({ json: { environment: 'demo', items: [failed], next_cursor: null } });
    const first = asked.get('cursor') === null;
    const items = first ? [line(42), line(41), failed] : [line(39), line(38)];
    return route.fulfill({ json: { environment: 'demo', items, next_cursor: first ? '1-40' : null } });
  });
  await open(page, '/system');
  const log = page.getByTestId('log');
  const lines = log.getByRole('listitem');
  await expect(lines).toHaveCount(3);
  await log.getByRole('button', { name: 'Show older lines' }).click();
  await expect(lines).toHaveCount(5);
  await expect(log.getByRole('button', { name: 'Show older lines' })).toHaveCount(0);
  await log.getByRole('radio', { name: 'Warnings' }).click();
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(/retry.*did not answer in time.*goes on and on \(try 8\)/);
  await expectGood(page, 'warnings');
});

test('a log without warnings says so', ONE_WIDTH, async ({ page }) => {
  await page.route(/\/api\/logs\?.*level=retry/, (route) => route.fulfill({ json: { environment: 'demo', items: [], next_cursor: null } }));
  await open(page, '/system');
  await page.getByTestId('log').getByRole('radio', { name: 'Warnings' }).click();
  await expect(page.getByTestId('log')).toContainText('No warning in the log.');
});

test('the connection test runs on demand and says what the key may do', async ({ page }) => {
  await open(page, '/system');
  const panel = page.getByTestId('connection-test');
  await panel.getByRole('button', { name: 'Test the connection' }).press('Enter');
  await expect(panel).toContainText('The connection works');
  await expect(panel).toContainText(/Reading\s*allowed/);
  await expect(panel.getByRole('button', { name: 'Test again' })).toBeFocused();
  await expectGood(page, 'connection test');
});

test('a key that may withdraw, from any address: what to change', ONE_WIDTH, async ({ page }) => {
  await alter(page, TEST, (body) => Object.assign(body, { environment: 'live', can_withdraw: true, ip_restricted: false }));
  await open(page, '/system');
  const panel = page.getByTestId('connection-test');
  await panel.getByRole('button', { name: 'Test the connection' }).click();
  await expect(panel).toContainText('The connection works, with something to change');
  await expect(panel).toContainText('Switch “Enable Withdrawals” off');
  await expect(panel).toContainText('Restrict the key to the address of this machine');
  await expectGood(page, 'findings');
});

test('a test that the exchange refuses says why and what to do', ONE_WIDTH, async ({ page }) => {
  const unknown = { server_time: null, clock_offset_ms: null, latency_ms: null, can_read: false, can_trade: null, can_withdraw: null, ip_restricted: null };
  await alter(page, TEST, (body) => Object.assign(body, unknown, { ok: false, code: 'credentials-refused', detail: 'The exchange does not serve the region of this address [451]' }));
  await open(page, '/system');
  const panel = page.getByTestId('connection-test');
  await panel.getByRole('button', { name: 'Test the connection' }).click();
  await expect(panel).toContainText('The connection does not work');
  await expect(panel).toContainText('Binance does not serve the country');
  await expect(panel).toContainText(/Withdrawing\s*not known/);
  await expectGood(page, 'refused test');
});

test('with many accounts the test asks for one of them', ONE_WIDTH, async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    const [first] = body.accounts as object[];
    body.accounts = Array.from({ length: 140 }, (_, i) => ({ ...first, id: i + 1, name: `account-${String(i + 1)}` }));
  });
  await open(page, '/system');
  const asked = page.waitForRequest((request) => request.url().includes('/connection/test?account=77'));
  await page.route(/connection\/test\?account=77/, (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"title":"Not found","status":404,"detail":"There is no account 77","code":"not-found"}' }));
  const panel = page.getByTestId('connection-test');
  await panel.getByLabel('Account').selectOption({ label: 'account-77' });
  await panel.getByRole('button', { name: 'Test the connection' }).click();
  await asked;
  await expect(panel.getByRole('status')).toContainText('The test could not be run: There is no account 77');
});

const TROUBLES: [string, string, RegExp, RegExp][] = [
  ['credentials-refused', 'The exchange refused the API key: Invalid API-key, IP, or permissions for action. [-2015]', /vault: key refused/i, /API Management/],
  ['credentials-refused', 'The exchange does not serve the region of this address [451]', /vault: not served in this country \(451\)/i, /HTTPS_PROXY/],
  ['exchange-limited', 'This address is banned by the exchange for a while [418]', /vault: address banned/i, /Nothing is sent until the ban ends/],
  ['exchange-limited', 'Too many requests [-1003]', /vault: asked to wait/i, /go on by themselves/],
  ['exchange-unavailable', 'The proxy did not let the request through (HTTPS_PROXY)', /vault: the proxy/i, /Check HTTPS_PROXY/],
  ['clock-skew', 'The exchange refused the time stamp [-1021]: the clocks differ', /vault: the clocks differ/i, /NTP/],
];
for (const [code, detail, title, advice] of TROUBLES) {
  test(`${title.source} in words, with what to do`, ONE_WIDTH, async ({ page }) => {
    await failing(page, code, detail, code === 'credentials-refused' ? 'danger' : 'warn');
    await open(page, '/system');
    const notes = page.getByTestId('troubles');
    await expect(notes).toContainText(title);
    await expect(notes).toContainText(advice);
    await expect(notes).toContainText(detail);
    await expect(row(page, 'Exchange REST')).toContainText('Not working');
    await expect(page.getByTestId('kpi-state')).toContainText('1 warning');
    await expectGood(page, title.source);
  });
}

test('a ban says until when, at the limit and in words', ONE_WIDTH, async ({ page }) => {
  await failing(page, 'exchange-limited', 'This address is banned by the exchange: 85 s left');
  await alter(page, HEALTH, (body) => {
    body.limits = [{ host: 'api.binance.com', pool: 'api', used: 6000, limit: 6000, window_s: 60, silent_until: minutesAgo(-2), banned: true }];
    body.components = (body.components as { name: string }[]).map((one) => (one.name === 'exchange' ? { ...one, status: 'down', detail: 'banned' } : one));
  });
  await open(page, '/system');
  await expect(page.getByTestId('troubles')).toContainText(/banned for a while, until \d\d:\d\d:\d\d/i);
  await expect(page.getByTestId('limits')).toContainText(/api\.binance\.com.*6,000 of 6,000.*banned until \d\d:\d\d:\d\d/s);
  await expectGood(page, 'banned');
});

test('a total that lacks a wallet is said here too', ONE_WIDTH, async ({ page }) => {
  await alter(page, OVERVIEW, (body) => Object.assign(body, { complete: false, status: 'estimated', reason: 'partial', attention: [] }));
  await open(page, '/system');
  await expect(page.getByTestId('troubles')).toContainText('not every wallet could be read');
});

test('a history that is being read shows how far', ONE_WIDTH, async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    body.sync = { ...(body.sync as object), import_progress: { done: 14, total: 20, detail: 'trades of BTCUSDT' } };
  });
  await open(page, '/system');
  await expect(page.getByTestId('import-progress')).toContainText('14 of 20 read');
  await expect(page.getByRole('progressbar')).toHaveAccessibleName('How far the history has been read');
  await expectGood(page, 'import');
});

test('streams that are cut: since when and how often', ONE_WIDTH, async ({ page }) => {
  await alter(page, OVERVIEW, (body) => {
    body.sync = { ...(body.sync as object), streams: { state: 'reconnecting', since: minutesAgo(3), last_message_at: minutesAgo(3), reconnects: 4, detail: '' } };
  });
  await open(page, '/system');
  await expect(row(page, 'Exchange stream')).toContainText(/reconnecting for 3\smin, 4 cuts/);
});

test('a clock more than a second off is marked', ONE_WIDTH, async ({ page }) => {
  await alter(page, HEALTH, (body) => Object.assign(body, { environment: 'live', clock_offset_ms: -1840 }));
  await open(page, '/system').catch(() => undefined); // the badge then says LIVE
  await expect(page.getByTestId('kpi-offset')).toContainText('-1,840');
  await expect(page.getByTestId('kpi-offset')).toContainText('set this machine’s clock');
});

for (const language of ['en', 'fr'] as const) {
  test(`fits from 320 to 1920 px in ${language}, and axe finds nothing`, async ({ page }) => {
    await prefer(page, { language });
    await open(page, '/system');
    for (const width of [320, 390, 768, 1080, 1180, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysOverflow(page), `${language} ${String(width)}`).toBe(0);
    }
    await expectAccessible(page, `System in ${language}`);
  });
}

test('the program’s log is followed, opened, narrowed to a request, paused and saved', async ({ page, request }, { retry }) => {
  await open(page, '/system');
  const panel = page.getByTestId('program-log');
  const lines = panel.getByRole('listitem');
  await expect(lines.first()).toBeVisible();
  await expectGood(page, 'program log');
  const id = `from-a-test-${isPhone(page) ? 'phone' : 'desk'}-${String(retry)}`;
  expect((await request.get('/api/logs/lines?limit=0', { headers: { 'X-Request-ID': id } })).status()).toBe(422);
  const mine = lines.filter({ has: page.getByRole('button', { name: id, includeHidden: true }) }); // the other width asks the same
  await expect(mine).toContainText('path=/api/logs/lines status=422'); // it came by itself
  await mine.locator('summary').click();
  await expect(mine.getByText('backend.api.request_log')).toBeVisible();
  await expectGood(page, 'an open line');
  await mine.getByRole('button', { name: id }).click();
  await expect(page).toHaveURL(new RegExp(`request=${id}`));
  await expect(lines).toHaveCount(1);
  await panel.getByRole('combobox', { name: 'Component' }).selectOption('exchange');
  await expect(panel).toContainText('No line matches');
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.getByRole('status')).toHaveText('paused');
  await expectGood(page, 'paused and empty');
  const file = panel.getByRole('link', { name: 'Save' });
  await expect(file).toHaveAttribute('href', new RegExp(`^/api/logs/export\\?.*request_id=${id}`));
});

test('without its database the program’s log is what a process remembers, and says so', ONE_WIDTH, async ({ page }) => {
  await alter(page, /^\/api\/logs\/lines$/, (body) => Object.assign(body, { source: 'memory', newest_id: null, next_before: null, dropped: 12 }));
  await open(page, '/system');
  const panel = page.getByTestId('program-log');
  await expect(panel).toContainText('The database cannot be read');
  await expect(panel).toContainText('12 lines since the start were too many');
  await expectGood(page, 'from memory');
});
