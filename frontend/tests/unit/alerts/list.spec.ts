import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AlertsDrawer from '@/components/alerts/AlertsDrawer.vue';
import { setDisplay } from '@/lib/display';
import { overview } from '../overview/builders';
import { show } from '../mounting';
import { alertItem, server } from './builders';

const RUN = alertItem({ id: 2, kind: 'run_review', severity: 'critical', unit: null, value: null, limit: null, run_id: 7, detail: 'Order 12 is not known', read: true });
const MARKET = alertItem({ id: 3, kind: 'price_above', account: null, account_name: null, subject: 'BTC', unit: 'price', value: '100000', limit: '99000' });

async function drawer(items = [MARKET, RUN, alertItem({ deliveries: [{ channel: 'webhook', state: 'failed', tries: 16, time: '2026-11-20T14:10:00Z', error: 'The webhook answers with status 500' }] })], unread = 2, language: 'en' | 'fr' = 'en') {
  const sent = server({ '/api/alerts': { environment: 'simulator', unread, items, next_cursor: null }, '/api/alerts/read': { unread: 0 }, '/api/portfolio/overview': overview() });
  await show(AlertsDrawer, { props: { open: true }, language });
  await flushPromises();
  const box = document.querySelector('[role="dialog"]') as HTMLElement; // it is open
  return { sent, box, rows: [...box.querySelectorAll('li')] };
}
afterEach(() => {
  vi.unstubAllGlobals();
  setDisplay({ hidden: false });
  document.body.innerHTML = '';
});

const KINDS = ['loss_1h', 'loss_24h', 'loss_peak', 'sync_failing', 'balance_anomaly', 'position_share', 'drift_band', 'price_above', 'price_below', 'depeg', 'key_rights', 'residual', 'run_finished', 'run_failed', 'run_review', 'benchmark_exhausted', 'audit_broken'] as const;

describe('the list behind the bell', () => {
  it.each(['en', 'fr'] as const)('has a sentence of its own for every kind, %s', async (language) => {
    const { rows } = await drawer(KINDS.map((kind, index) => alertItem({ id: index + 1, kind, subject: 'BTC', run_id: 7 })), 17, language);
    const said = rows.map((row) => row.textContent ?? '');
    expect(said).toHaveLength(KINDS.length);
    expect(new Set(said).size).toBe(KINDS.length);
    expect(said.filter((text) => text.includes('alerts.') || /[{}]/.test(text))).toEqual([]);
  });

  it('says what happened, where, and what became of the messages', async () => {
    const { rows } = await drawer();
    expect(rows[0]?.textContent).toContain('BTC is at 100,000.00\u00a0USDT, above 99,000.00\u00a0USDT');
    expect(rows[0]?.textContent).toContain('Market');
    expect(rows[1]?.textContent).toContain('Run 7 needs a person');
    expect(rows[1]?.textContent).toContain('Order 12 is not known');
    expect(rows[2]?.textContent).toContain('Fell by 10.50% within 24 hours (limit 8.00%)');
    expect(rows[2]?.textContent).toContain('Not delivered: Webhook: The webhook answers with status 500');
  });

  it('says that the audit trail is broken, where, and that it is of no market', async () => {
    const broken = alertItem({ kind: 'audit_broken', severity: 'critical', account: null, account_name: null, unit: null, value: null, limit: null, detail: 'changed 2-2' });
    const { rows } = await drawer([broken]);
    expect(rows[0]?.textContent).toContain('The audit trail is no longer whole: look at the page Audit log');
    expect(rows[0]?.textContent).toContain('changed 2-2');
    expect(rows[0]?.textContent).toContain('Program');
    expect(rows[0]?.textContent).not.toContain('Market');
  });

  it('tells what was not read from what was, and marks one or all', async () => {
    const { rows, sent, box } = await drawer();
    expect(rows.map((row) => row.querySelector('button') !== null)).toEqual([true, false, true]);
    rows[2]?.querySelector('button')?.click();
    await flushPromises();
    [...box.querySelectorAll<HTMLButtonElement>('footer button')].at(-1)?.click();
    await flushPromises();
    expect(sent.map(({ path, body }) => [path, body])).toEqual([['/api/alerts/read', { ids: [1] }], ['/api/alerts/read', { up_to: 3 }]]);
  });

  it('hides amounts with all others, and never a share', async () => {
    setDisplay({ hidden: true });
    const { rows } = await drawer([alertItem({ kind: 'balance_anomaly', unit: 'money', subject: 'ADA', value: '1234', limit: '50' }), alertItem({ id: 4 })]);
    expect(rows[0]?.textContent).not.toContain('1,234');
    expect(rows[1]?.textContent).toContain('10.50%');
  });

  it('is empty in words, and speaks French', async () => {
    const { box } = await drawer([], 0, 'fr');
    expect(box.textContent).toContain('Rien à signaler jusqu’ici');
  });
});
