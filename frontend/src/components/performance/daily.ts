// The days as rows of a file and as two lines.
import type { Composer } from 'vue-i18n';
import { moneyAxis } from '@/components/charts/historyModel';
import { fileName } from '@/components/charts/files';
import type { LineModel } from '@/components/charts/model';
import { middayOf } from '@/components/report/period';
import type { Day, Latest } from '@/composables/useDaily';
import { type Cell, downloadCsv, toCsv } from '@/lib/csv';
import { type Format, HIDDEN } from '@/lib/format';

type Words = Pick<Composer, 't'>;

const amount = (value: string | null, f: Format): Cell => (value !== null && f.hidden ? HIDDEN : value);

/** A row a day, as the page has them; an unknown value is an empty cell. */
export function dayRows(days: readonly Day[], mix: string, { t }: Words, f: Format): Cell[][] {
  const percent = (name: string): string => t('performance.file.percent', { name });
  return [
    [
      t('performance.daily.day'), t('performance.daily.average'), t('performance.daily.close'), t('performance.daily.benchmarkAverage', { mix }), t('performance.daily.benchmarkClose', { mix }),
      percent(t('performance.daily.return')), percent(t('performance.daily.benchmarkReturn', { mix })), t('performance.file.status'), t('performance.file.reason'), `${mix}: ${t('performance.file.status')}`, `${mix}: ${t('performance.file.reason')}`,
    ],
    ...days.map((day) => [
      day.date, amount(day.nav_avg_usd, f), amount(day.nav_close_usd, f), amount(day.benchmark_avg_usd, f), amount(day.benchmark_close_usd, f), day.return_percent, day.benchmark_return_percent,
      day.status, day.reason, day.benchmark_status, day.benchmark_reason,
    ]),
  ];
}

/** A row an instant of the last 24 hours. */
export function hourRows(hours: readonly Latest[], mix: string, { t }: Words, f: Format): Cell[][] {
  return [
    [t('performance.latest.instant'), t('performance.latest.value'), mix, t('performance.latest.difference'), t('performance.file.percent', { name: t('performance.latest.difference') }), t('performance.file.status'), t('performance.file.reason')],
    ...hours.map((one) => [one.timestamp, amount(one.nav_usd, f), amount(one.benchmark_usd, f), amount(one.difference, f), one.outperformance_pct, one.status, one.reason]),
  ];
}

export const saveRows = (name: string, rows: Cell[][]): void => downloadCsv(`${fileName(name)}.csv`, toCsv(rows));

/** The averages of portfolio and benchmark, oldest first. */
export function dailyModel(days: readonly Day[], mix: string, { t }: Words, f: Format): LineModel {
  const line = (key: string, label: string, of: (day: Day) => string | null) => ({
    key, label, values: days.map((day) => (of(day) === null ? null : Number(of(day)))), // pixels: figures are read from the strings
    read: (i: number) => f.money(days[i] ? of(days[i]) : null), raw: (i: number) => amount(days[i] ? of(days[i]) : null, f),
  });
  return {
    times: days.map((day) => Date.parse(middayOf(day.date))),
    series: [
      { ...line('own', t('performance.chart.portfolio'), (day) => day.nav_avg_usd), colour: '--accent', width: 1.8, fill: 'floor' },
      { ...line('benchmark', mix, (day) => day.benchmark_avg_usd), colour: '--bench', width: 1.5, dash: [5, 4] },
    ],
    flows: [], gaps: [], zero: false, rail: false, unit: f.unit(),
    ...moneyAxis(f),
  };
}
