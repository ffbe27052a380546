// Cash flows: every element that DESIGN section 4 names, writing through to the real API, and the states.
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { demoReady } from './support/demo';
import { isPhone, ONE_WIDTH, open, prefer, sidewaysOverflow } from './support/page';

interface Flow { id: number; timestamp: string; type: string; amount_usd: string; description: string; source: string; status: string }
interface Flows { items: Flow[]; totals: { deposits: number; withdrawals: number; net_usd: string } }

async function flows(page: Page): Promise<Flows> {
  return (await (await page.request.get('/api/performance/cashflows?limit=1000')).json()) as Flows; // shape of the API contract
}
const money = (value: string, signed = false): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', signDisplay: signed ? 'exceptZero' : 'negative' }).format(value as Intl.StringNumericLiteral); // exact: Intl reads decimal strings

async function settled(page: Page, path = '/cash-flows'): Promise<void> {
  await open(page, path);
  await expect(page.getByTestId('flows').getByText(/\d+ of \d+ cash flows/)).toBeVisible();
}
const rows = (page: Page): Locator => page.getByTestId('flows').locator(isPhone(page) ? '.list-m > li' : 'tbody tr');
const form = (page: Page): Locator => page.getByTestId('flow-form');

/** Yesterday at 12:34 in the page's zone: surely in the past and inside the demo's history. */
function yesterday(): string {
  return new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
}

async function fill(page: Page, values: { amount: string; note: string; type?: 'Deposit' | 'Withdrawal' }): Promise<void> {
  await form(page).getByRole('radio', { name: values.type ?? 'Deposit' }).click();
  await form(page).getByLabel('Amount').fill(values.amount);
  await form(page).getByLabel('Date').fill(yesterday());
  await form(page).getByLabel('Time').fill('12:34');
  await form(page).getByLabel(/^Note/).fill(values.note);
}

async function removeAll(page: Page, note: string): Promise<void> {
  for (const flow of (await flows(page)).items) {
    if (flow.description.startsWith(note) && flow.source === 'manual') await page.request.delete(`/api/performance/cashflows/${flow.id}`, { headers: { 'Idempotency-Key': `clean ${flow.id} ${Date.now()}` } });
  }
}

test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  await demoReady(request);
});

