import { toDecimal } from '@/lib/decimal';
import type { Column } from '@/lib/table';
import type { Holding } from './holdings';

/** Columns of the holdings table by id; all sort, the first cannot be taken out. */
export const COLUMN_IDS = ['asset', 'price', 'change', 'quantity', 'value', 'weight', 'target', 'drift', 'pnl'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export function holdingColumns(t: (key: string) => string): Column<Holding>[] {
  const label = (id: ColumnId): string => t(`holdings.columns.${id}`);
  return [
    { id: 'asset', label: label('asset'), align: 'left', value: (h) => h.asset },
    { id: 'price', label: label('price'), priority: 3, value: (h) => toDecimal(h.priceUsd) },
    { id: 'change', label: label('change'), value: (h) => h.change24hPercent },
    { id: 'quantity', label: label('quantity'), value: (h) => toDecimal(h.quantity) },
    { id: 'value', label: label('value'), value: (h) => toDecimal(h.valueUsd) },
    { id: 'weight', label: label('weight'), value: (h) => h.weightPercent },
    { id: 'target', label: label('target'), priority: 2, value: (h) => h.targetPercent },
    { id: 'drift', label: label('drift'), value: (h) => h.driftPp, hint: t('holdings.driftHelp') },
    { id: 'pnl', label: label('pnl'), value: (h) => toDecimal(h.unrealizedUsd), hint: t('holdings.pnlHelp') },
  ];
}
