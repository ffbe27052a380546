// Whose figures are on the page: the mode, from the server, and the account chosen here.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { setDisplay } from '@/lib/display';
import { type Environment, isEnvironment } from '@/lib/environment';

export const useSessionStore = defineStore('session', () => {
  const environment = ref<Environment | null>(null);
  /** Account id, or null for all accounts. */
  const account = ref<number | null>(null);

  /** The server's own currency, in which amounts are kept and typed. */
  const reporting = ref('USDT');
  /** The currency that figures are asked for instead; null for the server's own. */
  const shown = ref<string | null>(null);

  /** Take the mode and the unit from any answer that carries them; `own`: it was not asked for in another currency. */
  function learn(body: unknown, own = true): void {
    if (typeof body !== 'object' || body === null) return;
    if ('environment' in body && isEnvironment(body.environment)) environment.value = body.environment;
    if (own && 'reporting_currency' in body && typeof body.reporting_currency === 'string') reporting.value = body.reporting_currency;
    print();
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
  return { environment, account, reporting, shown, learn, show, choose };
});
