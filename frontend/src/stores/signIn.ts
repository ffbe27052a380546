// What the server wants to know about who is there, and which requests wait for the answer.
import { defineStore } from 'pinia';
import { ref } from 'vue';

/** `confirm`: who is signed in types the password again. */
export type Challenge = 'sign-in' | 'set-up' | 'confirm';

export const useSignInStore = defineStore('signIn', () => {
  const asked = ref<Challenge | null>(null);
  /** Figures stand on the page already: it keeps what is typed there, and is asked over it. */
  const inWork = ref(false);
  let waiting: ((again: boolean) => void)[] = [];

  /** Resolves once the request may be sent again; false: it was called off. */
  function ask(challenge: Challenge, admitted: boolean): Promise<boolean> {
    if (asked.value === null || asked.value === 'confirm') asked.value = challenge;
    inWork.value ||= admitted;
    return new Promise((done) => waiting.push(done));
  }
  function settle(again: boolean): void {
    const all = waiting;
    [waiting, asked.value] = [[], null];
    for (const done of all) done(again);
  }
  return { asked, inWork, ask, settle };
});
