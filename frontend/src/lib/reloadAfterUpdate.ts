const KEY = 'reloaded-at';
const ONCE_MS = 60_000;

/** A tab older than the server's build asks for files that are gone: load the new build, once a minute at most. */
export function reloadAfterUpdate(reload: () => void = () => window.location.reload()): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < ONCE_MS) return; // the new build lacks it too: let the error show
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    reload();
  });
}
