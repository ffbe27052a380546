import { describe, expect, it } from 'vitest';
import { useMix } from '@/composables/useMix';
import { useLanguage } from '@/locales';
import { useSessionStore } from '@/stores/session';
import { mixOf } from '../mix';
import { inApp } from '../mounting';

const words = (text: string): string => text.replaceAll('\u00a0', ' ');

async function named(weights: Record<string, number>, resets = true) {
  const { result } = await inApp(() => useMix());
  useSessionStore().learn(mixOf(weights, resets));
  return result;
}

describe('the name of the benchmark', () => {
  it('is its weights, and with its coins where there is room', async () => {
    expect((await named({ BTC: 50, ETH: 50 })).value).toMatchObject({ short: '50/50', full: '50/50 BTC/ETH', parts: '50% BTC · 50% ETH' });
    expect((await named({ BTC: 60, ETH: 30, SOL: 10 })).value).toMatchObject({ short: '60/30/10', full: '60/30/10 BTC/ETH/SOL' });
  });
  it('of one coin is that coin', async () => {
    expect((await named({ BTC: 100 }, false)).value).toMatchObject({ short: 'BTC', full: 'BTC', resets: false });
  });
  it('is short where the weights are not, and never rounds one away', async () => {
    expect((await named({ BTC: 33.33333333, ETH: 33.33333333, SOL: 33.33333333 })).value).toMatchObject({ short: 'basket', full: '33.33/33.33/33.33 BTC/ETH/SOL' });
    expect((await named({ A: 99.5, B: 0.5 })).value.full).toBe('99.50/0.50 A/B');
    expect((await named({ A: 40, B: 20, C: 20, D: 20 })).value).toMatchObject({ short: 'basket', full: 'a basket of 4 coins', parts: '40% A · 20% B · 20% C · 20% D' });
  });
  it('is told in the language of the reader, and follows the figures', async () => {
    const mix = await named({ A: 40, B: 20, C: 20, D: 20 });
    await useLanguage('fr');
    expect(words(mix.value.full)).toBe('panier de 4 coins');
    useSessionStore().learn(mixOf({ SOL: 100 }));
    expect(mix.value.short).toBe('SOL');
  });
  it('names no coins before any figures said which', async () => {
    const { result } = await inApp(() => useMix());
    expect(result.value).toMatchObject({ short: 'basket', parts: '' });
  });
});
