import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { create, hasSession, introduce, onChallenge, onTraffic, read, remove, replace } from '@/api/client';
import { ApiError, ConnectionError } from '@/api/problem';

type Answer = (request: Request) => Response | Promise<Response>;
let answer: Answer;
const requests: Request[] = [];
const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { ...init, headers: { 'Content-Type': 'application/json', ...(init.headers as Record<string, string>) } });
const lastRequest = (): Request => requests.at(-1) ?? new Request('http://none');

beforeEach(() => {
  requests.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    requests.push(request.clone());
    return answer(request);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = 'portfolio_csrf=; max-age=0';
  onChallenge(null);
});

describe('reads', () => {
  it('send what they know and take the cached body on 304', async () => {
    answer = () => json({ version: '1' }, { headers: { ETag: '"a"' } });
    const first = await read('/health', { query: { n: 1 } });
    answer = () => new Response(null, { status: 304 });
    const second = await read('/health', { query: { n: 1 } });
    expect(lastRequest().headers.get('If-None-Match')).toBe('"a"');
    expect(second).toBe(first);
  });
  it('keep the caches of two queries apart', async () => {
    answer = () => json({ version: '1' }, { headers: { ETag: '"a"' } });
    await read('/health', { query: { account: 1 } });
    await read('/health', { query: { account: 2 } });
    expect(lastRequest().headers.get('If-None-Match')).toBeNull();
  });
  it('leave out what is undefined', async () => {
    answer = () => json({});
    await read('/health', { query: { account: undefined, days: 30 } });
    expect(new URL(lastRequest().url).search).toBe('?days=30');
  });
});

describe('writes', () => {
  it('carry an idempotency key, a fresh one each', async () => {
    answer = () => json({}, { status: 202 });
    await create('/api/portfolio/refresh', undefined);
    await create('/api/portfolio/refresh', undefined);
    const keys = requests.map((request) => request.headers.get('Idempotency-Key'));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).not.toBe(keys[0]);
  });
  it('repeat with the key they are given', async () => {
    answer = () => json({});
    await replace('/api/performance/cashflows/7', { amount_usd: '5' }, { idempotencyKey: 'mine' });
    expect(lastRequest().method).toBe('PUT');
    expect(lastRequest().headers.get('Idempotency-Key')).toBe('mine');
    expect(await lastRequest().json()).toEqual({ amount_usd: '5' });
  });
  it('send the sign-in token back once there is one', async () => {
    answer = () => json({});
    await remove('/api/performance/cashflows/7');
    expect(lastRequest().headers.get('X-CSRF-Token')).toBeNull();
    expect(hasSession()).toBe(false);
    document.cookie = 'portfolio_csrf=c0ffee';
    await remove('/api/performance/cashflows/7');
    expect([lastRequest().headers.get('X-CSRF-Token'), hasSession()]).toEqual(['c0ffee', true]);
    await read('/health');
    expect(lastRequest().headers.get('X-CSRF-Token')).toBeNull();
  });
});

const refused = (code: string, status = 401): Response => json({ title: code, status, detail: code, code }, { status });

