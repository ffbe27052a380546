import { describe, expect, it } from 'vitest';
import type { Share } from '@/components/overview/allocation';
import { monthRows, shareRows } from '@/components/overview/partFiles';
import { createFormat } from '@/lib/format';

const words = { t: (key: string) => key.split('.').at(-1) ?? '' } as never; // the one way it is called
const f = (hidden: boolean) => createFormat({ locale: 'en-GB', timeZone: 'UTC', currency: 'USDT', hidden });
const bars = [
  { month: '2026-10', endValueUsd: '41000.123456789', netFlowsUsd: '-250.5', height: 1, current: false },
  { month: '2026-11', endValueUsd: null, netFlowsUsd: null, height: 0, current: true },
];
const shares: Share[] = [
  { key: 'BTC', label: 'BTC', valueUsd: '750.25', percent: 75.025, rank: 0, targetPercent: 70 },
  { key: 'ETH', label: 'ETH', valueUsd: '249.75', percent: 24.975, rank: 1, targetPercent: null },
];

describe('the files of the lower half', () => {
  it('hold every digit, and leave empty what is unknown', () => {
    expect(monthRows(bars, words, f(false))).toEqual([['month', 'endValue', 'netFlows'], ['2026-10', '41000.123456789', '-250.5'], ['2026-11', null, null]]);
    expect(shareRows(shares, 'asset', words, f(false))).toEqual([['asset', 'value', 'weight', 'target'], ['BTC', '750.25', 75.025, 70], ['ETH', '249.75', 24.975, null]]);
  });

  it('hide amounts while the page hides them, and keep percentages', () => {
    expect(monthRows(bars, words, f(true))[1]).toEqual(['2026-10', '•••••', '•••••']);
    expect(shareRows(shares, 'asset', words, f(true))[1]).toEqual(['BTC', '•••••', 75.025, 70]);
  });
});