test.describe('elements', () => {
  test.beforeEach(({ page }) => settled(page));

  test('strip: net deposits, deposits, withdrawals, value ÷ net deposits', async ({ page }) => {
    const { totals } = await flows(page);
    await expect(page.getByTestId('net-deposits')).toContainText(money(totals.net_usd));
    await expect(page.getByTestId('net-deposits')).toContainText(/since \d/);
    await expect(page.getByTestId('deposits')).toContainText(new RegExp(`${totals.deposits} flows?`));
    await expect(page.getByTestId('withdrawals')).toContainText(new RegExp(`${totals.withdrawals} flows?`));
    await expect(page.getByTestId('withdrawals')).toContainText(/-\$|\$0\.00/);
    await expect(page.getByTestId('ratio')).toContainText(/\d+\.\d\d ×/);
    await expect(page.getByTestId('ratio')).toContainText('of P&L');
  });

  test('list: date, type, amount, note and account, value before, source', async ({ page }) => {
    const { items } = await flows(page);
    await expect(rows(page)).toHaveCount(items.length);
    const first = rows(page).first();
    const newest = items.toSorted((a, b) => b.timestamp.localeCompare(a.timestamp))[0];
    await expect(first).toContainText(money(newest?.amount_usd ?? '0', true));
    await expect(first).toContainText(newest?.type === 'DEPOSIT' ? 'Deposit' : 'Withdrawal');
    await expect(first).toContainText(/\d{1,2} \w+ \d{4}/);
    await expect(first).toContainText(/Exchange|Manual|CSV|Estimated|To confirm|Pending/);
    await expect(page.getByTestId('flows')).toContainText(/Shown in your time zone, UTC[+-]?\d*/);
    if (isPhone(page)) return;
    await expect(page.getByTestId('flows').getByRole('columnheader')).toHaveText(['Date', 'Type', 'Amount', 'Note, account', 'Value before', 'Source', 'Actions']);
    await expect(page.getByTestId('flows').getByRole('columnheader', { name: 'Date' })).toHaveAttribute('aria-sort', 'descending');
  });

  test('filters by type and text live in the URL', ONE_WIDTH, async ({ page }) => {
    const { items } = await flows(page);
    const of = (type: string): number => items.filter((item) => item.type === type).length;
    await page.getByTestId('flows').getByRole('radio', { name: 'Withdrawals' }).click();
    await expect(page).toHaveURL(/type=WITHDRAW/);
    await expect(rows(page)).toHaveCount(Math.max(1, of('WITHDRAW'))); // an empty list says so in one row
    await page.getByTestId('flows').getByRole('radio', { name: 'Deposits' }).click();
    await expect(rows(page)).toHaveCount(of('DEPOSIT'));
    await page.getByTestId('flows').getByRole('radio', { name: 'All' }).click();
    await page.getByTestId('flows').getByRole('searchbox').fill('no such note');
    await expect(page.getByTestId('flows')).toContainText('Nothing matches the filter.');
    await expect(page).toHaveURL(/q=no/);
  });

  test('sorts by amount as a number', async ({ page }) => {
    test.skip(isPhone(page), 'a phone has the list form, newest first');
    await page.getByTestId('flows').getByRole('columnheader', { name: 'Amount' }).getByRole('button').click();
    await expect(page).toHaveURL(/sort=-amount/);
    const amounts = (await page.getByTestId('flows').locator('tbody td:nth-child(3)').allInnerTexts()).map((text) => Number(text.replace(/[$,+]/g, '')));
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
  });

  test('exports what is shown', ONE_WIDTH, async ({ page }) => {
    const download = page.waitForEvent('download');
    await page.getByTestId('flows').getByRole('button', { name: 'Export' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('cash-flows.csv');
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength((await flows(page)).items.length + 1);
    expect(lines[0]).toContain('time (UTC),type,amount');
  });

  test('chart: value against net deposits, with its table', async ({ page }) => {
    const chart = page.getByTestId('value-chart');
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /Value \$[\d,.]+ against net deposits of \$/);
    await expect(chart).toContainText('the gap is your P&L');
    await chart.getByRole('button', { name: 'Show the data as a table' }).click();
    await expect(chart.getByRole('columnheader')).toHaveText(['Date', 'Value', 'Net deposits']);
  });

  test('what the exchange reported cannot be deleted, only annotated', ONE_WIDTH, async ({ page }) => {
    const found = (await flows(page)).items.find((item) => item.source === 'exchange');
    test.skip(!found, 'the demo has no flow from the exchange');
    await page.getByRole('button', { name: /Edit the note/ }).first().click();
    await expect(form(page)).toContainText('found on the exchange');
    await expect(form(page).getByLabel('Amount')).toHaveCount(0);
    await form(page).getByRole('button', { name: 'Cancel' }).click();
    await expect(form(page)).toContainText('Add a cash flow');
  });
});

test('a flow found on the exchange appears by itself, without a reload', ONE_WIDTH, async ({ page }) => {
  await settled(page);
  const before = await rows(page).count();
  const answer = await page.request.post('/api/demo/actions', { data: { action: 'deposit', asset: 'USDT', amount: '25' }, headers: { 'Idempotency-Key': `e2e ${Date.now()}` } });
  expect(answer.ok()).toBe(true);
  await expect(rows(page)).toHaveCount(before + 1, { timeout: 30_000 });
  await expect(rows(page).first()).toContainText('+$25.00');
  await expect(rows(page).first()).toContainText('Exchange');
});

test.describe('form', () => {
  test.beforeEach(({ page }) => settled(page));

  test('states the effect before saving: which interval is cut, which value is used', async ({ page }) => {
    await fill(page, { amount: '100', note: 'e2e effect' });
    await expect(page.getByTestId('effect')).toHaveText(/Effect on TWR: (the (hour|interval) from \d\d:\d\d.* is cut in two|nothing is cut).*\$[\d,.]+\./s);
  });

  test('refuses zero and the future at their fields', ONE_WIDTH, async ({ page }) => {
    await fill(page, { amount: '0', note: 'e2e refused' });
    await form(page).getByLabel('Date').fill('2099-01-01');
    await form(page).getByRole('button', { name: 'Add deposit' }).click();
    await expect(form(page)).toContainText('An amount of zero is no cash flow.');
    await expect(form(page)).toContainText('This lies in the future.');
    await expect(form(page).getByLabel('Amount')).toBeFocused();
    await expect(form(page).getByLabel('Amount')).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page, 'a refused form');
    expect((await flows(page)).items.some((item) => item.description === 'e2e refused')).toBe(false);
  });

  test('reads comma and point alike, shows the reading, and asks about "3.000"', ONE_WIDTH, async ({ page }) => {
    const amount = form(page).getByLabel('Amount');
    for (const typed of ['1500', '1,500.00', '1.500,00', '1 500,00']) {
      await amount.fill(typed);
      await expect(page.getByTestId('reading')).toHaveText('Read as 1,500.00');
    }
    await amount.fill('3.000');
    await expect(page.getByTestId('which')).toContainText('Which amount is meant?');
    await page.getByTestId('which').getByRole('button', { name: '3,000.00' }).click();
    await expect(page.getByTestId('reading')).toHaveText('Read as 3,000.00');
  });

  test('adds, edits, deletes at once and takes the deletion back', async ({ page }) => {
    await removeAll(page, 'e2e flow');
    const before = (await flows(page)).items.length;
    await fill(page, { amount: '1 234,50', note: 'e2e flow' });
    await form(page).getByRole('button', { name: 'Add deposit' }).click();
    await expect(page.getByText(/added\. Recomputing \d+ months?\./)).toBeVisible();
    await expect(rows(page)).toHaveCount(before + 1);
    const row = rows(page).filter({ hasText: 'e2e flow' });
    await expect(row).toContainText('+$1,234.50');
    await expect(row).toContainText('Manual');

    await row.getByRole('button', { name: /^Edit flow/ }).click();
    await expect(form(page)).toContainText('Edit the flow of');
    await form(page).getByLabel('Amount').fill('1000');
    await form(page).getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText(/changed\. Recomputing \d+ months?\./)).toBeVisible();
    await expect(row).toContainText('+$1,000.00');

    await row.getByRole('button', { name: /^Delete flow/ }).click();
    await expect(row).toHaveCount(0);
    const toast = page.getByText(/deleted\. Recomputing \d+ months?\./);
    await expect(toast).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row).toContainText('+$1,000.00');
    const back = (await flows(page)).items.find((item) => item.description === 'e2e flow');
    expect(back).toMatchObject({ type: 'DEPOSIT', source: 'manual' });
    expect(Number(back?.amount_usd)).toBe(1000);
    await removeAll(page, 'e2e flow');
  });

  test('counts a withdrawal as money that left', ONE_WIDTH, async ({ page }) => {
    await removeAll(page, 'e2e out');
    await fill(page, { amount: '77', note: 'e2e out', type: 'Withdrawal' });
    await form(page).getByRole('button', { name: 'Add withdrawal' }).click();
    await expect(rows(page).filter({ hasText: 'e2e out' })).toContainText('-$77.00');
    await removeAll(page, 'e2e out');
  });

  test('opens by "n" from any page', ONE_WIDTH, async ({ page }) => {
    await open(page, '/');
    await page.locator('main').click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('n');
    await expect(page).toHaveURL(/\/cash-flows$/);
    await expect(form(page).getByLabel('Amount')).toBeFocused();
  });
});

