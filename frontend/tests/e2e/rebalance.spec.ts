// Rebalance: a new user in a demo, from an empty list of targets to a finished dry run and an execution on the built-in exchange;
// what is refused, at its field; and the states that a demo does not show by itself.
import { type APIRequestContext, expect, type Locator, type Page, test } from '@playwright/test';
import { alter } from './support/alter';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Run { id: number; state: string; dry_run: boolean; orders: number; filled: number }
interface Plan { plan_id: string; account: number; executable: boolean; expired: boolean; lines: { action: string; asset: string; route: unknown[] }[]; totals: { orders: number; sells: string } }

const API = '/api/rebalancing';
const box = (page: Page, id: string): Locator => page.getByTestId(id);
const leading = (page: Page): Locator => page.locator('main .btn.pri:visible');
const target = (page: Page, coin: string): Locator => page.getByRole('textbox', { name: `Target for ${coin}` });
async function runs(request: APIRequestContext): Promise<Run[]> {
  return ((await (await request.get(`${API}/runs`)).json()) as { items: Run[] }).items; // shape of the API contract
}
/** As a new user finds it. */
async function fresh(request: APIRequestContext): Promise<void> {
  await request.delete(`${API}/allocation?account=1`);
  await request.put(`${API}/settings?account=1`, { data: { strategy: 'manual', threshold_percent: 5, interval_hours: 24, max_turnover_percent: null, limits: { per_trade_usd: null } } });
}
const EQUAL = { BTC: 40, ETH: 30, USDT: 30 };
async function withTargets(page: Page, request: APIRequestContext, allocations: Record<string, number> = EQUAL): Promise<void> {
  expect((await request.post(`${API}/allocation?account=1`, { data: { allocations } })).ok()).toBe(true);
  await open(page, '/rebalance');
  await expect(box(page, 'target-sum')).toContainText('100.00%');
}
async function asked(page: Page, button: 'Make plan' | 'Refresh plan'): Promise<Plan> {
  const answer = page.waitForResponse((one) => one.url().endsWith(`${API}/plan`) && one.request().method() === 'POST');
  await box(page, 'plan').getByRole('button', { name: button }).click();
  return (await (await answer).json()) as Plan; // shape of the API contract
}
/** Balances that moved a moment ago (another test did, or a run) keep a plan from being executed: it says so, and is made again. */
async function planned(page: Page, button: 'Make plan' | 'Refresh plan' = 'Make plan'): Promise<Plan> {
  let plan = await asked(page, button);
  await expect(async () => {
    if (!plan.executable) plan = await asked(page, 'Refresh plan');
    expect(plan.executable).toBe(true);
  }).toPass({ timeout: 100_000, intervals: [1000] });
  await expect(box(page, 'plan-age')).toContainText(/Prices \d+\ss old/);
  return plan;
}

