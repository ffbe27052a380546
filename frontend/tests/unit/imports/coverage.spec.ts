import { describe, expect, it } from 'vitest';
import { dayOf, knownOn, sourceName, startOf, stretches } from '@/components/imports/coverage';
import { source } from './builders';

const at = (text: string): number => Date.parse(text);
const now = at('2026-11-20T13:00:00Z');
const start = at('2024-06-23T00:00:00Z');
const horizon = source({
  source: 'p2p', from: '2026-05-24T00:00:00Z', complete: false, reason: 'beyond_horizon',
  gaps: [{ from: '2024-06-23T00:00:00Z', to: '2026-05-24T00:00:00Z', reason: 'beyond_horizon' }],
});
const kinds = (...args: Parameters<typeof stretches>): string[] => stretches(...args).map((one) => one.kind);

describe('stretches of a history', () => {
  it('cover all of the map without a hole, each gap with its reason', () => {
    const found = stretches(horizon, start, now);
    expect(found.map((one) => one.kind)).toEqual(['beyond_horizon', 'read', 'later']);
    expect(found[0]?.from).toBe(start);
    expect(found.at(-1)?.until).toBe(now);
    for (const [index, one] of found.slice(1).entries()) expect(one.from).toBe(found[index]?.until);
  });

  it('of which nothing was read hold no word of reading', () => {
    const never = source({ from: null, until: null, complete: false, reason: 'not_readable', gaps: [{ from: '2024-06-23T00:00:00Z', to: null, reason: 'not_readable' }] });
    expect(kinds(never, start, now)).toEqual(['not_readable']);
  });

  it('of a younger account begin with nothing before, which is no gap', () => {
    expect(kinds(source({ from: '2025-01-01T00:00:00Z' }), start, now)).toEqual(['before', 'read', 'later']);
  });

  it('that an export tells are no gap, and are not called read', () => {
    const filled = source({ from: '2026-05-24T00:00:00Z', files: [{ from: '2024-06-23T00:00:00Z', to: '2025-01-01T00:00:00Z' }], gaps: [{ from: '2025-01-01T00:00:00Z', to: '2026-05-24T00:00:00Z', reason: 'beyond_horizon' }] });
    expect(kinds(filled, start, now)).toEqual(['file', 'beyond_horizon', 'read', 'later']);
  });

  it('of one that was told and is no more end with the gap', () => {
    const lost = source({ until: '2026-10-01T00:00:00Z', gaps: [{ from: '2026-10-01T00:00:00Z', to: null, reason: 'not_readable' }] });
    expect(kinds(lost, start, now)).toEqual(['read', 'not_readable']);
  });
});

describe('a day', () => {
  const known = (day: string, of = horizon): string | null => {
    const found = dayOf(day, 'Europe/Paris');
    return found && knownOn(of, found, now);
  };
  it('is known, beyond the horizon, or still to come', () => {
    expect(known('2026-06-01')).toBe('read');
    expect(known('2025-02-03')).toBe('beyond_horizon');
    expect(known('2027-01-01')).toBe('later');
  });
  it('of which a part is missing counts as missing', () => {
    expect(known('2026-05-24')).toBe('beyond_horizon'); // two hours of it, in Paris, lie before the horizon
    expect(known('2026-05-25')).toBe('read');
  });
  it('begins and ends by the reader’s zone, also where the clock changes', () => {
    expect(dayOf('2026-10-25', 'Europe/Paris')).toEqual({ from: at('2026-10-24T22:00:00Z'), until: at('2026-10-25T23:00:00Z') });
    expect(dayOf('2026-02-31', 'UTC')).toBeNull();
    expect(dayOf('soon', 'UTC')).toBeNull();
  });
});

describe('the map', () => {
  it('begins at the first event that anything tells of', () => {
    expect(startOf([horizon, source({ from: '2017-07-14T00:00:00Z' })], '2024-07-01T00:00:00Z', now)).toBe(start);
  });
  it('begins where reading began when nothing else is known', () => {
    expect(startOf([source({ from: '2017-07-14T00:00:00Z' })], null, now)).toBe(at('2017-07-14T00:00:00Z'));
    expect(startOf([], null, now)).toBe(now - 86_400_000);
  });
});

describe('the name of a history', () => {
  const words: Record<string, string> = { 'imports.sources.isolated_loan': 'Isolated margin loans' };
  const i18n = { t: (key: string) => words[key] ?? key, te: (key: string) => key in words } as unknown as Parameters<typeof sourceName>[0];
  it('says of which pair it is, where it is told pair by pair', () => {
    expect(sourceName(i18n, 'isolated_loan:ETHUSDT')).toBe('Isolated margin loans, ETHUSDT');
    expect(sourceName(i18n, 'isolated_loan')).toBe('Isolated margin loans');
  });
  it('is the one of the API where there are no words for it', () => {
    expect(sourceName(i18n, 'new_thing:ETHUSDT')).toBe('new thing, ETHUSDT');
  });
});
