import type { InjectionKey } from 'vue';
import type { PageMetric, Side } from '@/composables/useExplain';

/** Opens the proof of a figure of this page. */
export const EXPLAIN: InjectionKey<(metric: PageMetric, of?: Side) => void> = Symbol('explain');
