import type { CashFlow } from '@/composables/types';

/** A manual withdrawal; override what a test is about. */
export function flow(over: Partial<CashFlow> = {}): CashFlow {
  return {
    id: 7, timestamp: '2026-10-28T01:52:00Z', type: 'WITHDRAW', amount_usd: '-3200', asset: 'USDT', quantity: '3200',
    price_usd: '1', description: 'Card top-up', source: 'manual', account_id: 1, account_name: 'main-spot',
    value_before_usd: '138289.29', status: 'exact', reason: null, decided: false, counted: true, move: null, address: null, ...over,
  };
}
