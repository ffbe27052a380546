import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Answer } from '@/api/answers';
import { useAccountQuery } from './useAccountQuery';
import { useFiguresQuery } from './useFiguresQuery';
import { useResource, type Resource } from './useResource';

export type Report = Answer<'/api/reports'>;
export type ReportPeriods = Answer<'/api/reports/periods'>;
export type ReportPeriod = ReportPeriods['items'][number];
export const COST_METHODS = ['average', 'fifo', 'lifo', 'hifo'] as const;
export type CostMethod = (typeof COST_METHODS)[number];

/** The years and months that a report can be made of, the newest of each first. */
export function useReportPeriods(): Resource<ReportPeriods> {
  return useResource<ReportPeriods>('/api/reports/periods', { query: useAccountQuery(), topics: ['snapshot'] });
}

/** A month or a year; nothing is asked for while none is chosen. */
export function useReport(period: MaybeRefOrGetter<string>, method: MaybeRefOrGetter<CostMethod>): Resource<Report> {
  const figures = useFiguresQuery();
  return useResource<Report>(() => (toValue(period) ? '/api/reports' : null), {
    query: () => ({ period: toValue(period), method: toValue(method), ...figures() }),
    topics: ['snapshot', 'cashflow', 'positions'],
  });
}
