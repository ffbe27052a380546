import { vi } from 'vitest';

export interface Sent { method: string; path: string; body: unknown }
export type Reply = { status?: number; body: object; retryAfter?: number } | undefined;

export const refusal = (code: string, status = 401, more: object = {}): Reply => ({ status, body: { title: code, status, detail: code, code, ...more } });

/** A server that answers by `answer`, or with an empty object; what is sent to it is kept. */
export function server(answer: (method: string, path: string, body: unknown) => Reply): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const path = new URL(request.url).pathname;
    const text = request.method === 'GET' ? '' : await request.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    sent.push({ method: request.method, path, body });
    const { status = 200, body: told = {}, retryAfter } = answer(request.method, path, body) ?? {};
    const headers: Record<string, string> = { 'Content-Type': 'application/json', ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }) };
    return new Response(JSON.stringify(told), { status, headers });
  }));
  return sent;
}
