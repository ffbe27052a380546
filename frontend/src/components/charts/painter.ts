import { lastKnown, type LineModel, type LineSeries } from './model';
import { growthTicks, niceTicks, pushApart, timeTickCount, timeTicks, valueAt, type Domain, type Gap, type Point } from './scale';
import type { ChartTokens } from './tokens';

/** Everything a painting step needs: the context, the plot in CSS pixels and both scales. */
export interface Frame {
  readonly ctx: CanvasRenderingContext2D;
  readonly model: LineModel;
  readonly tokens: ChartTokens;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly width: number;
  readonly height: number;
  readonly domain: Domain;
  readonly x: (t: number) => number;
  readonly y: (value: number) => number;
  readonly dateLabel: (t: number) => string;
}

export const RAIL_PX = 26;
const LABEL_GAP = 19;

interface End {
  readonly y: number;
  readonly at: number;
  readonly x: number;
  readonly text: string;
  readonly colour: string;
}

/** Value labels of the lines, pushed apart. */
export function endsOf({ model, tokens, x, y, plot }: Frame): End[] {
  const ends = model.series.flatMap((line) => {
    const index = lastKnown(line.values);
    const value = line.values[index];
    const t = model.times[index];
    if (value === undefined || value === null || t === undefined) return [];
    return [{ at: y(value), x: x(t), text: model.endLabel(value), colour: tokens.colour(line.colour) }];
  });
  const placed = pushApart(ends.map((end) => end.at), LABEL_GAP, plot.top + 9, plot.bottom - 9);
  return ends.map((end, i) => ({ ...end, y: placed[i] ?? end.at }));
}

/** Horizontal grid with its labels on the right; a label that an end label would touch is left out. */
export function paintGrid(frame: Frame, ends: readonly End[]): void {
  const { ctx, tokens, plot, domain, y, width, model } = frame;
  ctx.font = tokens.font(400);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  ctx.lineWidth = 1;
  const ticks = (model.log ? growthTicks : niceTicks)(domain.lo, domain.hi, plot.bottom - plot.top < 130 ? 3 : 5);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  let labelled = Infinity;
  for (const value of ticks) {
    const at = Math.round(y(value)) + 0.5;
    ctx.strokeStyle = tokens.colour(value === 0 && model.zero ? '--line-control' : '--line');
    stroke(ctx, plot.left, at, plot.right, at);
    if (labelled - at < 14 || ends.some((end) => Math.abs(end.y - at) < 17)) continue;
    labelled = at;
    ctx.fillStyle = tokens.colour('--text-3');
    ctx.fillText(model.axisLabel(value, step), width - 2, at);
  }
}

export function paintDates({ ctx, tokens, plot, model, height, x, dateLabel, width }: Frame): void {
  const from = model.times[0];
  const to = model.times.at(-1);
  if (from === undefined || to === undefined) return;
  ctx.font = tokens.font(400);
  ctx.fillStyle = tokens.colour('--text-3');
  ctx.textBaseline = 'alphabetic';
  let before = '';
  for (const tick of timeTicks(from, to, timeTickCount(plot.right - plot.left, width < 520))) {
    const text = dateLabel(tick.t);
    if (text === before) continue; // a short range would print the same day twice
    before = text;
    ctx.textAlign = tick.align;
    ctx.fillText(text, x(tick.t), height - 6);
  }
}

/** What lies between a filled line and its floor, fading downwards; a break of the line is a break of the fill. */
export function paintFill({ ctx, tokens, plot, y }: Frame, line: LineSeries, points: readonly { x: number; y: number; skip?: boolean }[]): void {
  if (!line.fill) return;
  const floor = line.fill === 'zero' ? y(0) : plot.bottom;
  ctx.save();
  ctx.fillStyle = tokens.colour(line.colour);
  const opaque = String(ctx.fillStyle); // the context answers #rrggbb whatever notation a token uses
  const fade = (ctx.fillStyle = ctx.createLinearGradient(0, plot.top, 0, plot.bottom));
  fade.addColorStop(0, `${opaque}33`);
  fade.addColorStop(1, `${opaque}00`);
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (point.skip) return;
    if (!before || before.skip) {
      ctx.beginPath();
      ctx.moveTo(point.x, floor);
    }
    ctx.lineTo(point.x, point.y);
    if (points[i + 1] && !points[i + 1]?.skip) return;
    ctx.lineTo(point.x, floor);
    ctx.fill();
  });
  ctx.restore();
}

/** Stretches without snapshots: hatched, so that a missing line is seen as missing. */
export function paintGaps({ ctx, tokens, plot, model, x }: Frame): void {
  for (const gap of visible(model.gaps, model.times)) {
    const left = Math.max(plot.left, x(gap.from));
    const right = Math.min(plot.right, Math.max(x(gap.to), left + 2));
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, plot.top, right - left, plot.bottom - plot.top);
    ctx.clip();
    ctx.strokeStyle = tokens.colour('--line-control');
    ctx.globalAlpha = 0.6;
    const tall = plot.bottom - plot.top;
    for (let at = left - tall; at < right; at += 6) stroke(ctx, at, plot.bottom, at + tall, plot.top);
    ctx.restore();
  }
}

