// The one way to the server. Reads carry If-None-Match and get the cached body back on 304;
// writes carry an Idempotency-Key; anything but a success is thrown as ApiError or ConnectionError.
import createClient, { type Middleware } from 'openapi-fetch';
import type { PathOf } from './answers';
import { ApiError, ConnectionError, toApiError } from './problem';
import type { paths } from './schema';

export interface RequestOptions {
  /** Values for `{name}` in the path. */
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | undefined>;
  signal?: AbortSignal;
}

export interface WriteOptions extends RequestOptions {
  /** Give the same key again to repeat a write that may have reached the server. */
  idempotencyKey?: string;
}

/** A file as the server named it. */
export interface NamedFile {
  name: string;
  content: Blob;
}

/** `as`: the answer is no JSON; it is neither kept nor told of. */
interface Asking extends WriteOptions {
  as?: 'text' | 'file';
  /** It says who is there: what is refused is told to the caller, who asked for it. */
  introducing?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Seen {
  etag: string;
  body: unknown;
}

/** `own`: the answer is in the server's own currency, as it was not asked for in another. */
type Heard = (body: unknown, own: boolean) => void;

const MAX_CACHED = 200;
const PARSED = { text: 'text', file: 'blob' } as const;
const cache = new Map<string, Seen>();
const listeners = new Set<Heard>();
const silences = new Set<() => void>();
const FILE_NAME = /filename="([^"/\\]+)"/;
const CSRF = /(?:^|; )portfolio_csrf=([0-9a-f]+)/;
/** What is asked of the reader before a request may be sent again, by the code of its refusal. */
const CHALLENGES = { 'not-signed-in': 'sign-in', 'set-up-needed': 'set-up', 'confirm-password': 'confirm' } as const;
type Challenge = (typeof CHALLENGES)[keyof typeof CHALLENGES];
/** `admitted`: figures were answered before. Resolves once the request may be sent again; false: never. */
type Challenged = (challenge: Challenge, admitted: boolean) => Promise<boolean>;
let challenged: Challenged | null = null;
let admitted = false;
/** How often somebody said who is there. What was sent before the last time is refused without being asked about again. */
let introductions = 0;

/** The token that writes of a session send back: sign-in leaves it in a cookie, which other tabs see change, too. */
function csrfToken(): string | null {
  return CSRF.exec(document.cookie)?.[1] ?? null;
}

/** Whether somebody is signed in, as far as this browser knows. */
export const hasSession = (): boolean => csrfToken() !== null;

/** Who asks the reader to sign in, or to type the password again; null: nobody, and requests just fail. */
export function onChallenge(answer: Challenged | null): void {
  [challenged, admitted] = [answer, false];
}

/** Hear every successful answer (for the mode), and every request that got none. */
export function onTraffic(heard: Heard, silent: () => void): () => void {
  listeners.add(heard);
  silences.add(silent);
  return () => {
    listeners.delete(heard);
    silences.delete(silent);
  };
}

export function newIdempotencyKey(): string {
  // randomUUID exists in secure contexts only; a dashboard on a LAN address is none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const headers: Middleware = {
  onRequest({ request }) {
    const known = request.method === 'GET' ? cache.get(request.url) : undefined;
    if (known) request.headers.set('If-None-Match', known.etag);
    const token = request.method === 'GET' ? null : csrfToken();
    if (token !== null) request.headers.set('X-CSRF-Token', token);
    return request;
  },
};

const client = createClient<paths>({ baseUrl: globalThis.location.origin, fetch: (request) => globalThis.fetch(request) });
client.use(headers);

function remember(url: string, response: Response, body: unknown): void {
  const etag = response.headers.get('ETag');
  if (!etag) return;
  cache.delete(url); // to the end of the map: the oldest entry is the first
  cache.set(url, { etag, body });
  const oldest = cache.keys().next();
  if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
}

interface Raw {
  data?: unknown;
  error?: unknown;
  response: Response;
}

async function request(method: Method, path: string, options: Asking, body?: unknown): Promise<unknown> {
  const idempotencyKey = options.idempotencyKey ?? newIdempotencyKey();
  for (;;) {
    const known = introductions;
    try {
      return await attempt(method, path, { ...options, idempotencyKey }, body);
    } catch (error) {
      const challenge = error instanceof ApiError && !options.introducing ? CHALLENGES[error.code as keyof typeof CHALLENGES] : undefined;
      if (!challenge || !challenged) throw error;
      if (known === introductions && !(await challenged(challenge, admitted))) throw error;
      if (options.signal?.aborted) throw error;
    }
  }
}

async function attempt(method: Method, path: string, options: Asking, body?: unknown): Promise<unknown> {
  let url = '';
  let raw: Raw;
  try {
    // openapi-fetch types its calls per path; this function is the one place that leaves them, for the typed ones below.
    const call = client.request as unknown as (method: string, path: string, init: object) => Promise<Raw>;
    raw = await call(method.toLowerCase(), path, {
      params: { path: options.path, query: options.query },
      signal: options.signal,
      body,
      parseAs: options.as ? PARSED[options.as] : 'json',
      headers: method === 'GET' || options.introducing ? {} : { 'Idempotency-Key': options.idempotencyKey },
      fetch: (ready: Request) => {
        url = ready.url;
        return globalThis.fetch(ready);
      },
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    for (const tell of silences) tell();
    throw new ConnectionError(path);
  }
  const { response } = raw;
  const answer = response.status === 304 ? cache.get(url)?.body : raw.data;
  if (!response.ok && response.status !== 304) throw failed(response, path, raw.error);
  if (options.introducing && method === 'POST') introductions += 1;
  if (path.startsWith('/api/') && !options.introducing) admitted = true;
  if (options.as === 'file') return { name: FILE_NAME.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'download', content: answer };
  if (options.as) return answer;
  if (method === 'GET' && response.ok) remember(url, response, answer);
  for (const tell of listeners) tell(answer, options.query?.display === undefined);
  return answer;
}

function failed(response: Response, path: string, body: unknown): ApiError {
  // A gateway in front of a dead server answers for it; everything else came from the server itself.
  if ([502, 504].includes(response.status)) for (const tell of silences) tell();
  return toApiError(response, path, body);
}

/** Read a path whose answer, by the OpenAPI document, is a `T`. */
export const read = <T>(path: PathOf<T>, options: RequestOptions = {}): Promise<T> => request('GET', path, options) as Promise<T>;
/** Ask or say who is there. */
export const introduce = <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => request(method, path, { introducing: true }, body) as Promise<T>;
/** Read a path whose answer is text. */
export const readText = (path: keyof paths, options: RequestOptions = {}): Promise<string> => request('GET', path, { ...options, as: 'text' }) as Promise<string>;
/** Read a path whose answer is a file, which the browser keeps on its disk where it is large. */
export const readFile = (path: keyof paths, options: RequestOptions = {}): Promise<NamedFile> => request('GET', path, { ...options, as: 'file' }) as Promise<NamedFile>;
export const create = <T>(path: string, body: unknown, options: WriteOptions = {}): Promise<T> =>
  request('POST', path, options, body) as Promise<T>;
export const replace = <T>(path: string, body: unknown, options: WriteOptions = {}): Promise<T> =>
  request('PUT', path, options, body) as Promise<T>;
export const change = <T>(path: string, body: unknown, options: WriteOptions = {}): Promise<T> =>
  request('PATCH', path, options, body) as Promise<T>;
export const remove = <T>(path: string, options: WriteOptions = {}): Promise<T> => request('DELETE', path, options) as Promise<T>;
