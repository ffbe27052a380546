// What the parts of a report are made with: messages, formats, and why a figure is an estimate or missing.
import type { Composer } from 'vue-i18n';
import type { Format } from '@/lib/format';
import type { Opened, PageMetric } from '@/composables/useExplain';
import type { Report } from '@/composables/useReport';
import { reasonText } from '@/lib/reasons';

export interface Words {
  readonly i18n: Pick<Composer, 't' | 'te'>;
  readonly f: Format;
  /** BCP 47 tag for names of months. */
  readonly locale: string;
}

type Status = 'exact' | 'estimated' | 'unavailable';

/** A figure as it is printed. `note` stands below it: paper has no hover. */
export interface Cell {
  readonly text: string;
  readonly note?: string;
  readonly missing?: boolean;
  readonly strong?: boolean;
  /** The proof of the figure. */
  readonly opens?: Opened;
}

export interface Table {
  readonly title: string;
  /** What stands below the title. */
  readonly sub?: string;
  /** Headings; the first one names the rows. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly foot?: readonly Cell[];
  /** What is said where there are no rows. */
  readonly empty?: string;
  /** How many columns from the left are words. */
  readonly words?: number;
}

const PAGES = ['report', 'performance', 'trades'] as const;

export function whyText({ i18n }: Words, reason: string | null): string {
  const page = PAGES.find((one) => reason !== null && i18n.te(`${one}.reasons.${reason}`));
  return reasonText(i18n, reason, page);
}

/** A figure with its mark: never a zero for what is not known. */
export function figure(words: Words, text: string | null, status: Status, reason: string | null): Cell {
  const why = whyText(words, reason);
  if (text === null) return { text: words.i18n.t('report.unknown'), note: why || undefined, missing: true };
  return status === 'estimated' ? { text, note: words.i18n.t('report.estimated', { why }) } : { text };
}

/** What has no meaning here: no figure, and no reason for its absence. */
export const nothing = (text = '–'): Cell => ({ text });

/** A figure that is known, or a dash. */
export const plain = (text: string | null): Cell => (text === null ? nothing() : { text });

/** The cell with its proof, where there is a figure; of several accounts together only sums are known, and no rows behind them. */
export function opening(report: Pick<Report, 'accounts'>, cell: Cell, figureOf: Opened): Cell {
  return cell.missing || cell.text === '–' || report.accounts.length !== 1 ? cell : { ...cell, opens: figureOf };
}

/** A figure of the period of the report. */
export function ofPeriod({ period }: Pick<Report, 'period'>, metric: PageMetric): Opened {
  return { metric, ...(period.kind === 'month' ? { month: period.name } : { year: period.name }) };
}
