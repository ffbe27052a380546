import { describe, expect, it } from 'vitest';
import type { LineModel } from '@/components/charts/model';
import { endsOf, paintEnds, paintFill, paintGaps, paintGrid, paintRail, type Frame } from '@/components/charts/painter';

interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** A context that notes what is drawn; properties are kept as set. */
function recorder(): { ctx: CanvasRenderingContext2D; calls: Call[] } {
  const calls: Call[] = [];
  const ctx = new Proxy({} as Record<string, unknown>, {
    get: (target, name: string) => (name in target ? target[name] : (...args: unknown[]) => void calls.push({ name, args })),
  });
  return { ctx: ctx as unknown as CanvasRenderingContext2D, calls }; // only what the painter calls is there
}

function frame(over: Partial<LineModel> = {}): { frame: Frame; calls: Call[] } {
  const { ctx, calls } = recorder();
  const model: LineModel = {
    times: [0, 50, 100],
    series: [
      { key: 'a', label: 'A', values: [0, 10, 20], colour: '--accent', width: 1.8, read: String },
      { key: 'b', label: 'B', values: [0, 9, 19.5], colour: '--bench', width: 1.5, dash: [5, 4], read: String },
    ],
    flows: [], gaps: [], zero: true, unit: '%', rail: true, axisLabel: (v, step) => `axis ${v} by ${step}`, endLabel: (v) => `end ${v}`, ...over,
  };
  return {
    calls,
    frame: {
      ctx, model, width: 464, height: 260, plot: { left: 0, right: 400, top: 0, bottom: 200 }, domain: { lo: 0, hi: 20 },
      tokens: { colour: (token) => token, font: () => 'font', textPx: 11 },
      x: (t) => t * 4, y: (v) => 200 - v * 10, dateLabel: String,
    },
  };
}

describe('painting', () => {
  it('labels the ends of both lines, pushed apart and inside the plot', () => {
    const { frame: f, calls } = frame();
    const ends = endsOf(f);
    expect(Math.abs((ends[0]?.y ?? 0) - (ends[1]?.y ?? 0))).toBeGreaterThanOrEqual(19);
    expect(ends.every((end) => end.y >= 9 && end.y <= 191)).toBe(true);
    paintEnds(f, ends);
    expect(calls.filter((call) => call.name === 'fillText').map((call) => call.args[0])).toEqual(['end 20', 'end 19.5']);
  });

  it('fills under a line down to its floor, and not across a break of it', () => {
    const points = [{ x: 0, y: 200 }, { x: 100, y: 150 }, { x: 150, y: NaN, skip: true }, { x: 200, y: 100 }, { x: 400, y: 0 }];
    const { frame: f, calls } = frame();
    Object.assign(f.ctx, { createLinearGradient: () => ({ addColorStop: () => undefined }) });
    const [line] = f.model.series;
    if (!line) throw new Error('the model has lines');
    paintFill(f, line, points);
    expect(calls).toEqual([]); // a line that is not filled
    paintFill(f, { ...line, fill: 'floor' }, points);
    const path = calls.filter(({ name }) => ['moveTo', 'lineTo', 'fill'].includes(name)).map(({ name, args }) => [name, ...args].join(' '));
    expect(path).toEqual(['moveTo 0 200', 'lineTo 0 200', 'lineTo 100 150', 'lineTo 100 200', 'fill', 'moveTo 200 200', 'lineTo 200 100', 'lineTo 400 0', 'lineTo 400 200', 'fill']);
  });

  it('drops an axis label that an end label would touch', () => {
    const { frame: f, calls } = frame();
    paintGrid(f, endsOf(f));
    const texts = calls.filter((call) => call.name === 'fillText').map((call) => call.args[0]);
    expect(texts).toContain('axis 0 by 5');
    expect(texts).not.toContain('axis 20 by 5');
  });

  it('fills the marker of money in and leaves that of money out hollow', () => {
    const { frame: f, calls } = frame({ flows: [{ t: 25, into: true }] });
    paintRail(f);
    const filled = calls.filter((call) => call.name === 'closePath' || call.name === 'fill').length;
    const out = frame({ flows: [{ t: 25, into: false }] });
    paintRail(out.frame);
    const strokesIn = calls.filter((call) => call.name === 'stroke').length;
    const strokesOut = out.calls.filter((call) => call.name === 'stroke').length;
    expect(filled).toBe(2);
    expect(strokesOut).toBe(strokesIn + 1);
  });

  it('ties a flow to the line by dots, and leaves out flows beyond the range', () => {
    const { frame: f, calls } = frame({ flows: [{ t: 50, into: true }, { t: 999, into: true }] });
    paintRail(f);
    expect(calls.filter((call) => call.name === 'setLineDash').map((call) => call.args[0])).toEqual([[1, 3]]);
    expect(calls.some((call) => call.name === 'lineTo' && call.args[0] === 200 && call.args[1] === 100)).toBe(true);
  });

  it('hatches a gap inside its bounds and nothing without one', () => {
    const none = frame();
    paintGaps(none.frame);
    expect(none.calls).toEqual([]);
    const { frame: f, calls } = frame({ gaps: [{ from: 50, to: 75 }] });
    paintGaps(f);
    expect(calls.find((call) => call.name === 'rect')?.args).toEqual([200, 0, 100, 200]);
    expect(calls.filter((call) => call.name === 'stroke').length).toBeGreaterThan(5);
  });
});
