import { vi } from 'vitest';
import type { AlertChannels, AlertItem, AlertRule, AlertRules } from '@/composables/useAlerts';

export function alertItem(over: Partial<AlertItem> = {}): AlertItem {
  return {
    id: 1, time: '2026-11-20T14:00:00Z', kind: 'loss_24h', severity: 'warning', account: 1, account_name: 'main-spot', subject: null,
    unit: 'percent', value: '10.5', limit: '8', reason: null, detail: '', run_id: null, read: false, deliveries: [], ...over,
  };
}
export function rule(over: Partial<AlertRule> = {}): AlertRule {
  return { kind: 'loss_24h', asset: '', limit: '8', enabled: true, channels: [], unit: 'percent', severity: 'warning', lowest: '0.1', highest: '100', optional_limit: false, ...over };
}
export const RULES: AlertRules = {
  environment: 'simulator', reporting_currency: 'USDT', language: 'en',
  rules: [rule(), rule({ kind: 'drift_band', limit: null, unit: 'points', lowest: '0.01', optional_limit: true }), rule({ kind: 'run_failed', limit: null, unit: null, lowest: null, highest: null, optional_limit: true })],
  quiet_hours: { enabled: false, start: '22:00', end: '07:00', time_zone: 'Europe/Paris' },
};
const EMPTY = { set: false, enabled: false, webhook: null, telegram: null, email: null, last: null } as const;
export const CHANNELS: AlertChannels = {
  environment: 'simulator', blocked: null, allowed_hosts: ['hooks.example.org'],
  items: [{ channel: 'webhook', ...EMPTY }, { channel: 'telegram', ...EMPTY, set: true, enabled: true, telegram: { chat_id: '42' } }, { channel: 'email', ...EMPTY }],
};

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}
/** A server that answers by path; a write is noted, and answered with what `refusal` says where there is one. */
export function server(answers: Readonly<Record<string, unknown>>, refusal?: { status: number; body: object }): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const { pathname } = new URL(request.url);
    const writes = request.method !== 'GET';
    if (writes) sent.push({ method: request.method, path: pathname, body: request.method === 'DELETE' ? null : await request.json() });
    const body = writes && refusal ? refusal.body : (answers[pathname] ?? {});
    return new Response(JSON.stringify(body), { status: writes && refusal ? refusal.status : 200, headers: { 'Content-Type': 'application/json' } });
  }));
  return sent;
}
