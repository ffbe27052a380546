// The risk figures in their order, and how each is printed.
import type { Risk } from '@/composables/useRisk';
import type { Format } from '@/lib/format';

const LINES = [
  ['volatility', 'share'], ['max_drawdown', 'share'], ['max_drawdown_hourly', 'share'], ['sharpe', 'ratio'], ['sortino', 'ratio'],
  ['calmar', 'ratio'], ['var_95', 'share'], ['cvar_95', 'share'], ['best_day', 'share'], ['worst_day', 'share'], ['positive_days', 'share'],
  ['beta', 'ratio'],
  ['alpha', 'share'], ['tracking_error', 'share'], ['information_ratio', 'ratio'], ['win_rate', 'share'], ['expectancy', 'money'], ['profit_factor', 'ratio'],
] as const;

export type RiskKey = (typeof LINES)[number][0];

export interface RiskCell {
  readonly text: string | null;
  readonly status: 'exact' | 'estimated' | 'unavailable';
  readonly reason: string | null;
  readonly count: number | null;
  readonly availableFrom: string | null;
}

export interface RiskLine {
  readonly key: RiskKey;
  readonly own: RiskCell;
  /** null: the benchmark has no such figure. */
  readonly benchmark: RiskCell | null;
  /** When it happened, of those that happened at one time. */
  readonly when: string | null;
}

interface Figure {
  readonly value: number | string | null;
  readonly status: RiskCell['status'];
  readonly reason: string | null;
  readonly count: number | null;
  readonly available_from: string | null;
}

function print(value: number | string | null, kind: 'share' | 'ratio' | 'money', f: Format): string | null {
  if (value === null) return null;
  if (kind === 'money') return f.money(value, { signed: true });
  return kind === 'share' ? f.percent(Number(value) * 100) : f.number(value, { digits: 2 });
}

function cell(figure: Figure, kind: 'share' | 'ratio' | 'money', f: Format): RiskCell {
  return { text: print(figure.value, kind, f), status: figure.status, reason: figure.reason, count: figure.count, availableFrom: figure.available_from };
}

/** The lines of the table; money is written in the reader's way, and hidden with the other amounts. */
export function riskLines(risk: Risk, f: Format): RiskLine[] {
  return LINES.map(([key, kind]) => {
    const figure = risk[key];
    const when = 'date' in figure ? figure.date : 'trough' in figure ? figure.trough : null;
    return { key, own: cell(figure, kind, f), benchmark: figure.benchmark ? cell(figure.benchmark, kind, f) : null, when };
  });
}
