import type { ImportItem, ImportLine, ImportPreview } from '@/composables/useImports';

const FIGURES = { as_of: null, environment: 'demo' as const, reporting_currency: 'USDT', reporting_currency_depeg: false, stale: false };

export function item(over: Partial<ImportItem> = {}): ImportItem {
  return {
    id: 4, account_id: 1, account_name: 'main-spot', kind: 'cash_flows', name: 'savings.csv', state: 'preview', created_at: '2026-11-20T10:00:00Z',
    committed_at: null, undone_at: null, written: null, known: null, refused: null, ignored: null, removed: 0, kept: 0, first_at: null, last_at: null, ...over,
  };
}

export function line(n: number, over: Partial<ImportLine> = {}): ImportLine {
  return {
    n, position: n, file: '', state: 'new', reason: null, detail: '', timestamp: '2026-10-03T10:00:00Z', type: 'DEPOSIT', amount_usd: '1234', asset: null, quantity: null,
    description: '', event: null, moves: [], ...over,
  };
}

export function preview(answers: Partial<ImportPreview['answers']> = {}, over: Partial<ImportPreview> = {}): ImportPreview {
  const lines = over.lines ?? [line(2), line(3, { state: 'known' }), line(4, { state: 'error', reason: 'zero', timestamp: null, type: null })];
  return {
    ...FIGURES, import_id: 4, item: item(),
    columns: [{ index: 0, name: 'Date', samples: ['03/10/2026'] }, { index: 1, name: 'Amount', samples: ['1.234'] }, { index: 2, name: '', samples: [] }],
    answers: { delimiter: ',', header: true, columns: null, decimal_mark: null, date_order: null, time_zone: null, direction: null, ...answers },
    questions: [], complete: true, counts: { new: 1, known: 1, error: 1, ignored: 0 }, lines, refused: null, next_cursor: null, ...over,
  };
}
