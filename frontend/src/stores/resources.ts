// Last known answer per request, shared by all that show it: two panels, one request.
import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { Failure } from '@/lib/states';

export interface Known {
  data: unknown;
  /** Why the newest attempt failed; the older data stay. */
  error: Failure | null;
  pending: boolean;
  /** When the data were last confirmed by the server, ms. */
  at: number | null;
}

const NOTHING: Known = { data: null, error: null, pending: false, at: null };

export const useResourceStore = defineStore('resources', () => {
  const known = shallowReactive(new Map<string, Known>());

  function of(key: string): Known {
    return known.get(key) ?? NOTHING;
  }
  function change(key: string, part: Partial<Known>): void {
    known.set(key, { ...of(key), ...part });
  }
  return { of, change };
});
