/** Resolves once the browser has nothing better to do, at the latest after a second: for what is not on the first screen. */
export function whenIdle(): Promise<void> {
  return new Promise((done) => {
    // Safari has no requestIdleCallback: there the next turn after the first paint has to do.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done(), { timeout: 1000 });
    else setTimeout(done, 50);
  });
}
