import { Agent, type Dispatcher, errors, request } from 'undici';
import { HttpError } from './http-error.js';
import { nextLink } from './next-link.js';
import { parseRetryAfter } from './retry-after.js';

export interface HttpClientOptions {
  /** Where relative paths start; a sub-path is kept. With it, requests to any other origin are refused. */
  baseUrl?: string;
  /** Sent with every request, credentials included. */
  headers?: Readonly<Record<string, string>>;
  /** For a whole request, answer included. Default 30,000. */
  timeoutMs?: number;
  /** For the TCP and TLS handshake. Default 5,000. */
  connectTimeoutMs?: number;
  /** Until the answer's headers have come. Default: `timeoutMs`. */
  headersTimeoutMs?: number;
  /** Between two pieces of the answer. Default: `timeoutMs`. */
  bodyTimeoutMs?: number;
  /** The largest answer that is accepted, counted while it streams. Default 16 MiB. */
  maxBytes?: number;
  /** Connections kept alive per origin. Default 8. */
  connections?: number;
}

export interface HttpRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; give its content-type in `headers`. */
  body?: string | Uint8Array;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

export interface HttpResponse {
  status: number;
  /** By lower-case name; a repeated header is joined by `, `. */
  headers: Readonly<Record<string, string>>;
  url: URL;
  bytes: Uint8Array;
  /** The next page of a list by its `Link` header, on the same origin, or undefined. */
  next: URL | undefined;
  text(): string;
  /** @throws HttpError `invalid_answer` when it is no JSON. */
  json(): unknown;
}

export interface HttpClient {
  /**
   * Sends one request, once; retrying is the business of the caller. Resolves for 2xx and 304. Redirects are
   * never followed: credentials would travel with them.
   *
   * @throws HttpError for anything else, and the signal's reason when `signal` was aborted.
   */
  request(url: string | URL, options?: HttpRequest): Promise<HttpResponse>;
  /** Ends what is still under way and closes the kept connections. */
  close(): Promise<void>;
}

function resolve(url: string | URL, base: URL | undefined): URL {
  const absolute = url instanceof URL ? url : /^https?:\/\//i.test(url) ? new URL(url) : undefined;
  if (absolute) {
    if (base && absolute.origin !== base.origin) {
      throw new TypeError(`a client for ${base.origin} does not send its credentials to ${absolute.origin}`);
    }
    return absolute;
  }
  if (!base) throw new TypeError('a relative address needs a baseUrl');
  return new URL(`${base.href.replace(/\/+$/, '')}/${String(url).replace(/^\/+/, '')}`);
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number, what: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > maxBytes)
      throw new HttpError('too_large', `${what} answered with more than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function asHttpError(error: unknown, what: string): HttpError {
  if (error instanceof HttpError) return error;
  const timedOut =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    (error instanceof Error && error.name === 'TimeoutError');
  if (timedOut) return new HttpError('timeout', `${what} did not answer in time`, { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return new HttpError('network', `${what} can't be reached (${code})`, { cause: error });
}

function answerOf(status: number, headers: Record<string, string>, bytes: Buffer, url: URL): HttpResponse {
  const text = () => bytes.toString('utf8');
  return {
    status,
    headers,
    url,
    bytes,
    next: nextLink(headers.link, url),
    text,
    json: () => {
      try {
        return JSON.parse(text()) as unknown;
      } catch (cause) {
        throw new HttpError('invalid_answer', `${url.origin}${url.pathname} answered with no JSON`, {
          status,
          headers,
          body: text(),
          cause,
        });
      }
    },
  };
}

/**
 * Gives `work` a signal that also tells when its time is up. Not by AbortSignal.any: a signal that lives for months
 * would remember each of its requests.
 */
async function inTime<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const stop = () => ended.abort(signal?.reason);
  const timer = setTimeout(() => ended.abort(new DOMException('too late', 'TimeoutError')), timeoutMs);
  signal?.addEventListener('abort', stop);
  try {
    return await work(ended.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** The one HTTP client of every process: bounded in time and size, with kept connections, and no redirects. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const maxBytes = options.maxBytes ?? 16 * 1024 * 1024;
  const base = options.baseUrl === undefined ? undefined : new URL(options.baseUrl);
  const agent = new Agent({
    connect: { timeout: options.connectTimeoutMs ?? 5_000 },
    headersTimeout: options.headersTimeoutMs ?? timeoutMs,
    bodyTimeout: options.bodyTimeoutMs ?? timeoutMs,
    connections: options.connections ?? 8,
  });

  async function exchange(url: URL, what: string, given: HttpRequest, signal: AbortSignal) {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      method: given.method ?? 'GET',
      headers: {
        'user-agent': 'painchain/2',
        ...(given.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
        ...given.headers,
      },
      body: given.json === undefined ? (given.body ?? null) : JSON.stringify(given.json),
      signal,
    });
    return { status: statusCode, headers: flat(headers), bytes: await readBody(body, maxBytes, what) };
  }

  return {
    async request(target, given = {}) {
      const url = resolve(target, base);
      const what = `${given.method ?? 'GET'} ${url.origin}${url.pathname}`;
      given.signal?.throwIfAborted();
      const answer = inTime(given.timeoutMs ?? timeoutMs, given.signal, (signal) =>
        exchange(url, what, given, signal),
      );
      const { status, headers, bytes } = await answer.catch((error: unknown) => {
        given.signal?.throwIfAborted();
        throw asHttpError(error, what);
      });
      if ((status >= 200 && status < 300) || status === 304) return answerOf(status, headers, bytes, url);
      throw new HttpError('status', `${what} answered ${status}`, {
        status,
        headers,
        body: bytes.toString('utf8'),
        retryAfterMs: parseRetryAfter(headers['retry-after']),
      });
    },
    close: () => agent.destroy(),
  };
}
