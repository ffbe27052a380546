import { Chart, Filler, LinearScale, LineController, LineElement, PointElement, type ChartConfiguration, type ScriptableContext } from 'chart.js';
import type { LineModel } from './model';
import { endsOf, paintCross, paintDates, paintEnds, paintGaps, paintGrid, paintMark, paintRail, RAIL_PX, type Frame } from './painter';
import { breakAtGaps, growthAt, growthAxis, yDomain, type Point } from './scale';
import { thin } from './thin';
import { readTokens, type ChartTokens } from './tokens';

// Only what is used: the rest of Chart.js stays out of the chunk.
Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

export interface Engine {
  /** Draw this model from now on, without animation, with the tokens of the page as it is now. */
  show: (model: LineModel) => void;
  /** Move the crosshair to an index of `model.times`, or take it away with -1. */
  point: (index: number) => void;
  /** The frame of the last drawing, for hit tests and for placing the tooltip; null before the first. */
  frame: () => Frame | null;
  destroy: () => void;
}

/** Start Chart.js on a canvas. It draws the lines; axes, rail, labels and crosshair are painted around them. */
export function createEngine(canvas: HTMLCanvasElement, dateLabel: (t: number) => string): Engine {
  let model: LineModel | null = null;
  let tokens: ChartTokens = readTokens(canvas);
  let cross = -1;

  function frameOf(chart: Chart): Frame | null {
    const ctx = chart.ctx;
    const xs = chart.scales.x;
    const ys = chart.scales.y;
    if (!model || !xs || !ys || model.times.length === 0) return null;
    return {
      ctx, model, tokens, plot: chart.chartArea, width: chart.width, height: chart.height, dateLabel,
      domain: model.log ? { lo: growthAt(ys.min), hi: growthAt(ys.max) } : { lo: ys.min, hi: ys.max },
      x: (t) => xs.getPixelForValue(t),
      y: (value) => ys.getPixelForValue(placeOf(model, value) ?? ys.min),
    };
  }

  const painter = {
    id: 'painter',
    beforeDatasetsDraw(chart: Chart): void {
      const frame = frameOf(chart);
      if (!frame) return;
      paintGaps(frame);
      paintGrid(frame, endsOf(frame));
      paintDates(frame);
      paintRail(frame);
    },
    afterDatasetsDraw(chart: Chart): void {
      const frame = frameOf(chart);
      if (!frame) return;
      paintEnds(frame, endsOf(frame));
      paintMark(frame);
      paintCross(frame, cross);
    },
  };

  const chart = new Chart(canvas, { ...base(), plugins: [painter] });

  return {
    show(next) {
      model = next;
      tokens = readTokens(canvas);
      const { lo, hi } = yDomain(next.series.flatMap((line) => line.values.map((value) => placeOf(next, value))), next.zero);
      chart.data.datasets = next.series.map((line, i) => dataset(next, line, tokens, next.series.length - i));
      const options = chart.options;
      options.layout = { padding: padding(next, chart.width) };
      options.scales = {
        x: { type: 'linear', display: false, min: next.times[0], max: next.times.at(-1) },
        y: { type: 'linear', display: false, min: lo, max: hi },
      };
      chart.update('none');
    },
    point(index) {
      cross = index;
      chart.draw();
    },
    frame: () => frameOf(chart),
    destroy: () => chart.destroy(),
  };
}

/** Where a value stands on the y axis; null where it has no place. */
function placeOf(model: LineModel | null, value: number | null): number | null {
  return model?.log ? growthAxis(value) : value;
}

function base(): ChartConfiguration<'line', Point[]> {
  return {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [], // pointer and keys are ours: they drive the tooltip and the live region
    },
  };
}

function padding(model: LineModel, width: number): { left: number; right: number; top: number; bottom: number } {
  return { left: 2, right: width < 520 ? 56 : 66, top: 10, bottom: 22 + (model.rail ? RAIL_PX : 0) };
}

function dataset(
  model: LineModel,
  line: LineModel['series'][number],
  tokens: ChartTokens,
  order: number,
): ChartConfiguration<'line', Point[]>['data']['datasets'][number] {
  const all = model.times.map((x, i) => ({ x, y: placeOf(model, line.values[i] ?? null) }));
  const points = model.join ? all.filter(({ y }) => y !== null) : all;
  const colour = tokens.colour(line.colour);
  return {
    data: [...thin(breakAtGaps(points, model.gaps))],
    order: -order, // the first line is drawn last, on top
    spanGaps: false,
    pointRadius: 0,
    borderColor: colour,
    borderWidth: line.width,
    borderDash: [...(line.dash ?? [])],
    borderJoinStyle: 'round',
    fill: line.fill === 'zero' ? 'origin' : line.fill === 'floor' ? 'start' : false,
    backgroundColor: line.fill ? (context: ScriptableContext<'line'>) => fade(context.chart, colour) : colour,
  };
}

/** A soft fill that fades to nothing at the floor of the plot. */
function fade(chart: Chart, colour: string): CanvasGradient | string {
  const { ctx, chartArea } = chart;
  if (!chartArea) return 'transparent'; // Chart.js asks once before its first layout
  const gradient = ctx.createLinearGradient(0, chartArea.top, 0, chartArea.bottom);
  ctx.save();
  ctx.fillStyle = colour;
  const opaque = String(ctx.fillStyle); // the context answers #rrggbb whatever notation a token uses
  ctx.restore();
  gradient.addColorStop(0, `${opaque}33`);
  gradient.addColorStop(1, `${opaque}00`);
  return gradient;
}
