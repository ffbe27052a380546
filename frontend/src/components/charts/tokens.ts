import type { ColourToken } from './model';

export interface ChartTokens {
  readonly colour: (token: ColourToken | '--bg' | '--gain' | '--warn' | `--seq-${number}` | '--line' | '--line-control' | '--text' | '--text-3') => string;
  readonly font: (weight: number) => string;
  /** Height of a line of axis text in pixels; grows with the reader's text size. */
  readonly textPx: number;
}

/** Read the tokens a chart needs from the page as it is now; call again after a change of theme. */
export function readTokens(element: Element): ChartTokens {
  const style = getComputedStyle(element);
  const family = style.getPropertyValue('--font').trim() || 'monospace';
  const rootPx = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const textPx = (parseFloat(style.getPropertyValue('--fs-1')) || 0.6875) * rootPx;
  return {
    colour: (token) => style.getPropertyValue(token).trim() || '#888',
    font: (weight) => `${weight} ${textPx}px ${family}`,
    textPx,
  };
}
