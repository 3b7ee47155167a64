import { Problem } from '@painchain/contract';

/**
 * What went wrong: `status` the server answered 3xx, 4xx or 5xx; `network` no answer; `timeout` no answer in
 * time; `too_large` more bytes than allowed; `invalid_answer` an answer that can't be used.
 */
export type HttpErrorKind = 'status' | 'network' | 'timeout' | 'too_large' | 'invalid_answer';

/** A request that did not succeed. Its message holds the method, origin and path, never query or headers. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: HttpErrorKind;
  /** The HTTP status, or 0 when there was no answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The RFC 9457 problem, when the answer was one. */
  readonly problem: Problem | undefined;
  /** The first 2,000 characters of an answer's text. */
  readonly body: string;
  /** What `Retry-After` asked for, clamped to 0..300,000 ms; undefined when it asked for nothing. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: HttpErrorKind,
    message: string,
    answer: {
      status?: number;
      headers?: Record<string, string>;
      body?: string;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, answer.cause === undefined ? {} : { cause: answer.cause });
    this.kind = kind;
    this.status = answer.status ?? 0;
    this.headers = answer.headers ?? {};
    this.body = (answer.body ?? '').slice(0, 2_000);
    this.retryAfterMs = answer.retryAfterMs;
    this.problem = problemOf(this.headers, answer.body ?? '');
  }
}

function problemOf(headers: Record<string, string>, body: string): Problem | undefined {
  if (!headers['content-type']?.includes('json')) return undefined;
  try {
    return Problem.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
