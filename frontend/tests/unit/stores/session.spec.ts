import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { display } from '@/lib/display';
import { useSessionStore } from '@/stores/session';

beforeEach(() => setActivePinia(createPinia()));

describe('session', () => {
  it('learns mode and unit from any answer that carries them', () => {
    const session = useSessionStore();
    expect(session.environment).toBeNull();
    session.learn({ environment: 'testnet', reporting_currency: 'EUR' });
    expect([session.environment, display.currency]).toEqual(['testnet', 'EUR']);
  });
  it('prints the currency that figures are asked for in, and the server’s own again after it', () => {
    const session = useSessionStore();
    session.learn({ reporting_currency: 'USDT' });
    session.show('BTC');
    session.learn({ reporting_currency: 'BTC' }, false);
    expect([display.currency, session.reporting]).toEqual(['BTC', 'USDT']);
    session.learn({ reporting_currency: 'USDT' }); // an answer of a request that named no currency
    expect(display.currency).toBe('BTC');
    session.show(null);
    expect(display.currency).toBe('USDT');
  });
  it('keeps what it knows when an answer says nothing, or nonsense', () => {
    const session = useSessionStore();
    session.learn({ environment: 'live' });
    for (const body of [null, 'text', {}, { environment: 'production' }]) session.learn(body);
    expect(session.environment).toBe('live');
  });
});
