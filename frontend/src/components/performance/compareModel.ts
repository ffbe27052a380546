import type { ColourToken, LineModel } from '@/components/charts/model';
import { tickDigits } from '@/components/charts/historyModel';
import type { Comparison } from '@/composables/useBenchmark';
import type { Format } from '@/lib/format';

/** At most four lines in a comparison, each with its own dash beside its colour (DESIGN section 9). */
const LINES: readonly { colour: ColourToken; dash?: readonly number[] }[] = [{ colour: '--cat-1' }, { colour: '--cat-2', dash: [5, 4] }, { colour: '--cat-3', dash: [2, 3] }, { colour: '--cat-4', dash: [8, 3, 2, 3] }];

/** Returns of the first four accounts that have one, since the start of the window. */
export function compareModel(body: Comparison, f: Format): LineModel {
  const drawn = body.accounts.map((account, at) => ({ account, at })).filter(({ account }) => account.twr_percent !== null).slice(0, LINES.length);
  return {
    times: body.series.map((point) => Date.parse(point.t)),
    series: drawn.map(({ account, at }, i) => {
      const values = body.series.map((point) => point.twr_percent[at] ?? null);
      const value = (index: number): string => f.percent(values[index], { signed: true });
      return { key: String(account.id), label: account.name, width: 1.6, ...(LINES[i] ?? { colour: '--info' as const }), values, read: value };
    }),
    flows: [], gaps: [], zero: true, rail: false, join: true, unit: '%',
    axisLabel: (value, step) => f.percent(value, { digits: tickDigits(step, 1), signed: true }),
    endLabel: (value) => f.percent(value, { digits: 1, signed: true }),
  };
}