test.describe('states', () => {
  async function change(page: Page, edit: (body: Flows) => unknown): Promise<void> {
    await page.route('**/api/performance/cashflows?*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: edit((await answer.json()) as Flows) });
    });
  }

  test('to confirm: what waits and how it counts meanwhile', async ({ page }) => {
    await change(page, (body) => ({ ...body, items: body.items.map((item, i) => (i === 0 ? { ...item, type: 'DEPOSIT', status: 'to_confirm', reason: 'unexplained_change' } : { ...item, status: 'exact' })) }));
    await settled(page);
    const note = page.getByTestId('to-confirm');
    await expect(note).toContainText('1 deposit found on the exchange waits for you');
    await expect(note).toContainText('Until confirmed it counts as a deposit.');
    await expect(rows(page).first()).toContainText('To confirm');
    await expectAccessible(page, 'to confirm');
  });

  test('empty: one sentence and one action', ONE_WIDTH, async ({ page }) => {
    await change(page, (body) => ({ ...body, items: [], totals: { ...body.totals, deposits: 0, withdrawals: 0, net_usd: '0', first_at: null, value_to_net_ratio: null } }));
    await open(page, '/cash-flows');
    await expect(page.getByTestId('flows')).toContainText('No cash flow yet');
    await expect(page.getByTestId('ratio')).toContainText('not applicable');
    await expectAccessible(page, 'no cash flow');
    await page.getByTestId('flows').getByRole('button', { name: 'Add a cash flow' }).click();
    await expect(form(page).getByLabel('Amount')).toBeFocused();
  });

  test('error in a panel: the form still works', ONE_WIDTH, async ({ page }) => {
    await page.route('**/api/performance/cashflows?*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"title":"Busy","detail":"database busy","code":"database-unavailable"}' }));
    await page.goto('/cash-flows');
    await expect(page.getByTestId('flows').getByRole('alert')).toContainText('503');
    await expect(form(page).getByRole('button', { name: 'Add deposit' })).toBeEnabled();
    await expectAccessible(page, 'an error in the list');
  });

  test('server away while saving: says so and keeps what was typed', ONE_WIDTH, async ({ page }) => {
    await settled(page);
    await fill(page, { amount: '55', note: 'e2e away' });
    await page.route('**/api/performance/cashflows', (route) => route.abort());
    await form(page).getByRole('button', { name: 'Add deposit' }).click();
    await expect(form(page).getByRole('alert')).toContainText('Nothing is recorded twice');
    await expect(form(page).getByLabel('Amount')).toHaveValue('55');
  });

  test('hidden amounts: none in the list, the strip or the file; the ratio stays', async ({ page }) => {
    await prefer(page, { hidden: true });
    await settled(page);
    const text = await page.locator('main').innerText();
    expect(text.match(/\$\d[\d,.]*/g) ?? []).toEqual([]);
    await expect(page.getByTestId('ratio')).toContainText('×');
    const download = page.waitForEvent('download');
    await page.getByTestId('flows').getByRole('button', { name: 'Export' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('•••••');
    await expectAccessible(page, 'hidden amounts');
  });

  test('loading: boxes of the same size, with no figure', ONE_WIDTH, async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/p*/**', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/cash-flows');
    await expect(page.locator('main .sk').first()).toBeVisible();
    expect(await page.getByTestId('strip').innerText()).not.toMatch(/\d/);
    await expectAccessible(page, 'loading');
    release();
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
      await page.goto('/cash-flows');
      await expect(page.getByTestId('flows').locator('[data-flow]').first()).toBeAttached();
      for (const width of [320, 390, 600, 900, 1081, 1180, 1320, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await sidewaysOverflow(page), `${language} at ${width}`).toBe(0);
      }
    }
  });
});
