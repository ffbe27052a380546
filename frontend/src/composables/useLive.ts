// One event stream for the whole page. While it flows nothing is polled; while it is broken, each
// attempt to mend it also asks for the data, so that a proxy that swallows streams is no dead end.
import { whenever } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import { onTraffic } from '@/api/client';
import { TOPICS } from '@/lib/topics';
import { useWholePage } from '@/lib/wholePage';
import { useLiveStore } from '@/stores/live';
import { useSessionStore } from '@/stores/session';
import { useSignInStore } from '@/stores/signIn';

export const EVENTS_PATH = '/api/events';
const FIRST_RETRY_MS = 1000;
export const LAST_RETRY_MS = 30_000;
/** A browser opens six connections to a server at most: tabs that nobody looks at give theirs back. */
export const RELEASE_MS = 60_000;

/** 1, 2, 4 ... 30 s after the first, second, third ... failure. */
export function retryDelay(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1), LAST_RETRY_MS);
}

export interface Live {
  /** Try again at once instead of waiting for the next attempt. */
  tryNow: () => void;
}

export function useLive(): Live {
  const live = useLiveStore();
  const session = useSessionStore();
  const signIn = useSignInStore();
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let release: ReturnType<typeof setTimeout> | undefined;
  let paused = false;

  function connect(): void {
    clearTimeout(timer);
    paused = false;
    source?.close();
    live.trying();
    const stream = (source = new EventSource(EVENTS_PATH));
    stream.onopen = () => {
      live.heard(Date.now());
      live.opened();
    };
    stream.onerror = () => {
      // The browser's own retry is not told to the page: close, and keep the schedule here.
      stream.close();
      if (stream !== source) return;
      if (signIn.asked !== null) {
        paused = true; // it flows again once somebody is signed in
        return;
      }
      const wait = retryDelay(live.failures + 1);
      live.broke(Date.now() + wait);
      timer = setTimeout(tryNow, wait);
    };
    for (const topic of TOPICS) {
      stream.addEventListener(topic, () => {
        live.heard(Date.now());
        live.bump([topic]);
      });
    }
  }

  function tryNow(): void {
    live.bump();
    connect();
  }
  const whenOnline = (): void => {
    if (live.connection === 'broken') tryNow();
  };
  function whenSeen(): void {
    clearTimeout(release);
    if (document.hidden) release = setTimeout(pause, RELEASE_MS);
    else if (paused) tryNow();
  }
  function pause(): void {
    paused = true;
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  const stopListening = onTraffic(
    (body, own) => {
      live.heard(Date.now());
      session.learn(body, own);
    },
    () => live.silent(),
  );
  window.addEventListener('online', whenOnline);
  document.addEventListener('visibilitychange', whenSeen);
  whenever(() => signIn.asked === null && paused && !document.hidden, tryNow);
  whenever(useWholePage(), connect, { immediate: true, once: true });
  onScopeDispose(() => {
    stopListening();
    window.removeEventListener('online', whenOnline);
    document.removeEventListener('visibilitychange', whenSeen);
    clearTimeout(release);
    pause();
  });
  return { tryNow };
}
