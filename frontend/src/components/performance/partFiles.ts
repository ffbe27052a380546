// The table of months and the parts of the change as files: values with all their digits, or a picture.
import type { Composer } from 'vue-i18n';
import { fileName, savePicture } from '@/components/charts/files';
import { type Cell, downloadCsv, toCsv } from '@/lib/csv';
import { HIDDEN, type Format } from '@/lib/format';
import { midMonth } from '@/components/overview/months';
import { type HeatYear, strength } from './heat';
import { type Bar, barColour, isWhole } from './waterfall';

type Words = Pick<Composer, 't'>;

/** A row a month that has a figure or a reason, then one a year; `mix` names the benchmark. */
export function monthRows(years: readonly HeatYear[], mix: string, { t }: Words): Cell[][] {
  const rows = years.flatMap((year) => [...year.cells.filter((cell) => cell.status !== null), year.total]);
  return [
    [t('performance.months.month'), t('performance.file.percent', { name: t('performance.chart.portfolio') }), t('performance.file.percent', { name: mix }), t('performance.file.status'), t('performance.file.reason')],
    ...rows.map((cell) => [cell.month, cell.own, cell.benchmark, cell.status, cell.reason]),
  ];
}

export function saveMonthsCsv(years: readonly HeatYear[], mix: string, words: Words): void {
  downloadCsv(`${fileName(words.t('performance.months.title'))}.csv`, toCsv(monthRows(years, mix, words)));
}

/** The months as on the page; its cells are 62 x 40 pixels. */
export async function saveMonthsPng(years: readonly HeatYear[], { t }: Words, f: Format): Promise<void> {
  const [wide, high, side] = [62, 40, 48];
  await savePicture(t('performance.months.title'), { width: side + 13 * wide, height: 20 + years.length * high }, (ctx, tokens) => {
    const write = (text: string, x: number, y: number, weight = 400): void => {
      ctx.font = tokens.font(weight);
      ctx.fillText(text, x, y);
    };
    ctx.textAlign = 'center';
    ctx.fillStyle = tokens.colour('--text-3');
    for (let i = 0; i < 12; i += 1) write(f.month(midMonth(`2026-${String(i + 1).padStart(2, '0')}`)), side + (i + 0.5) * wide, 0);
    years.forEach((year, row) => {
      const top = 20 + row * high;
      ctx.fillStyle = tokens.colour('--text');
      write(String(year.year), side / 2, top + 12, 600);
      [...year.cells, year.total].forEach((cell, i) => {
        if (cell.value === null) return;
        if (i < 12) {
          ctx.globalAlpha = strength(cell.value) / 100;
          ctx.fillStyle = tokens.colour(cell.value < 0 ? '--loss' : '--gain');
          ctx.fillRect(side + i * wide, top, wide - 3, high - 3);
          ctx.globalAlpha = 1;
        }
        ctx.fillStyle = tokens.colour('--text');
        write(f.number(cell.value, { digits: 1, signed: true }), side + (i + 0.5) * wide, top + 5, 600);
        write(f.number(cell.benchmark, { digits: 1, signed: true }), side + (i + 0.5) * wide, top + 21);
      });
    });
  });
}

export function saveChangeCsv(name: string, bars: readonly Bar[], nameOf: (bar: Bar) => string, f: Format): void {
  downloadCsv(`${fileName(name)}.csv`, toCsv(bars.map((bar) => [nameOf(bar), f.hidden ? HIDDEN : bar.amount])));
}

export async function saveChangePng(name: string, bars: readonly Bar[], nameOf: (bar: Bar) => string, f: Format): Promise<void> {
  const [side, track, line] = [220, 420, 30];
  await savePicture(name, { width: side + track + 130, height: bars.length * line }, (ctx, tokens) => {
    ctx.font = tokens.font(400);
    bars.forEach((bar, i) => {
      const top = i * line;
      ctx.textAlign = 'left';
      ctx.fillStyle = tokens.colour('--text');
      ctx.fillText(nameOf(bar), 0, top);
      ctx.fillStyle = tokens.colour(barColour(bar));
      ctx.fillRect(side + (bar.left / 100) * track, top, (bar.width / 100) * track, 12);
      ctx.fillStyle = tokens.colour('--text');
      ctx.textAlign = 'right';
      ctx.fillText(f.money(bar.amount, { signed: !isWhole(bar) }), side + track + 130, top);
    });
  });
}
