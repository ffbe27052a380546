// What can go wrong with a request, in the shape panels show (lib/states.ts Failure).
import type { Failure } from '@/lib/states';

export interface FieldError {
  field: string;
  message: string;
}

/** The server answered with a problem document (RFC 9457), or with an error that is none. */
export class ApiError extends Error implements Failure {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly path: string,
    readonly requestId: string | undefined,
    readonly errors: readonly FieldError[],
    /** Seconds to wait, where the server says so. */
    readonly retryAfter: number | undefined,
    /** Of a refused sign-in: before one has to wait. */
    readonly triesLeft?: number,
  ) {
    super(message);
  }

  /** The message for one field of a form, if the server named it. */
  field(name: string): string | undefined {
    return this.errors.find((error) => error.field === name)?.message;
  }
}

/** No answer at all: the server is away or the network is. */
export class ConnectionError extends Error implements Failure {
  override readonly name = 'ConnectionError';
  constructor(readonly path: string) {
    super('No answer from the server');
  }
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  errors?: FieldError[];
  tries_left?: number | null;
}

/** Build the error for an answer that is not a success; `body` is its parsed JSON or its text. */
export function toApiError(response: Response, path: string, body: unknown): ApiError {
  const problem: Problem = typeof body === 'object' && body !== null ? body : {};
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiError(
    response.status,
    problem.code ?? `http-${String(response.status)}`,
    problem.detail ?? problem.title ?? `HTTP ${String(response.status)}`,
    path,
    response.headers.get('X-Request-Id') ?? undefined,
    Array.isArray(problem.errors) ? problem.errors : [],
    wait > 0 ? wait : undefined,
    problem.tries_left ?? undefined,
  );
}

/** Any thrown value as a failure that a panel can show. */
export function toFailure(error: unknown): Failure {
  if (error instanceof ApiError || error instanceof ConnectionError) return error;
  return { message: error instanceof Error ? error.message : String(error) };
}
