// Where the change of value came from, as bars that follow each other from the value at the start to that at the end.
import { Decimal, toDecimal } from '@/lib/decimal';

/** The closing equation: end = start + flows + realised + unrealised + income - fees + residual. */
export interface Equation {
  readonly start_value_usd: string | null;
  readonly end_value_usd: string | null;
  readonly flows_usd: string | null;
  readonly realized_pnl_usd: string | null;
  readonly unrealized_change_usd: string | null;
  readonly income_usd: string | null;
  readonly fees_usd: string | null;
  readonly residual_usd: string | null;
}

export type Step = 'start' | 'flows' | 'prices' | 'income' | 'fees' | 'residual' | 'end';

export interface Bar {
  readonly step: Step;
  /** The whole value for start and end, else what was added; exact. */
  readonly amount: string;
  /** Of the track, in percent. */
  readonly left: number;
  readonly width: number;
}

const THIN = 0.5; // percent: a bar that is there is seen

/** The bars, or null where a part of the equation is not known: half an equation explains nothing. */
export function waterfall(equation: Equation): Bar[] | null {
  const parts = [equation.start_value_usd, equation.flows_usd, equation.realized_pnl_usd, equation.unrealized_change_usd, equation.income_usd, equation.fees_usd, equation.residual_usd, equation.end_value_usd].map(toDecimal);
  if (!parts.every((part) => part !== null)) return null;
  const [start, flows, realized, unrealized, income, fees, residual, end] = parts as [Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]; // none is null: checked above
  const changes: [Step, Decimal][] = [['flows', flows], ['prices', realized.plus(unrealized)], ['income', income], ['fees', fees.negated()], ['residual', residual]];
  let at = start;
  const spans: { step: Step; amount: Decimal; from: Decimal; to: Decimal }[] = [{ step: 'start', amount: start, from: new Decimal(0), to: start }];
  for (const [step, amount] of changes) {
    spans.push({ step, amount, from: at, to: at.plus(amount) });
    at = at.plus(amount);
  }
  spans.push({ step: 'end', amount: end, from: new Decimal(0), to: end });
  const ends = spans.flatMap(({ from, to }) => [from.toNumber(), to.toNumber()]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const share = (value: Decimal): number => (high > low ? (100 * (value.toNumber() - low)) / (high - low) : 0);
  return spans.map(({ step, amount, from, to }) => {
    const [a, b] = [share(from), share(to)].sort((x, y) => x - y) as [number, number]; // two in, two out
    const width = amount.isZero() ? 0 : Math.max(THIN, b - a);
    return { step, amount: amount.toFixed(), left: Math.min(a, 100 - width), width };
  });
}

/** Start and end are values, the others changes. */
export const isWhole = (bar: Bar): boolean => bar.step === 'start' || bar.step === 'end';

export function barColour(bar: Bar): '--seq-4' | '--info' | '--warn' | '--gain' | '--loss' {
  if (isWhole(bar)) return '--seq-4';
  if (bar.step === 'flows') return '--info';
  if (bar.step === 'residual') return '--warn';
  return bar.amount.startsWith('-') ? '--loss' : '--gain';
}
