// Strategies side by side: what can be chosen, what is asked for, and its lines.
import type { ColourToken, LineModel } from '@/components/charts/model';
import { tickDigits } from '@/components/charts/historyModel';
import type { RebalancingSettings } from '@/composables/rebalanceTypes';
import type { Backtest, BacktestAsk, Rule } from '@/composables/useBacktests';
import type { Format } from '@/lib/format';
import { INTERVALS_H, THRESHOLDS_PP } from './settingsForm';

export const RANGES = ['1y', '2y', 'total'] as const;
export type CompareRange = (typeof RANGES)[number];
/** Buy and hold is always among the four. */
export const CHOSEN = 3;

/** A rule as one word: `p168` is periodic, a week; `t5` a threshold of 5 points; '' none. */
export type RuleKey = string;
export const PERIODIC: readonly RuleKey[] = INTERVALS_H.map((hours) => `p${hours}`);
export const THRESHOLD: readonly RuleKey[] = THRESHOLDS_PP.map((points) => `t${points}`);
export const FIRST: readonly RuleKey[] = ['t5', 'p672', 'p168'];

export function ruleOf(key: RuleKey): Partial<Rule> | null {
  const number = Number(key.slice(1));
  if (!(number > 0)) return null;
  return key.startsWith('p') ? { kind: 'periodic', interval_hours: number } : { kind: 'threshold', threshold_percent: number };
}
export const keyOf = (rule: Rule): RuleKey => (rule.kind === 'periodic' ? `p${rule.interval_hours}` : rule.kind === 'threshold' ? `t${rule.threshold_percent}` : '');

/** Hold last, as the line that the others are measured against. */
export function rulesOf(keys: readonly RuleKey[]): Partial<Rule>[] {
  return [...[...new Set(keys)].flatMap((key) => ruleOf(key) ?? []), { kind: 'hold' as const }];
}

/** Where the money comes from: what the account had, with its own flows, or a sum that stays as it is. */
export const MONIES = ['account', 'sum'] as const;
export type Money = (typeof MONIES)[number];

/** What an account keeps to in its own runs; a pause does not hold up a rule that is tried at a shorter interval. */
export function keptTo(settings: RebalancingSettings | null, rules: readonly Partial<Rule>[]): Pick<BacktestAsk, 'min_trade_usd' | 'min_trade_percent' | 'max_turnover_percent' | 'cooldown_hours' | 'settle_minutes'> {
  if (!settings) return {};
  const shortest = Math.min(...rules.map(({ kind, interval_hours: hours }) => (kind === 'periodic' && hours ? hours : Infinity)));
  const { min_trade_usd, min_trade_percent, max_turnover_percent, settle_minutes } = settings;
  return { min_trade_usd: Number(min_trade_usd).toFixed(2), min_trade_percent, max_turnover_percent, settle_minutes, cooldown_hours: Math.min(settings.cooldown_hours, shortest) };
}

const DAY = 86_400_000;
export function startOf(range: CompareRange, now: number, first: string | null): string {
  const back = range === '1y' ? 365 : range === '2y' ? 730 : 1095;
  const start = range === 'total' && first ? Date.parse(first) : now - back * DAY;
  return new Date(start).toISOString();
}

/** Each line has its own dash beside its colour (DESIGN section 9). */
export const LINES: readonly { colour: ColourToken; width: number; dash?: readonly number[] }[] = [
  { colour: '--cat-1', width: 1.9 }, { colour: '--cat-2', width: 1.4, dash: [5, 4] }, { colour: '--cat-3', width: 1.4, dash: [2, 3] }, { colour: '--cat-4', width: 1.4, dash: [9, 3] },
];

/** Returns since the start; lines are thinned apart, so their instants are put together. */
export function linesOf({ results, gaps }: Pick<Backtest, 'results' | 'gaps'>, f: Format, nameOf: (rule: Rule) => string): LineModel {
  const drawn = results.filter(({ series }) => series.length > 1).slice(0, LINES.length);
  const times = [...new Set(drawn.flatMap(({ series }) => series.map(({ t }) => Date.parse(t))))].sort((a, b) => a - b);
  return {
    times,
    series: drawn.map(({ strategy, series }, i) => {
      const known = new Map(series.map(({ t, twr_percent: value }) => [Date.parse(t), value]));
      const values = times.map((at) => known.get(at) ?? null);
      /** Between two of its own instants a line is where it was. */
      const read = (index: number): string => f.percent(values.slice(0, index + 1).findLast((value) => value !== null), { signed: true });
      return { key: String(i), label: nameOf(strategy), ...(LINES[i] ?? { colour: '--info' as const, width: 1.4 }), values, read };
    }),
    flows: [], gaps: gaps.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })), zero: true, rail: false, join: true, unit: '%',
    axisLabel: (value, step) => f.percent(value, { digits: tickDigits(step, 1), signed: true }),
    endLabel: (value) => f.percent(value, { digits: 1, signed: true }),
  };
}
