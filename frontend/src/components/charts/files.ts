// A chart as a file: its values with all their digits, or the picture as it stands with name and legend above it.
import { type Cell, downloadCsv, toCsv } from '@/lib/csv';
import { download } from '@/lib/download';
import type { LineModel, LineSeries } from './model';
import { type ChartTokens, readTokens } from './tokens';

/** Rows of the file, oldest first: instant in UTC, then each line, the unit in its head. An unknown value is an empty cell. */
export function csvRows(model: LineModel, instant: string): Cell[][] {
  return [
    [instant, ...model.series.map((line) => `${line.label} (${model.unit})`)],
    ...model.times.map((at, i) => [new Date(at).toISOString(), ...model.series.map((line) => (line.raw ? line.raw(i) : (line.values[i] ?? null)))]),
  ];
}

export function saveCsv(name: string, model: LineModel, instant: string): void {
  downloadCsv(`${fileName(name)}.csv`, toCsv(csvRows(model, instant)));
}

const EDGE = 12;

/** A picture of `width` x `height` CSS pixels on the page's own ground, named above what `paint` draws. */
export async function savePicture(name: string, size: { width: number; height: number; ratio?: number }, paint: (ctx: CanvasRenderingContext2D, tokens: ChartTokens) => void): Promise<void> {
  const { width, height, ratio = 2 } = size;
  const sheet = document.createElement('canvas');
  const ctx = sheet.getContext('2d');
  if (!ctx) return;
  const tokens = readTokens(document.documentElement);
  const head = 2 * tokens.textPx;
  sheet.width = Math.round((width + 2 * EDGE) * ratio);
  sheet.height = Math.round((height + head + 2 * EDGE) * ratio);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = tokens.colour('--bg');
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.translate(EDGE, EDGE);
  ctx.textBaseline = 'top';
  ctx.font = tokens.font(600);
  ctx.fillStyle = tokens.colour('--text');
  ctx.fillText(name, 0, 0);
  ctx.translate(0, head);
  paint(ctx, tokens);
  const blob = await new Promise<Blob | null>((done) => sheet.toBlob(done, 'image/png'));
  if (blob) download(`${fileName(name)}.png`, blob);
}

/** The canvases under each other as they stand, the lines of each named above it. */
export async function savePng(name: string, canvases: readonly HTMLCanvasElement[], lines: readonly (readonly LineSeries[])[]): Promise<void> {
  const [first] = canvases;
  if (!first) return;
  const ratio = first.width / (first.clientWidth || first.width);
  const legend = 24;
  const height = canvases.reduce((sum, canvas) => sum + canvas.height / ratio + legend, 0);
  await savePicture(name, { width: first.width / ratio, height, ratio }, (ctx, tokens) => {
    let top = 0;
    canvases.forEach((canvas, i) => {
      let left = 0;
      for (const line of lines[i] ?? []) {
        ctx.fillStyle = tokens.colour(line.colour);
        ctx.fillText(line.label, left, top);
        left += ctx.measureText(line.label).width + 18;
      }
      ctx.drawImage(canvas, 0, top + legend, canvas.width / ratio, canvas.height / ratio);
      top += legend + canvas.height / ratio;
    });
  });
}

/** Letters, digits and hyphens: good on every disk. */
export function fileName(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
