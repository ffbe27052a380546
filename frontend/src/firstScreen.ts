// The figures of Overview are asked for before anything is built, and with them at hand its number and chart are drawn at once.
import { until } from '@vueuse/core';
import { type App, effectScope } from 'vue';
import { onTraffic } from '@/api/client';
import { loadEngine } from '@/components/charts/useEngine';
import { useOverview } from '@/composables/useOverview';
import { daysOf, useRange } from '@/composables/useRange';
import { useShownCurrency } from '@/composables/useShownCurrency';
import { useTwrHistory } from '@/composables/useTwrHistory';
import { useSessionStore } from '@/stores/session';

/** Longer than this nobody looks at an empty page: it is built with what is there. */
const LONGEST_MS = 300;

export interface FirstFigures {
  /** True once all are there; false when that takes too long. */
  readonly there: Promise<boolean>;
  /** The page has its own by now. */
  readonly leave: () => void;
}

/** Ask for them; call it once the router stands on Overview. */
export function askFirst(app: App): FirstFigures {
  const scope = effectScope(true);
  const stopListening = app.runWithContext(() => onTraffic(useSessionStore().learn, () => undefined));
  const all = app.runWithContext(() =>
    scope.run(() => {
      useShownCurrency();
      const range = useRange();
      const needed = [useOverview(), useTwrHistory(() => daysOf(range.value))];
      return needed.map(({ status }) => until(status).toBe('ready'));
    }),
  );
  const drawing = loadEngine().catch(() => undefined); // the chart says so itself when it cannot be fetched
  const late = new Promise<false>((done) => setTimeout(() => done(false), LONGEST_MS));
  return {
    there: Promise.race([Promise.all([...(all ?? []), drawing]).then(() => true), late]),
    leave: () => {
      stopListening();
      scope.stop();
    },
  };
}
