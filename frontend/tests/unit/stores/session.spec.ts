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
  it('keeps what it knows when an answer says nothing, or nonsense', () => {
    const session = useSessionStore();
    session.learn({ environment: 'live' });
    for (const body of [null, 'text', {}, { environment: 'production' }]) session.learn(body);
    expect(session.environment).toBe('live');
  });
});