describe('a request that the server does not know the sender of', () => {
  it('waits until somebody has signed in, and goes on with the same key', async () => {
    const challenges: unknown[] = [];
    onChallenge((challenge, admitted) => {
      challenges.push([challenge, admitted]);
      answer = () => json({ id: 7 });
      return Promise.resolve(true);
    });
    answer = () => refused('not-signed-in');
    expect(await create('/api/performance/cashflows', { amount_usd: '5' })).toEqual({ id: 7 });
    expect(challenges).toEqual([['sign-in', false]]);
    expect(requests.map((request) => request.headers.get('Idempotency-Key')).every((key, _, all) => key !== null && key === all[0])).toBe(true);
    expect(await lastRequest().json()).toEqual({ amount_usd: '5' });
  });
  it('says whether figures stood on the page already, and what is asked for', async () => {
    const challenges: unknown[] = [];
    onChallenge((challenge, admitted) => {
      challenges.push([challenge, admitted]);
      return Promise.resolve(false);
    });
    answer = () => refused('set-up-needed');
    await expect(read('/api/settings')).rejects.toMatchObject({ code: 'set-up-needed' });
    answer = () => json({});
    await read('/health'); // which everybody may ask for
    await read('/api/settings');
    answer = () => refused('confirm-password', 403);
    await expect(remove('/api/rebalancing/kill-switch')).rejects.toMatchObject({ status: 403 });
    expect(challenges).toEqual([['set-up', false], ['confirm', true]]);
  });
  it('asks nobody again where it was sent before the last sign-in, and refused after it', async () => {
    const challenges: unknown[] = [];
    onChallenge((challenge) => {
      challenges.push(challenge);
      return Promise.resolve(false);
    });
    let refuse = (): void => undefined;
    answer = () => new Promise<Response>((done) => { refuse = () => done(refused('not-signed-in')); });
    const late = read('/api/settings');
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    answer = () => json({});
    await introduce('POST', '/api/auth/login', {});
    refuse();
    expect(await late).toEqual({});
    expect(challenges).toEqual([]);
  });
  it('is refused at once where it says who one is, and remembers nothing by a key', async () => {
    onChallenge(() => Promise.reject(new Error('never asked')));
    answer = () => json({ title: 'x', status: 401, detail: 'wrong', code: 'sign-in-refused', tries_left: 3 }, { status: 401 });
    await expect(introduce('POST', '/api/auth/login', {})).rejects.toMatchObject({ code: 'sign-in-refused', triesLeft: 3 });
    answer = () => refused('not-signed-in');
    await expect(introduce('POST', '/api/auth/logout')).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(lastRequest().headers.get('Idempotency-Key')).toBeNull();
  });
  it('other refusals ask nobody', async () => {
    onChallenge(() => Promise.reject(new Error('never asked')));
    answer = () => refused('scope-needed', 403);
    await expect(read('/api/settings')).rejects.toMatchObject({ code: 'scope-needed' });
  });
});

describe('failures', () => {
  it('become an ApiError with code, fields and request id', async () => {
    answer = () =>
      new Response(JSON.stringify({ title: 'Bad input', status: 422, detail: 'The amount is zero.', code: 'bad-input', errors: [{ field: 'amount_usd', message: 'not zero' }] }), {
        status: 422,
        headers: { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'r-1', 'Retry-After': '7' },
      });
    const error = await create('/api/performance/cashflows', {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'bad-input', message: 'The amount is zero.', requestId: 'r-1', retryAfter: 7, path: '/api/performance/cashflows' });
    expect((error as ApiError).field('amount_usd')).toBe('not zero');
  });
  it('without a problem document still say the status', async () => {
    answer = () => new Response('<html>bad gateway</html>', { status: 502 });
    await expect(read('/health')).rejects.toMatchObject({ status: 502, code: 'http-502', message: 'HTTP 502' });
  });
  it('without any answer become a ConnectionError', async () => {
    answer = () => Promise.reject(new TypeError('network'));
    await expect(read('/health')).rejects.toBeInstanceOf(ConnectionError);
  });
  it('that the page aborted itself stay an abort', async () => {
    const abort = new AbortController();
    answer = () => {
      abort.abort();
      throw new DOMException('aborted', 'AbortError');
    };
    await expect(read('/health', { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('tells who listens of each answer and of each silence', async () => {
  const heard: unknown[] = [];
  let silences = 0;
  const stop = onTraffic((body) => heard.push(body), () => (silences += 1));
  answer = () => json({ environment: 'demo' });
  await read('/health');
  answer = () => Promise.reject(new TypeError('network'));
  await read('/health').catch(() => undefined);
  answer = () => new Response('', { status: 504 });
  await read('/health').catch(() => undefined);
  stop();
  answer = () => json({});
  await read('/health');
  expect(heard).toEqual([{ environment: 'demo' }]);
  expect(silences).toBe(2);
});
