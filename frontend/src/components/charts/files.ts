// A chart as a file: its values with all their digits, or the picture as it stands with name and legend above it.
import { type Cell, downloadCsv, toCsv } from '@/lib/csv';
import { download } from '@/lib/download';
import type { LineModel, LineSeries } from './model';
import { readTokens } from './tokens';

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

/** The canvases under each other on the page's own ground; the lines of each are named above it. */
export async function savePng(name: string, canvases: readonly HTMLCanvasElement[], lines: readonly (readonly LineSeries[])[]): Promise<void> {
  const [first] = canvases;
  const sheet = document.createElement('canvas');
  const ctx = sheet.getContext('2d');
  if (!first || !ctx) return;
  const tokens = readTokens(first);
  const ratio = first.width / (first.clientWidth || first.width);
  const edge = 12;
  const head = 2 * tokens.textPx + edge;
  sheet.width = first.width + 2 * edge * ratio;
  sheet.height = canvases.reduce((sum, canvas) => sum + canvas.height + head * ratio, 2 * edge * ratio);
  ctx.fillStyle = tokens.colour('--bg');
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  let top = edge;
  canvases.forEach((canvas, i) => {
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = 'top';
    ctx.font = tokens.font(600);
    let left = edge;
    const write = (text: string, colour: string): void => {
      ctx.fillStyle = colour;
      ctx.fillText(text, left, top);
      left += ctx.measureText(text).width + 18;
    };
    if (i === 0) write(name, tokens.colour('--text'));
    for (const line of lines[i] ?? []) write(line.label, tokens.colour(line.colour));
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(canvas, edge * ratio, (top + head) * ratio);
    top += head + canvas.height / ratio;
  });
  const blob = await new Promise<Blob | null>((done) => sheet.toBlob(done, 'image/png'));
  if (blob) download(`${fileName(name)}.png`, blob);
}

/** Letters, digits and hyphens: good on every disk. */
export function fileName(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
