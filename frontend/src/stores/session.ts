// Whose figures are on the page: the mode, from the server, and the account chosen here.
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { setDisplay } from '@/lib/display';
import { type Environment, isEnvironment } from '@/lib/environment';

export const useSessionStore = defineStore('session', () => {
  const environment = ref<Environment | null>(null);
  /** Account id, or null for all accounts. */
  const account = ref<number | null>(null);

  /** Take the mode and the unit from any answer that carries them. */
  function learn(body: unknown): void {
    if (typeof body !== 'object' || body === null) return;
    if ('environment' in body && isEnvironment(body.environment)) environment.value = body.environment;
    if ('reporting_currency' in body && typeof body.reporting_currency === 'string') setDisplay({ currency: body.reporting_currency });
  }
  function choose(id: number | null): void {
    account.value = id;
  }
  return { environment, account, learn, choose };
});