function visible(gaps: readonly Gap[], times: readonly number[]): Gap[] {
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? 0;
  return gaps.filter((gap) => gap.to > from && gap.from < to);
}

/** Flows on their rail, each tied to the first line by dots. */
export function paintRail(frame: Frame): void {
  const { ctx, tokens, plot, model, x, y } = frame;
  if (!model.rail) return;
  const top = plot.bottom + 8;
  ctx.lineWidth = 1;
  ctx.strokeStyle = tokens.colour('--line');
  stroke(ctx, plot.left, top + 14.5, plot.right, top + 14.5);
  const first = model.times[0] ?? 0;
  const last = model.times.at(-1) ?? 0;
  const line = pointsOf(model);
  ctx.strokeStyle = ctx.fillStyle = tokens.colour('--info');
  for (const flow of model.flows) {
    if (flow.t < first || flow.t > last) continue;
    const at = x(flow.t);
    const value = valueAt(line, flow.t);
    if (value !== null) {
      ctx.save();
      ctx.globalAlpha = 0.55;
      ctx.setLineDash([1, 3]);
      stroke(ctx, at, top - 2, at, y(value));
      ctx.restore();
    }
    triangle(ctx, at, top, flow.into, tokens.colour('--bg'));
  }
}

/** Filled and upward for money in, hollow and downward for money out. */
function triangle(ctx: CanvasRenderingContext2D, x: number, top: number, into: boolean, paper: string): void {
  ctx.beginPath();
  ctx.moveTo(x, into ? top : top + 10);
  ctx.lineTo(x + 5, into ? top + 9 : top + 1);
  ctx.lineTo(x - 5, into ? top + 9 : top + 1);
  ctx.closePath();
  if (into) {
    ctx.fill();
    return;
  }
  const colour = ctx.fillStyle;
  ctx.fillStyle = paper;
  ctx.fill();
  ctx.fillStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.stroke();
  ctx.lineWidth = 1;
}

export function paintEnds({ ctx, tokens, plot, width }: Frame, ends: readonly End[]): void {
  ctx.font = tokens.font(600);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'right';
  for (const end of ends) {
    dot(ctx, end.x, end.at, 2.4, end.colour, end.colour);
    ctx.fillStyle = tokens.colour('--bg');
    ctx.strokeStyle = end.colour;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.roundRect(plot.right + 6.5, end.y - 9, width - plot.right - 7, 18, 2);
    ctx.fill();
    ctx.globalAlpha = 0.6;
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.fillStyle = end.colour;
    ctx.fillText(end.text, width - 5, end.y + 0.5);
  }
}

/** The named point of the first line, with its words on the side that has room. */
export function paintMark({ ctx, tokens, plot, model, x, y }: Frame): void {
  const [line] = model.series;
  const t = model.mark && model.times[model.mark.index];
  const value = model.mark && line?.values[model.mark.index];
  if (!model.mark || !line || t === undefined || value === undefined || value === null) return;
  const colour = tokens.colour(line.colour);
  dot(ctx, x(t), y(value), 3.2, tokens.colour('--bg'), colour);
  ctx.font = tokens.font(600);
  ctx.textBaseline = 'middle';
  const left = x(t) > (plot.left + plot.right) / 2;
  ctx.textAlign = left ? 'right' : 'left';
  ctx.fillStyle = colour;
  ctx.fillText(model.mark.text, x(t) + (left ? -9 : 9), Math.min(y(value) + 8, plot.bottom - 6));
}

export function paintCross(frame: Frame, index: number): void {
  const { ctx, tokens, plot, model, x, y } = frame;
  const t = model.times[index];
  if (t === undefined) return;
  ctx.save();
  ctx.strokeStyle = tokens.colour('--text-3');
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 2]);
  stroke(ctx, x(t), plot.top, x(t), plot.bottom);
  ctx.restore();
  for (const line of model.series) {
    const value = line.values[index];
    if (value === undefined || value === null) continue;
    dot(ctx, x(t), y(value), 3.5, tokens.colour('--bg'), tokens.colour(line.colour));
  }
}

/** The first line as points: what flow markers are tied to. */
function pointsOf(model: LineModel): Point[] {
  const values = model.series[0]?.values ?? [];
  return model.times.map((x, i) => ({ x, y: values[i] ?? null }));
}

function dot(ctx: CanvasRenderingContext2D, x: number, y: number, r: number, fill: string, edge: string): void {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.strokeStyle = edge;
  ctx.lineWidth = 1.8;
  ctx.stroke();
}

function stroke(ctx: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}
