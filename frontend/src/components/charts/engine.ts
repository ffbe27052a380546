import { Chart, LinearScale, LineController, LineElement, PointElement, type ChartConfiguration, type ChartDataset, type ChartOptions } from 'chart.js';
import type { LineModel } from './model';
import { endsOf, paintCross, paintDates, paintEnds, paintFill, paintGaps, paintGrid, paintMark, paintRail, RAIL_PX, type Frame } from './painter';
import { breakAtGaps, growthAt, growthAxis, yDomain, type Point } from './scale';
import { thin } from './thin';
import { readTokens, type ChartTokens } from './tokens';

// Only what is used: the rest of Chart.js stays out of the chunk.
Chart.register(LineController, LineElement, PointElement, LinearScale);

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
      frame.model.series.forEach((line, i) => paintFill(frame, line, chart.getDatasetMeta(i).data));
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

  let chart: Chart<'line', Point[]> | null = null;

  return {
    show(next) {
      model = next;
      tokens = readTokens(canvas);
      const datasets = next.series.map((line, i) => dataset(next, line, tokens, next.series.length - i));
      if (chart) {
        chart.data.datasets = datasets;
        Object.assign(chart.options, boundsOf(next, chart.width));
        chart.update('none');
      } else {
        // Started with its first lines: they are laid out and drawn once.
        const options = { ...BASE, ...boundsOf(next, canvas.parentElement?.clientWidth ?? 0) };
        chart = new Chart(canvas, { type: 'line', data: { datasets }, options, plugins: [painter] } satisfies ChartConfiguration<'line', Point[]>);
      }
    },
    point(index) {
      cross = index;
      chart?.draw();
    },
    frame: () => chart && frameOf(chart),
    destroy: () => chart?.destroy(),
  };
}

/** Where a value stands on the y axis; null where it has no place. */
function placeOf(model: LineModel | null, value: number | null): number | null {
  return model?.log ? growthAxis(value) : value;
}

const BASE: ChartOptions<'line'> = {
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  parsing: false,
  normalized: true,
  events: [], // pointer and keys are ours: they drive the tooltip and the live region
};

/** Where the plot stands on its canvas, and between which values. */
function boundsOf(model: LineModel, width: number): ChartOptions<'line'> {
  const { lo, hi } = yDomain(model.series.flatMap((line) => line.values.map((value) => placeOf(model, value))), model.zero);
  const hidden = { type: 'linear', display: false, ticks: { display: false } } as const;
  return {
    layout: { padding: padding(model, width) },
    scales: { x: { ...hidden, min: model.times[0], max: model.times.at(-1) }, y: { ...hidden, min: lo, max: hi } },
  };
}

function padding(model: LineModel, width: number): { left: number; right: number; top: number; bottom: number } {
  return { left: 2, right: width < 520 ? 56 : 66, top: 10, bottom: 22 + (model.rail ? RAIL_PX : 0) };
}

/** One line. Nothing in it is a function: Chart.js would ask one again for each point. */
function dataset(model: LineModel, line: LineModel['series'][number], tokens: ChartTokens, order: number): ChartDataset<'line', Point[]> {
  const all = model.times.map((x, i) => ({ x, y: placeOf(model, line.values[i] ?? null) }));
  const points = model.join ? all.filter(({ y }) => y !== null) : all;
  return {
    data: [...thin(breakAtGaps(points, model.gaps))],
    order: -order, // the first line is drawn last, on top
    spanGaps: false,
    pointRadius: 0,
    borderColor: tokens.colour(line.colour),
    borderWidth: line.width,
    borderDash: [...(line.dash ?? [])],
    borderJoinStyle: 'round',
  };
}
