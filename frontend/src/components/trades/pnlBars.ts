// P&L by asset as bars: realised and unrealised stacked on one zero axis, gains to its right, losses to its left.
import { Decimal, sum, toDecimal } from '@/lib/decimal';

export interface PnlPart {
  readonly key: string;
  readonly label: string;
  readonly realized: string | null;
  readonly unrealized: string | null;
  readonly total: string | null;
}

/** A piece of a bar in percent of the track. */
export interface Piece {
  readonly kind: 'realized' | 'gain' | 'loss';
  readonly left: number;
  readonly width: number;
}

export interface PnlBar extends PnlPart {
  readonly pieces: readonly Piece[];
}

export interface PnlBars {
  /** Where the zero axis stands, in percent of the track. */
  readonly zero: number;
  readonly rows: readonly PnlBar[];
}

const size = (value: string | null): number => toDecimal(value)?.toNumber() ?? 0;
/** The axis keeps off the edge, so that it is seen as an axis. */
const EDGE = 2;

/** Bars of all rows on one scale; rows keep their order. An unknown part draws nothing. */
export function pnlBars(parts: readonly PnlPart[]): PnlBars {
  const up = parts.map((part) => Math.max(0, size(part.realized)) + Math.max(0, size(part.unrealized)));
  const down = parts.map((part) => Math.max(0, -size(part.realized)) + Math.max(0, -size(part.unrealized)));
  const [most, least] = [Math.max(0, ...up), Math.max(0, ...down)];
  const room = 100 - 2 * EDGE;
  const scale = most + least > 0 ? room / (most + least) : 0;
  const zero = EDGE + least * scale;
  return { zero, rows: parts.map((part) => ({ ...part, pieces: pieces(part, zero, scale) })) };
}

function pieces(part: PnlPart, zero: number, scale: number): Piece[] {
  const made: Piece[] = [];
  let [right, left] = [zero, zero];
  const unrealized = size(part.unrealized);
  for (const [value, kind] of [[size(part.realized), 'realized'], [unrealized, unrealized < 0 ? 'loss' : 'gain']] as const) {
    const width = Math.abs(value) * scale;
    if (width === 0) continue;
    if (value < 0) left -= width;
    made.push({ kind, left: value < 0 ? left : right, width });
    if (value > 0) right += width;
  }
  return made;
}

/** Largest first; what does not fit is added up in one row. Sums are exact, and unknown as soon as a part is. */
export function largest(parts: readonly PnlPart[], room: number, restLabel: (n: number) => string): PnlPart[] {
  const sorted = [...parts].sort((a, b) => new Decimal(b.total ?? 0).cmp(a.total ?? 0) || a.label.localeCompare(b.label));
  if (sorted.length <= room) return sorted;
  // The middle of the list is what matters least: the greatest gains and the greatest losses stay.
  const bySize = [...sorted].sort((a, b) => new Decimal(b.total ?? 0).abs().cmp(new Decimal(a.total ?? 0).abs()));
  const kept = new Set(bySize.slice(0, room - 1));
  const rest = sorted.filter((part) => !kept.has(part));
  const add = (of: (part: PnlPart) => string | null): string | null => sum(rest.map(of))?.toFixed() ?? null;
  return [
    ...sorted.filter((part) => kept.has(part)),
    { key: '', label: restLabel(rest.length), realized: add((part) => part.realized), unrealized: add((part) => part.unrealized), total: add((part) => part.total) },
  ];
}
