// The ends of the months and the allocation as files: values with all their digits, or a picture.
import type { Composer } from 'vue-i18n';
import { fileName, savePicture } from '@/components/charts/files';
import { ringArcs } from '@/components/charts/ring';
import { type Cell, downloadCsv, toCsv } from '@/lib/csv';
import { HIDDEN, type Format } from '@/lib/format';
import { rankToken, type Share } from './allocation';
import { midMonth, type MonthBar } from './months';

type Words = Pick<Composer, 't'>;

const amount = (value: string | null, f: Format): Cell => (value !== null && f.hidden ? HIDDEN : value);

/** A row a month, oldest first; an unknown value is an empty cell. */
export function monthRows(bars: readonly MonthBar[], { t }: Words, f: Format): Cell[][] {
  const head = ['month', 'endValue', 'netFlows'].map((name) => t(`holdings.csv.${name}`));
  return [head, ...bars.map((bar) => [bar.month, amount(bar.endValueUsd, f), amount(bar.netFlowsUsd, f)])];
}

export function saveMonthsCsv(name: string, bars: readonly MonthBar[], words: Words, f: Format): void {
  downloadCsv(`${fileName(name)}.csv`, toCsv(monthRows(bars, words, f)));
}

/** Columns of 56 pixels; the tallest bar takes 132, as on the page. */
export async function saveMonthsPng(name: string, bars: readonly MonthBar[], f: Format): Promise<void> {
  const [wide, tall, floor] = [56, 132, 156];
  await savePicture(name, { width: bars.length * wide, height: floor + 40 }, (ctx, tokens) => {
    ctx.font = tokens.font(400);
    ctx.textAlign = 'center';
    bars.forEach((bar, i) => {
      const [middle, height] = [(i + 0.5) * wide, bar.height * tall];
      ctx.fillStyle = tokens.colour(bar.current ? '--accent' : '--seq-5');
      ctx.fillRect(middle - 17, floor - height, 34, height);
      ctx.fillStyle = tokens.colour('--text-3');
      if (bar.endValueUsd !== null) ctx.fillText(f.moneyCompact(bar.endValueUsd), middle, floor - height - 18);
      ctx.fillText(f.month(midMonth(bar.month)), middle, floor + 6);
      ctx.fillStyle = tokens.colour('--info');
      if (bar.netFlowsUsd !== null) ctx.fillText(f.moneyCompact(bar.netFlowsUsd, { signed: true, digits: 1 }), middle, floor + 24);
    });
  });
}

/** A row a share, largest first, with its target where it has one; `of` heads the names. */
export function shareRows(rows: readonly Share[], of: string, { t }: Words, f: Format): Cell[][] {
  const head = ['value', 'weight', 'target'].map((name) => t(`holdings.csv.${name}`));
  return [[of, ...head], ...rows.map((row) => [row.label, amount(row.valueUsd, f), row.percent, row.targetPercent])];
}

export function saveSharesCsv(name: string, rows: readonly Share[], of: string, words: Words, f: Format): void {
  downloadCsv(`${fileName(name)}.csv`, toCsv(shareRows(rows, of, words, f)));
}

/** The ring with all its shares beside it, each with the colour it has in the ring. */
export async function saveSharesPng(name: string, rows: readonly Share[], f: Format): Promise<void> {
  const [ring, side, line] = [148, 180, 22];
  await savePicture(name, { width: 460, height: Math.max(ring, rows.length * line) }, (ctx, tokens) => {
    ctx.lineWidth = 15;
    ringArcs(rows.map((row) => row.percent), ring / 2, 62).forEach((arc, i) => {
      ctx.strokeStyle = tokens.colour(rankToken(i));
      ctx.stroke(new Path2D(arc));
    });
    ctx.font = tokens.font(400);
    rows.forEach((row, i) => {
      const top = i * line;
      ctx.fillStyle = tokens.colour(rankToken(row.rank));
      ctx.fillRect(side, top + 2, 10, 10);
      ctx.fillStyle = tokens.colour('--text');
      ctx.textAlign = 'left';
      ctx.fillText(row.label, side + 20, top);
      ctx.textAlign = 'right';
      ctx.fillText(f.percent(row.percent), 460, top);
    });
  });
}
