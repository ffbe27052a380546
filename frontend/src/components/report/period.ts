// Names of periods, and which one is shown first.
import type { ReportPeriod } from '@/composables/useReport';

/** "October 2026", "2026": whatever the zone of the reader, months are those of UTC. */
export function periodName(period: Pick<ReportPeriod, 'name' | 'kind' | 'start'>, locale: string): string {
  if (period.kind === 'year') return period.name;
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(period.start));
}

/** The period of the URL, else the newest month that is over, else the newest there is; '' where there is none. */
export function shownPeriod(wanted: string, items: readonly ReportPeriod[]): string {
  if (items.some((one) => one.name === wanted)) return wanted;
  const months = items.filter((one) => one.kind === 'month');
  return (months.find((one) => !one.running) ?? months[0] ?? items[0])?.name ?? '';
}

/** A day of UTC, told as that day in every zone. */
export const middayOf = (date: string): string => `${date}T12:00:00Z`;
