// Whose figures are on the page: the mode, from the server, and the account chosen here.
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { DEVICE_ZONE, setDisplay } from '@/lib/display';
import { type Environment, isEnvironment } from '@/lib/environment';

/** What the benchmark of the figures on the page is made of. */
export interface Mix {
  readonly coins: readonly { readonly coin: string; readonly weight_percent: number }[];
  /** It goes back to its weights once a week. */
  readonly resets: boolean;
}

export const useSessionStore = defineStore('session', () => {
  const environment = ref<Environment | null>(null);
  /** Account id, or null for all accounts. */
  const account = ref<number | null>(null);
  /** Accounts that the page can be of; null: all. */
  const offered = ref<readonly number[] | null>(null);

  /** The server's own currency, in which amounts are kept and typed. */
  const reporting = ref('USDT');
  /** The currency that figures are asked for instead; null for the server's own. */
  const shown = ref<string | null>(null);
  /** null before the first figures. */
  const mix = shallowRef<Mix | null>(null);

  /** Take mode, unit and benchmark from any answer that carries them; `own`: it was not asked for in another currency. */
  function learn(body: unknown, own = true): void {
    if (typeof body !== 'object' || body === null) return;
    if ('environment' in body && isEnvironment(body.environment)) environment.value = body.environment;
    if (own && 'reporting_currency' in body && typeof body.reporting_currency === 'string') reporting.value = body.reporting_currency;
    if ('display_time_zone_chosen' in body && 'display_time_zone' in body) keepTime(body.display_time_zone_chosen === true ? String(body.display_time_zone) : DEVICE_ZONE);
    if ('benchmark_mix' in body) mix.value = body.benchmark_mix as Mix; // one shape wherever it is told
    print();
  }
  /** Show instants in a zone; a browser that does not know it keeps the one it has. */
  function keepTime(timeZone: string): void {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      return;
    }
    setDisplay({ timeZone });
  }
  function show(currency: string | null): void {
    shown.value = currency;
    print();
  }
  function print(): void {
    setDisplay({ currency: shown.value ?? reporting.value });
  }
  function choose(id: number | null): void {
    account.value = id;
  }
  function offer(ids: readonly number[] | null): void {
    offered.value = ids;
  }
  return { environment, account, offered, reporting, shown, mix, learn, show, choose, offer };
});
