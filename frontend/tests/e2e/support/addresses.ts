// Each Playwright worker has a demo of its own, so that what one file sets is nothing to the file beside it.
const PROGRAM = 'http://127.0.0.1:5000'; // started by hand: `make start`

const listed = (names: string | undefined): string[] => names?.split(' ').filter(Boolean) ?? [];
const demos = listed(process.env.E2E_BASE_URLS);
const asking = listed(process.env.E2E_SIGN_IN_URLS);
const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0); // set by Playwright before a worker reads the configuration

export const WORKERS = Math.max(demos.length, 1);
export const DEMO = demos[worker] ?? PROGRAM;
/** A demo that asks for a sign-in; undefined where none was started. */
export const ASKING = asking[worker];
