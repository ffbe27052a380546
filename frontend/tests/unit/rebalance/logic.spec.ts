import { nextTick, ref } from 'vue';
import { describe, expect, it } from 'vitest';
import { keptTo, linesOf, ruleOf, rulesOf, startOf } from '@/components/rebalance/compare';
import { furthest, readAmountUsd, wayOf } from '@/components/rebalance/plan';
import { atOrder, resultOf, settled } from '@/components/rebalance/runWords';
import { formOf, limitsForm, readForm, readLimits, readNames, readNumber, readProtected } from '@/components/rebalance/settingsForm';
import { type Progress, stepAt, stepStates } from '@/components/rebalance/steps';
import { useTargetEditor } from '@/components/rebalance/useTargetEditor';
import { display } from '@/lib/display';
import { createFormat } from '@/lib/format';
import { inApp } from '../mounting';
import { leg, line, plan, settings, skipped, waiting } from './builders';

describe('settings as typed', () => {
  it('are sent as the server wants them: numbers, and money as text', () => {
    const { body } = readForm({ ...formOf(settings()), threshold_percent: '0,75', min_trade_usd: '150', max_rank: '100', excluded: 'doge, shib', protected: 'BTC 0,5; eth 2' });
    expect(body).toMatchObject({ threshold_percent: 0.75, min_trade_usd: '150', max_rank: 100, max_turnover_percent: null, excluded: ['DOGE', 'SHIB'], protected: { BTC: '0.5', ETH: '2' } });
  });
  it('name each field that is wrong, and are not sent', () => {
    const { body, errors } = readForm({ ...formOf(settings()), threshold_percent: '0', interval_hours: '', max_rank: '1.5', min_trade_usd: '-1', excluded: 'A-B', protected: 'BTC' });
    expect(body).toBeNull();
    expect(errors).toEqual({ threshold_percent: 'range', interval_hours: 'range', max_rank: 'range', min_trade_usd: 'range', excluded: 'names', protected: 'protected' });
  });
  it('refuse a periodic strategy that its own pause holds up; a threshold may be looked at more often', () => {
    const hourly = { ...formOf(settings()), interval_hours: '1', cooldown_hours: '6' };
    expect(readForm({ ...hourly, strategy: 'periodic' }).errors).toEqual({ interval_hours: 'pace' });
    expect(readForm({ ...hourly, strategy: 'periodic', cooldown_hours: '1' }).errors).toEqual({});
    expect(readForm({ ...hourly, strategy: 'threshold' }).errors).toEqual({});
  });
  it('take an empty limit for none', () => {
    expect(readLimits({ ...limitsForm(settings().limits), per_day_usd: '5000', symbols: 'btcusdt ETHUSDT' }).body).toEqual({ per_trade_usd: null, per_run_usd: null, per_day_usd: '5000', max_share_percent: null, symbols: ['BTCUSDT', 'ETHUSDT'], max_slippage_percent: 0.5 });
    expect(readLimits({ ...limitsForm(settings().limits), max_slippage_percent: '' }).errors).toEqual({ max_slippage_percent: 'range' });
  });
  it('read numbers, names and what stays', () => {
    expect(readNumber('12,5', { min: 0, max: 20 })).toEqual({ value: '12.5', wrong: false });
    expect(readNumber('21', { min: 0, max: 20 }).wrong).toBe(true);
    expect(readNames('')).toEqual([]);
    expect(readProtected('BTC 0')).toBeNull();
  });
});

describe('list of targets', () => {
  it('follows what is kept until it is written in, and is undone step by step', async () => {
    const kept = ref<Record<string, number> | null>(null);
    const { result: editor } = await inApp(() => useTargetEditor(() => kept.value));
    kept.value = { BTC: 60, USDT: 40 };
    await nextTick();
    expect(editor.rows.value).toHaveLength(2);
    editor.put([{ coin: 'BTC', percent: '50' }, { coin: 'USDT', percent: '50' }]);
    expect(editor.changed.value).toBe(true);
    kept.value = { ETH: 100 };
    await nextTick();
    expect(editor.rows.value.map(({ coin }) => coin)).toEqual(['BTC', 'USDT']);
    editor.undo();
    expect(editor.rows.value.map(({ percent }) => percent)).toEqual(['60.00', '40.00']);
    editor.reset();
    expect(editor.rows.value).toEqual([{ coin: 'ETH', percent: '100.00' }]);
    expect(editor.changed.value).toBe(false);
  });
});

describe('steps', () => {
  const at = (over: Partial<Progress> = {}): Progress => ({ targets: false, plan: false, ready: false, run: false, asked: true, ...over });
  it('lead no further than what is there', () => {
    expect(stepAt('execute', at())).toBe('targets');
    expect(stepAt('plan', at({ targets: true }))).toBe('plan');
    expect(stepAt('confirm', at({ targets: true, plan: true }))).toBe('plan');
    expect(stepAt('execute', at({ targets: true, plan: true, ready: true }))).toBe('plan');
    expect(stepAt('execute', at({ run: true }))).toBe('execute');
  });
  it('say what is done; nobody confirms on the built-in exchange', () => {
    const details = { targets: '', plan: '', confirm: '', execute: '' };
    const all = at({ targets: true, plan: true, run: true });
    expect(stepStates('execute', all, details).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'on']);
    expect(stepStates('execute', { ...all, asked: false }, details)[2]?.state).toBe('off');
  });
});

