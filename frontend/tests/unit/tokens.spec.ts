// The token file is the design's, and its colours keep the contrasts that the design promises.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withNamedTheme } from '../../build/nested-theme';

const FILE = join(import.meta.dirname, '../../src/styles/tokens.css');
const DESIGN = join(import.meta.dirname, '../../../../shared/design/mockup/tokens.css');
const css = readFileSync(FILE, 'utf8');

function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}
const dark = colours(':root');
const light = new Map([...dark, ...colours('[data-theme="paper"]')]);
const PNL = [...css.matchAll(/^((?:\[data-theme="paper"\])?)\[data-pnl="[\w-]+"\] \{ --gain: (#\w{6});.*--loss: (#\w{6});/gm)];

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** WCAG contrast of two colours, 1 to 21. */
function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}
const SURFACES = ['bg', 'surface-1', 'surface-2', 'surface-3'];
function lowest(theme: Map<string, string>, name: string, grounds = SURFACES): number {
  return Math.min(...grounds.map((ground) => contrast(theme.get(name) ?? '#000000', theme.get(ground) ?? '#000000')));
}

it.skipIf(!existsSync(DESIGN))('is the design’s file, byte for byte (skipped where the design is not beside the checkout)', () => {
  expect(css).toBe(readFileSync(DESIGN, 'utf8'));
});

it('gives the dark theme to a part of a light page as well, in the build', () => {
  expect(withNamedTheme(css)?.replace(', [data-theme="phosphor"]', '')).toBe(css);
  expect(withNamedTheme('body {}')).toBeNull();
});

describe.each([['phosphor', dark], ['paper', light]] as const)('%s', (_name, theme) => {
  it.each([['text', 12.9], ['text-2', 6.9], ['text-3', 5]] as const)('--%s has at least %d to 1 on every surface', (name, least) => {
    expect(Math.round(lowest(theme, name) * 10) / 10).toBeGreaterThanOrEqual(least);
  });
  it.each(['accent', 'accent-soft', 'gain', 'loss', 'warn', 'danger', 'info', 'bench'])('--%s is readable as text on the page', (name) => {
    expect(lowest(theme, name, ['bg', 'surface-1'])).toBeGreaterThanOrEqual(4.5);
  });
  it.each([['on-accent', 'accent'], ['on-warn', 'warn'], ['on-danger', 'danger'], ['bg', 'info']])('--%s is readable on --%s', (name, ground) => {
    expect(lowest(theme, name, [ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['line-control', 'focus', 'seq-1', 'seq-2', 'seq-3', 'seq-4', 'seq-5', 'seq-6', 'seq-7', 'seq-8', 'cat-1', 'cat-2', 'cat-3', 'cat-4'])('--%s is seen against the page', (name) => {
    expect(lowest(theme, name, ['bg'])).toBeGreaterThanOrEqual(3);
  });
});

it('every gain and loss palette is readable in its theme', () => {
  expect(PNL).toHaveLength(4);
  for (const [, paper, gain = '', loss = ''] of PNL) {
    const ground = (paper ? light : dark).get('bg') ?? '';
    for (const colour of [gain, loss]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
  }
});
