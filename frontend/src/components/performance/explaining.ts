import type { InjectionKey } from 'vue';
import type { Metric } from '@/composables/useExplain';

/** Opens the proof of a figure of this page. */
export const EXPLAIN: InjectionKey<(metric: Metric) => void> = Symbol('explain');