test.describe.configure({ timeout: 180_000 });
test.beforeAll(async ({ request }) => demoReady(request));
test.beforeEach(async ({ request }) => fresh(request));
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('from an empty list of targets to a finished dry run and an execution in the demo', async ({ page, request }) => {
  await open(page, '/rebalance');
  await expect(leading(page)).toHaveCount(1);
  await expect(leading(page)).toHaveText('Start from what you hold');
  await expectAccessible(page, 'empty list of targets');
  await leading(page).click();
  await expect(box(page, 'target-sum')).toContainText('Sum 100.00%');
  await page.getByRole('button', { name: 'Equal weights' }).click();
  await target(page, 'BTC').fill(isPhone(page) ? '60' : '0'); // far from what is held, whoever traded before
  await page.getByRole('button', { name: 'Scale to 100' }).click();
  await expect(leading(page)).toHaveText('Save targets');
  await leading(page).click();
  await expect(leading(page)).toHaveText('Make plan');
  const plan = await planned(page);
  await expect(page).toHaveURL(/step=plan/);
  expect(plan.totals.orders).toBeGreaterThan(0);
  const rows = box(page, 'plan').locator(isPhone(page) ? '.list-m > li' : 'tbody tr');
  await expect(rows).toHaveCount(plan.lines.length);
  for (const [i, { action, asset }] of plan.lines.entries()) await expect(rows.nth(i)).toContainText(new RegExp(`${({ SELL: 'Sell', BUY: 'Buy', SKIP: 'Skip' })[action] ?? ''}.*${asset}`, 's'));
  expect(plan.lines.findLastIndex(({ action }) => action === 'SELL')).toBeLessThan(plan.lines.findIndex(({ action }) => action === 'BUY'));
  await expectAccessible(page, 'plan');

  await expect(leading(page)).toHaveText('Dry run');
  await leading(page).click();
  await expect(page).toHaveURL(/step=execute.*run=\d+/);
  await expect(box(page, 'run-state')).toHaveText('Dry run complete');
  await expect(box(page, 'execution').locator('[data-leg]')).toHaveCount(plan.totals.orders);
  await expect(box(page, 'execution')).toContainText('Not sent');
  expect((await runs(request))[0]).toMatchObject({ dry_run: true, state: 'complete', filled: 0 });
  await expect(leading(page)).toHaveText('Refresh plan');
  await planned(page, 'Refresh plan');
  await expect(box(page, 'plan').getByRole('button', { name: /^Simulate \d+ orders?$/ })).toBeEnabled();
  await box(page, 'plan').getByRole('button', { name: /^Simulate/ }).click();
  await expect(box(page, 'run-state')).toHaveText('Complete', { timeout: 60_000 });
  await expect(box(page, 'execution').locator('[data-state="FILLED"]')).not.toHaveCount(0);
  await expect(box(page, 'execution')).toContainText(/slippage [+-]?\d/);
  await expectAccessible(page, 'execution');
  const done = (await runs(request))[0];
  expect(done).toMatchObject({ dry_run: false, state: 'complete' });
  expect(done?.filled).toBe(done?.orders);

  await page.getByRole('button', { name: 'Plan against fills' }).first().click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('region', { name: 'Plan against fills' }).locator('tbody tr')).toHaveCount(done?.orders ?? -1);
  await expect(box(page, 'run-score')).toContainText(/Worth without this run/, { timeout: 90_000 }); // once its orders are booked
  await expect(box(page, 'score-lines').locator('tbody tr')).not.toHaveCount(0);
  const fills = drawer.getByRole('region', { name: 'Plan against fills' });
  expect(await fills.evaluate((one) => one.scrollHeight - one.clientHeight), 'no row is cut off by what is below').toBeLessThan(2);
  await expectAccessible(page, 'plan against fills');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(box(page, 'runs')).toContainText(/By hand/);

  await box(page, 'score-all').click();
  await expect(box(page, 'score-sum')).toContainText('Worth without the runs');
  await expectAccessible(page, 'score of all runs');
});

