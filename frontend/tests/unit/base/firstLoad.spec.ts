import { describe, expect, it } from 'vitest';
import { daysOf, DEFAULT_RANGE } from '@/composables/useRange';
import { CHART_POINTS } from '@/composables/useTwrHistory';
import { FIGURES } from '../../../build/first-load';

describe('what the server has asked for ahead of the page', () => {
  it('is what the page asks for when it is opened without a query', () => {
    expect(FIGURES).toEqual(['/api/portfolio/overview', `/api/performance/twr-history?days=${daysOf(DEFAULT_RANGE)}&points=${CHART_POINTS}`]);
  });
});
