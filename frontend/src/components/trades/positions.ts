import type { Position } from '@/composables/tradeTypes';
import type { PositionStatus } from '@/composables/useTrades';
import { sum, toDecimal } from '@/lib/decimal';
import type { Missing } from '@/lib/states';
import type { Column } from '@/lib/table';

/** A line of the positions table: a coin over all accounts, or one contract, or one that was closed. */
export interface PositionRow extends Omit<Position, 'id' | 'account' | 'account_name' | 'income_usd' | 'trades' | 'status'> {
  readonly key: string;
  readonly accounts: readonly string[];
  /** Ids of the positions that the line adds up. */
  readonly ids: readonly string[];
}

/**
 * Open coins of several accounts become one line: quantities, costs and profits are added up exactly, and what one
 * account does not know the line does not know either. Contracts and closed positions stay what they are.
 */
export function positionRows(items: readonly Position[]): PositionRow[] {
  const groups = new Map<string, Position[]>();
  for (const item of items) {
    const key = item.kind === 'spot' && item.status === 'open' ? `spot ${item.asset}` : item.id;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].map(([key, parts]) => one(key, parts));
}

const COST_WORST = ['unknown', 'entered', 'known'] as const;
const FIGURES_WORST = ['unavailable', 'estimated', 'exact'] as const;

function one(key: string, parts: readonly Position[]): PositionRow {
  const first = parts[0] as Position; // groups are never empty
  const accounts = parts.map((part) => part.account_name);
  const ids = parts.map((part) => part.id);
  if (parts.length === 1) return { ...first, key, accounts, ids };
  const add = (of: (part: Position) => string | null) => sum(parts.map(of));
  const [quantity, cost, pnl] = [add((part) => part.quantity), add((part) => part.cost_usd), add((part) => part.pnl)];
  const text = (value: ReturnType<typeof add>): string | null => value?.toFixed() ?? null;
  const unclear = FIGURES_WORST.find((status) => parts.some((part) => part.figures_status === status)) ?? 'exact';
  return {
    ...first, key, accounts, ids,
    quantity: text(quantity),
    cost_usd: text(cost),
    pnl: text(pnl),
    entry_price: quantity && cost && !quantity.isZero() ? cost.div(quantity).toFixed() : null,
    pnl_percent: pnl && cost && !cost.isZero() ? pnl.div(cost).times(100).toNumber() : null,
    value_usd: text(add((part) => part.value_usd)),
    realized_pnl: text(add((part) => part.realized_pnl)),
    fees_usd: text(add((part) => part.fees_usd)),
    open_time: parts.map((part) => part.open_time).reduce((a, b) => (a === null || b === null ? null : a < b ? a : b)),
    cost_status: COST_WORST.find((status) => parts.some((part) => part.cost_status === status)) ?? 'known',
    figures_status: unclear,
    figures_reason: parts.find((part) => part.figures_status === unclear)?.figures_reason ?? null,
  };
}

/** Open positions sort by what they gained, closed ones by when they ended. */
export const FIRST_SORT = { open: { id: 'pnl', descending: true }, closed: { id: 'closed', descending: true } } as const;

export const COLUMN_IDS = {
  open: ['position', 'side', 'quantity', 'entry', 'mark', 'value', 'pnl', 'percent', 'realized', 'account'],
  closed: ['position', 'side', 'quantity', 'entry', 'exit', 'realized', 'percent', 'fees', 'closed', 'account'],
} as const;
export type ColumnId = (typeof COLUMN_IDS)[PositionStatus][number];

type Spec = Omit<Column<PositionRow>, 'id' | 'label'>;
const at = (value: string | null): number | null => (value === null ? null : Date.parse(value));

const SPECS: Readonly<Record<ColumnId, Spec>> = {
  position: { align: 'left', value: (row) => (row.kind === 'spot' ? row.asset : row.symbol) },
  side: { align: 'left', value: (row) => (row.kind === 'spot' ? '' : row.side) },
  quantity: { value: (row) => toDecimal(row.quantity) },
  entry: { value: (row) => toDecimal(row.entry_price) },
  exit: { value: (row) => toDecimal(row.exit_price) },
  mark: { value: (row) => toDecimal(row.current_price) },
  value: { value: (row) => toDecimal(row.value_usd) },
  pnl: { value: (row) => toDecimal(row.pnl) },
  percent: { value: (row) => row.pnl_percent },
  realized: { priority: 3, value: (row) => toDecimal(row.realized_pnl) },
  fees: { priority: 2, value: (row) => toDecimal(row.fees_usd) },
  closed: { align: 'left', firstSort: 'descending', value: (row) => at(row.close_time) },
  account: { align: 'left', priority: 3, value: (row) => row.accounts.join() },
};

export function positionColumns(status: PositionStatus, t: (key: string) => string): Column<PositionRow>[] {
  return COLUMN_IDS[status].map((id) => {
    const spec = SPECS[id];
    return { ...spec, id, label: t(`trades.positions.columns.${id}`), priority: status === 'closed' && id === 'realized' ? 1 : spec.priority };
  });
}

/** How a figure looks that is not there: a coin without a price has no gain yet, and all else waits for the history. */
export function missingFigure(reason: string | null): Missing {
  if (reason === 'not_applicable' || reason === 'other_currency') return 'not-applicable';
  return reason === 'no_price' || reason === 'not_trading' ? 'no-price' : 'not-yet';
}
