import { onChallenge } from '@/api/client';
import { useSignInStore } from '@/stores/signIn';

/** Let the page ask who is there whenever the server wants to know; requests wait for it and go on. */
export function answerChallenges(): void {
  onChallenge(useSignInStore().ask);
}