describe('plan', () => {
  const hop = (symbol: string, side: 'BUY' | 'SELL') => ({ symbol, side, quantity: '1', price: '1', notional: '1', fee_usd: '0', fee_in_bnb: false });
  it('tells the coins on the way: direct, inverse, or over one between', () => {
    expect(wayOf(line())).toEqual({ coins: ['BTC', 'USDT'], kind: 'direct' });
    expect(wayOf(line({ asset: 'ETH', against: 'BNB', route: [hop('BNBETH', 'BUY')] }))).toEqual({ coins: ['ETH', 'BNB'], kind: 'inverse' });
    expect(wayOf(line({ asset: 'DOGE', route: [hop('DOGEBTC', 'SELL'), hop('BTCUSDT', 'SELL')] }))).toEqual({ coins: ['DOGE', 'BTC', 'USDT'], kind: 'triangular' });
    expect(wayOf(line({ action: 'BUY', asset: 'DOGE', route: [hop('BTCUSDT', 'BUY'), hop('DOGEBTC', 'BUY')] }))).toEqual({ coins: ['USDT', 'BTC', 'DOGE'], kind: 'triangular' });
    expect(wayOf(skipped())).toBeNull();
  });
  it('names what is furthest from its target afterwards', () => {
    expect(furthest(plan({ lines: [line({ weight_after: 0.4035 }), skipped({ weight_after: 0.01 })] }))).toEqual({ asset: 'FET', points: 1 });
    expect(furthest(plan({ lines: [] }))).toBeNull();
  });
  it('needs an amount where it is not over everything', () => {
    expect(readAmountUsd('', true).error).toBe('amount');
    expect(readAmountUsd('0', true).error).toBe('amount');
    expect(readAmountUsd('1,5', true)).toEqual({ value: '1.5', error: null });
    expect(readAmountUsd('', false)).toEqual({ value: null, error: null });
  });
});

describe('runs', () => {
  it('count what is settled, and which order is worked on', () => {
    const legs = [leg(), leg({ state: 'REJECTED' }), waiting({ state: 'SENDING' }), waiting()];
    expect(settled(legs)).toBe(2);
    expect(atOrder(legs)).toBe(3);
    expect(atOrder([leg()])).toBe(1);
  });
  it('without an order there was nothing to do', () => {
    expect(resultOf({ state: 'complete', orders: 0, filled: 0, dry_run: false })).toBe('nothing');
    expect(resultOf({ state: 'failed', orders: 0, filled: 0, dry_run: false })).toBe('failed');
  });
});

describe('strategies compared', () => {
  it('keep to what the account keeps to; a pause holds up no rule that looks more often', () => {
    const kept = settings({ min_trade_usd: '150', max_turnover_percent: 20, cooldown_hours: 6 });
    expect(keptTo(kept, rulesOf(['t5', 'p168']))).toEqual({ min_trade_usd: '150.00', min_trade_percent: 0.5, max_turnover_percent: 20, cooldown_hours: 6, settle_minutes: 30 });
    expect(keptTo(kept, rulesOf(['p1'])).cooldown_hours).toBe(1);
    expect(keptTo(null, [])).toEqual({});
  });
  it('always have holding among at most four', () => {
    expect(rulesOf(['t5', 'p168', 'p168'])).toEqual([{ kind: 'threshold', threshold_percent: 5 }, { kind: 'periodic', interval_hours: 168 }, { kind: 'hold' }]);
    expect(rulesOf(['', '', ''])).toEqual([{ kind: 'hold' }]);
    expect(ruleOf('x')).toBeNull();
  });
  it('begin with the history where all of it is asked for', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    expect(startOf('1y', now, null)).toBe('2025-11-20T12:00:00.000Z');
    expect(startOf('total', now, '2024-06-23T01:11:00Z')).toBe('2024-06-23T01:11:00.000Z');
  });
  it('draw lines of different instants on one axis, each with its own look', () => {
    const result = (points: [string, number][]) => ({ strategy: { kind: 'hold' as const, interval_hours: null, threshold_percent: null }, series: points.map(([t, twr_percent]) => ({ t, twr_percent, value_usd: '1' })) });
    const model = linesOf({ results: [result([['2026-01-01T00:00:00Z', 0], ['2026-01-03T00:00:00Z', 3]]), result([['2026-01-01T00:00:00Z', 0], ['2026-01-02T00:00:00Z', -1], ['2026-01-03T00:00:00Z', 1]])] as never, gaps: [] }, createFormat(display), () => 'Hold'); // of a result the lines need these two
    expect(model.times).toHaveLength(3);
    expect(model.series.map(({ values }) => values)).toEqual([[0, null, 3], [0, -1, 1]]);
    expect(model.series[0]?.read(1)).toBe('0.00%');
    expect(new Set(model.series.map(({ colour, dash }) => `${colour} ${String(dash)}`)).size).toBe(2);
  });
});