test('the sum is always in sight, and nothing is planned while it is not 100', async ({ page, request }) => {
  await withTargets(page, request);
  await target(page, 'BTC').fill('39,5');
  await expect(box(page, 'target-sum')).toContainText('99.50%, 0.50% left');
  await expect(box(page, 'plan').getByRole('button', { name: 'Make plan' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Add to USDT' }).click();
  await expect(target(page, 'USDT')).toHaveValue('30.50');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Scale to 100' }).click();
  await expect(box(page, 'target-sum')).toContainText('Sum 100.00%');
  await page.getByRole('button', { name: 'Use current' }).click();
  await expect(box(page, 'target-sum')).toContainText('Sum 100.00%');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(target(page, 'BTC')).toHaveValue('40.00');
});

test('each refused input says at its field what to change', async ({ page, request }) => {
  await withTargets(page, request);
  await target(page, 'ETH').fill('x');
  await expect(page.locator('#target-error-ETH')).toHaveText(/Type a percent from 0 to 100/);
  await expect(target(page, 'ETH')).toHaveAttribute('aria-invalid', 'true');
  await target(page, 'ETH').fill('30');
  await page.getByRole('button', { name: 'Add asset' }).click();
  await page.getByRole('combobox', { name: 'Coin' }).fill('btc');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(box(page, 'targets')).toContainText('It is in the list already');
  await page.getByRole('combobox', { name: 'Coin' }).fill('NOSUCH');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(target(page, 'NOSUCH')).toBeFocused();
  await target(page, 'NOSUCH').fill('10');
  await target(page, 'ETH').fill('20');
  await page.getByRole('button', { name: 'Save targets' }).click();
  await expect(page.locator('#target-error-NOSUCH')).toHaveText(/Not on this exchange: check the name/);
  await page.getByRole('button', { name: 'Remove NOSUCH' }).click();
  await page.getByRole('button', { name: 'Scale to 100' }).click();

  const strategy = box(page, 'strategy');
  for (const [label, wrong, words] of [['Band around target', '0', 'Type a number from 0.01 to 100.'], ['Check every', '0.1', 'Type a number from 0.5 to 8,760.'], ['Max CoinMarketCap rank', '1.5', 'Type a whole number from 1 to 10,000. Or leave it empty for none.']] as const) {
    const field = strategy.getByLabel(label);
    const kept = await field.inputValue();
    await field.fill(wrong);
    await expect(strategy.locator('.err')).toHaveText(words);
    await expect(strategy.getByRole('button', { name: 'Save strategy' })).toBeDisabled();
    await field.fill(kept);
  }
  await box(page, 'plan').getByRole('radio', { name: 'Buy with new money' }).click();
  await box(page, 'plan').getByRole('button', { name: 'Make plan' }).click();
  await expect(box(page, 'plan').locator('.err')).toHaveText('Type an amount above 0, such as 500.');
  await box(page, 'plan').getByLabel('New money to put in').fill('99999999');
  await box(page, 'plan').getByRole('button', { name: 'Make plan' }).click();
  await expect(box(page, 'plan').locator('.err')).toHaveText(/^Put in at most [\d.]+ USDT/);

  const convert = box(page, 'convert');
  await convert.getByRole('button', { name: 'Try as dry run' }).click();
  await expect(convert.locator('.err')).toHaveText(['Choose a coin that you hold.', 'Type the coin that you want, such as USDT.', 'Type an amount above 0, such as 500.']);
  await convert.getByLabel('From').selectOption('BTC');
  await convert.getByLabel('To').fill('btc');
  await convert.getByLabel('Amount').fill('99,999');
  await expect(convert.locator('.err').last()).toHaveText('99,999 can be read in two ways: type 99999 or 99.999.');
  await convert.getByLabel('Amount').fill('99 999,00');
  await expect(convert).toContainText('read as 99,999');
  await expect(convert.locator('.err')).toHaveText(['Type another coin than the one that is given.', /^Only [\d.]+ BTC is free: type less\.$/]);

  const safety = box(page, 'safety');
  await safety.getByRole('button', { name: 'Change' }).click();
  await safety.getByLabel('Max slippage per order').fill('');
  await expect(safety.locator('.err')).toHaveText('Type a number from 0.01 to 50.');
  await expectAccessible(page, 'refused inputs');
});

test('strategy and limits are kept, and a step aside asks before it drops what is not', async ({ page, request }) => {
  await withTargets(page, request);
  const strategy = box(page, 'strategy');
  await strategy.getByRole('radio', { name: 'Threshold' }).click();
  await strategy.getByLabel('Band around target').fill('0.75');
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.evaluate(() => document.querySelector<HTMLAnchorElement>('a[href="/trades"]')?.click());
  await expect(page).toHaveURL(/\/rebalance/);
  await strategy.getByRole('button', { name: 'Save strategy' }).click();
  await expect(strategy.getByRole('button', { name: 'Save strategy' })).toBeHidden();
  expect(await (await request.get(`${API}/settings?account=1`)).json()).toMatchObject({ strategy: 'threshold', threshold_percent: 0.75, dry_run: true });
  await expect(box(page, 'automatic')).not.toContainText('by hand only');
  await box(page, 'safety').getByRole('button', { name: 'Pause all automatic runs' }).click();
  await expect(box(page, 'automatic')).toContainText('paused');
  await box(page, 'safety').getByRole('button', { name: 'Let automatic runs go on' }).click();
  await expect(box(page, 'automatic')).not.toContainText('paused');
  const badge = page.getByTestId('outside-badge');
  const { outside } = (await (await request.get(`${API}/allocation?account=1`)).json()) as { outside: number };
  if (outside > 0 && !isPhone(page)) await expect(badge).toContainText(String(outside));
  await expect(box(page, 'would-trigger')).toContainText(outside ? `${String(outside)} asset` : 'none');
});

test('the kill switch stops everything, says so, and is lifted', ONE_WIDTH, async ({ page, request }) => {
  await withTargets(page, request);
  const safety = box(page, 'safety');
  await safety.getByRole('button', { name: 'Stop all trading' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop all trading' }).click();
  await expect(safety).toContainText('The kill switch is on since');
  try {
    await planned(page);
    await box(page, 'plan').getByRole('button', { name: /^Simulate/ }).click();
    await expect(box(page, 'plan').getByText('The kill switch is on: lift it under Safety limits.')).toBeVisible();
  } finally {
    await safety.getByRole('button', { name: 'Lift the kill switch' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Lift the kill switch' }).click();
    await expect(safety).not.toContainText('The kill switch is on since');
  }
});

test('a plan older than 60 s must be refreshed before it can be executed', ONE_WIDTH, async ({ page, request }) => {
  await page.clock.install();
  await withTargets(page, request);
  await planned(page);
  await page.clock.fastForward(61_000);
  await expect(box(page, 'plan-age')).toContainText('Older than 60 s: refresh the plan');
  for (const name of [/^Dry run$/, /^Simulate/]) await expect(box(page, 'plan').getByRole('button', { name })).toBeDisabled();
  await expect(leading(page)).toHaveText('Refresh plan');
});

test('orders on an exchange are confirmed by the name of the account, with the focus on Cancel', async ({ page, request }) => {
  await alter(page, /^\/api\/accounts$/, (body) => {
    for (const one of body.items as { environment: string }[]) one.environment = 'testnet';
  });
  await withTargets(page, request);
  await planned(page);
  let sent: Record<string, unknown> | null = null;
  await page.route((url) => url.pathname === `${API}/execute`, (route) => {
    sent = route.request().postDataJSON() as Record<string, unknown>;
    return route.fulfill({ status: 409, contentType: 'application/problem+json', json: { title: 'x', status: 409, detail: 'x', code: 'price-moved' } });
  });
  await box(page, 'plan').getByRole('button', { name: /^Place \d+ orders?…$/ }).click();
  await expect(page).toHaveURL(/step=confirm/);
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(dialog).toContainText(/sells?, then \d+ buy/);
  await expectAccessible(page, 'confirm');
  await dialog.getByRole('textbox', { name: 'Type demo to confirm' }).fill('someone else');
  await dialog.getByRole('textbox', { name: 'Type demo to confirm' }).press('Enter');
  await expect(dialog.locator('.err')).toHaveText('Type the name exactly as it is: demo');
  expect(sent).toBeNull();
  await dialog.getByRole('textbox', { name: 'Type demo to confirm' }).fill('demo');
  await dialog.getByRole('button', { name: /^Place \d+ orders?$/ }).click();
  await expect(dialog.locator('.err')).toHaveText(/Prices have moved further/);
  expect(sent).toMatchObject({ dry_run: false, confirmation: 'demo' });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('while a run goes on every page leads back to it', async ({ page, request }) => {
  const newest = (await runs(request))[0];
  expect(newest).toBeDefined();
  const goes = (body: Record<string, unknown>): void => void Object.assign(body, { state: 'running', finished_at: null });
  await alter(page, /\/rebalancing\/runs$/, (body) => void (body.items = [{ ...newest, state: 'running', finished_at: null }])); // no other goes on
  await alter(page, /\/rebalancing\/runs\/\d+$/, goes);
  await open(page, '/trades');
  await expect(page.getByTestId('run-bar')).toContainText('A rebalancing run is going on');
  await expectAccessible(page, 'bar of a run');
  expect(await sidewaysOverflow(page)).toBe(0);
  await page.getByTestId('run-bar').getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/rebalance\\?.*run=${String(newest?.id)}`));
  await expect(box(page, 'execution').getByRole('button', { name: 'Stop after this order' })).toBeVisible();
  await expect(page.getByTestId('run-bar')).toBeHidden();
});

test('a plan is for one account: all of them say why not, and only those that may trade are offered', ONE_WIDTH, async ({ page }) => {
  await alter(page, /^\/api\/accounts$/, (body) => {
    const [one] = body.items as Record<string, unknown>[];
    const barred = (reason: string): object => ({ allowed: false, armed: false, armed_until: null, reason, detail: 'x' });
    body.items = [one, { ...one, id: 8, name: 'second' }, { ...one, id: 9, name: 'old statements', trading: barred('no-key') }, { ...one, id: 10, name: 'reader', trading: barred('key-reads-only') }];
  });
  await open(page, '/rebalance');
  const choose = box(page, 'choose-account');
  await expect(choose).toContainText('A plan is for one account');
  await expect(box(page, 'may-not-trade')).toContainText(/old statements.*lives from statements.*reader.*may only read/s);
  await expect(choose.getByRole('button')).toHaveText(['demo', 'second']);
  await expectAccessible(page, 'choice of an account');
  await choose.getByRole('button', { name: 'demo' }).click();
  await expect(box(page, 'targets')).toBeVisible();
});

test('a reload and a shared link show the same plan, too old or gone, and never another', ONE_WIDTH, async ({ page, request }) => {
  await withTargets(page, request);
  const { plan_id } = await planned(page);
  await expect(page).toHaveURL(new RegExp(`plan=${plan_id}`));
  const id = box(page, 'plan').getByText(`plan ${plan_id.slice(0, 8)}`);
  await page.reload();
  await expect(id).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`plan=${plan_id}`));
  await alter(page, new RegExp(`/plan/${plan_id}$`), (body) => (body.expired = true));
  await page.reload();
  await expect(id).toBeVisible();
  await expect(box(page, 'plan-age')).toContainText('Older than 60 s');
  await expect(leading(page)).toHaveText('Refresh plan');
  const next = await planned(page, 'Refresh plan');
  expect(next.plan_id).not.toBe(plan_id);
  await expect(page).toHaveURL(new RegExp(`plan=${next.plan_id}`));
  await open(page, '/rebalance?step=plan&plan=nowhere-1');
  await expect(box(page, 'plan-lost')).toContainText('is not there any more. Make a new one.');
  await expect(box(page, 'plan-age')).toBeHidden();
  await expectAccessible(page, 'plan that is gone');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await alter(page, new RegExp(`/plan/${next.plan_id}$`), (body) => Object.assign(body, { account: 8, account_name: 'second' }));
  await open(page, `/rebalance?step=plan&plan=${next.plan_id}`);
  await expect(box(page, 'other-account')).toContainText('of another account, second');
  await expect(box(page, 'plan-age')).toBeHidden();
});

test('what automatic runs did, left and why is on the page', async ({ page, request }) => {
  await alter(page, /\/automatic\/log$/, (body) => {
    const due = { account: 1, time: '2026-11-20T12:00:04Z', strategy: 'threshold', dry_run: true, reason: null, detail: '', largest_drift_percent: -1.42, largest_drift_asset: 'ETH', put_off: null, run_id: null };
    body.items = [
      { ...due, due: '2026-11-20T12:00:00Z', outcome: 'inside_band' },
      { ...due, due: '2026-11-20T08:00:00Z', outcome: 'not_started', reason: 'kill-switch', largest_drift_percent: null, largest_drift_asset: null },
      { ...due, due: '2026-11-20T04:00:00Z', outcome: 'run', put_off: 'cooldown', run_id: 1 },
    ];
  });
  await withTargets(page, request);
  const rows = box(page, 'automatic-log').locator('li');
  await expect(rows).toHaveText([/Inside the band.*largest drift ETH -1\.42/s, /Not started.*lift it under Safety limits/s, /run 1.*waited for the pause/s]);
  await expectAccessible(page, 'log of automatic runs');
  expect(await sidewaysOverflow(page)).toBe(0);
});

test('trading is armed for a chosen time by the name typed, counts down, and is ended', async ({ page, request }) => {
  let until: string | null = null;
  await alter(page, /^\/api\/accounts$/, (body) => {
    for (const one of body.items as Record<string, unknown>[]) Object.assign(one, { environment: 'testnet', trading: { allowed: true, armed: until !== null, armed_until: until, reason: until ? null : 'trading-disarmed', detail: null } });
  });
  const sent: unknown[] = [];
  await page.route((url) => /\/accounts\/1\/(dis)?arm$/.test(url.pathname), (route) => {
    sent.push(route.request().postDataJSON());
    until = route.request().url().endsWith('/disarm') ? null : new Date(Date.now() + 4 * 3_600_000).toISOString();
    return route.fulfill({ json: { environment: 'demo', id: 1, armed: until !== null, armed_until: until } });
  });
  await withTargets(page, request);
  const arming = box(page, 'arming');
  await planned(page);
  await expect(box(page, 'plan').getByRole('button', { name: /^Place \d+ orders?…$/ })).toBeDisabled();
  await box(page, 'plan').getByRole('button', { name: 'Not armed: go to Trading' }).click();
  await expect(arming).toBeInViewport();
  await expect(arming).toContainText('Not armed: no order is sent');
  await arming.getByLabel('Armed for').selectOption({ value: '240' });
  await arming.getByRole('button', { name: 'Arm…' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expectAccessible(page, 'arming');
  await dialog.getByRole('textbox').fill('else');
  await dialog.getByRole('textbox').press('Enter');
  await expect(dialog.locator('.err')).toHaveText('Type the name exactly as it is: demo');
  await dialog.getByRole('textbox').fill('demo');
  await dialog.getByRole('textbox').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(arming).toContainText(/Armed for (4\sh|3\sh\s59)/);
  await expect(box(page, 'plan').getByRole('button', { name: /Not armed/ })).toBeHidden();
  await arming.getByRole('button', { name: 'Disarm' }).click();
  await expect(arming).toContainText('Not armed: no order is sent');
  expect(sent).toEqual([{ minutes: 240, confirmation: 'demo' }, null]);
});

test('one coin is converted into another, dry, and is in the history', ONE_WIDTH, async ({ page, request }) => {
  await withTargets(page, request);
  const convert = box(page, 'convert');
  await convert.getByLabel('From').selectOption('USDT');
  await convert.getByLabel('To').fill('BTC');
  await convert.getByLabel('Amount').fill('100');
  await convert.getByRole('button', { name: 'Try as dry run' }).click();
  await expect(page.getByRole('dialog')).toContainText('Dry run');
  await page.keyboard.press('Escape');
  await expect(box(page, 'converted')).toContainText(/Would give .*USDT.*BTC/);
  await expect(box(page, 'conversions')).toContainText(/USDT › BTC/);
});

test('strategies compared: progress, holding among the lines, what it rests on, and a cancel', async ({ page, request }) => {
  test.setTimeout(240_000);
  await withTargets(page, request);
  const compare = box(page, 'compare-strategies');
  await compare.getByRole('radio', { name: '1y' }).click();
  await compare.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(compare.getByRole('progressbar')).toBeVisible();
  await expect(compare.getByRole('progressbar')).toBeHidden({ timeout: 150_000 });
  const rows = compare.locator(isPhone(page) ? '.list-m > li' : '.tw table tbody tr');
  await expect(rows).toHaveCount(4);
  await expect(rows.last()).toContainText('Buy and hold');
  await expect(compare.getByRole('img')).toHaveAttribute('aria-label', /Threshold 5.*Buy and hold/);
  await expect(compare).toContainText('Past prices only');
  await expectAccessible(page, 'strategies compared');
  expect(await sidewaysOverflow(page)).toBe(0);
  await compare.getByText('Costs and heat map').click();
  await compare.getByRole('switch', { name: 'All presets as a heat map' }).click();
  await compare.getByRole('button', { name: 'Compare', exact: true }).click();
  await compare.getByRole('button', { name: 'Cancel' }).click();
  await expect(compare.getByText(/^Cancelled/)).toBeVisible({ timeout: 60_000 });
  await expect(box(page, 'heat-presets')).toBeVisible();
  await expectAccessible(page, 'heat map');
});

for (const language of ['en', 'fr'] as const) {
  test(`no page scrolls sideways from 320 to 1920 px, in ${language}`, async ({ page, request }) => {
    await request.post(`${API}/allocation?account=1`, { data: { allocations: EQUAL } });
    await prefer(page, { language });
    await open(page, '/rebalance');
    await box(page, 'plan').getByRole('button', { name: language === 'en' ? 'Make plan' : 'Faire le plan' }).click();
    await expect(box(page, 'plan-age')).toBeVisible();
    await page.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
    for (const width of isPhone(page) ? [320, 390, 430] : [901, 1080, 1180, 1320, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysOverflow(page), String(width)).toBe(0);
    }
    await expectAccessible(page, `rebalance, ${language}`);
  });
}

test('by keyboard alone: targets to a plan', async ({ page, request }) => {
  test.skip(isPhone(page), 'a phone has no keyboard');
  await withTargets(page, request);
  await target(page, 'BTC').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('35');
  await expect(box(page, 'target-sum')).toContainText(/left|too much/);
  await page.getByRole('button', { name: 'Scale to 100' }).focus();
  await page.keyboard.press('Enter');
  await box(page, 'plan').getByRole('button', { name: 'Make plan' }).focus();
  await page.keyboard.press('Enter');
  await expect(box(page, 'plan-age')).toBeVisible();
  await page.getByTestId('steps').getByRole('button', { name: /Targets/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/step=plan/);
});
