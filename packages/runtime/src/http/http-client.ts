import { Agent, type Dispatcher, errors, request } from 'undici';
import { HttpError } from './http-error.js';
import { type End, endedBy, inTime } from './in-time.js';
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
  /** Connections kept alive per origin. Default 8. A stream holds one for as long as it lasts. */
  connections?: number;
  /** For https. Absent: the certificate authorities that Node trusts, and no certificate of our own. */
  tls?: HttpTls | undefined;
}

export interface HttpTls {
  /** Authorities to trust instead, as PEM. */
  ca?: string | Buffer | undefined;
  /** A certificate of our own and its key, as PEM. */
  cert?: string | Buffer | undefined;
  key?: string | Buffer | undefined;
  /** The name in the server's certificate, where it is not the host's. */
  servername?: string | undefined;
  rejectUnauthorized?: boolean | undefined;
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

export interface HttpStreamRequest extends Pick<HttpRequest, 'method' | 'headers' | 'signal'> {
  /** Until the answer's headers have come. Default: the client's `timeoutMs`. */
  timeoutMs?: number;
  /** Between two pieces of the answer; time that the reader takes does not count. Default: the client's `timeoutMs`. */
  idleMs?: number;
}

export interface HttpStream {
  status: number;
  /** By lower-case name; a repeated header is joined by `, `. */
  headers: Readonly<Record<string, string>>;
  url: URL;
  /**
   * The answer, piece by piece, without a bound: whoever reads it bounds what is kept of it. To be iterated once;
   * leaving the iteration early ends the request, as aborting the signal does.
   *
   * @throws HttpError `timeout` when nothing has come for `idleMs`, `network` when the answer is cut.
   */
  body: AsyncIterable<Uint8Array>;
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
  /**
   * Sends one request whose answer may last for ever: an event stream, a watch. Resolves for 2xx as soon as its
   * headers are there; otherwise as `request`.
   */
  stream(url: string | URL, options?: HttpStreamRequest): Promise<HttpStream>;
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

/** The options that are there: an explicit undefined would switch off what TLS does by itself. */
function given(tls: HttpTls | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tls ?? {}).filter(([, value]) => value !== undefined));
}

/** For messages: never the query, which may hold a secret. */
function nameOf(url: URL, method = 'GET'): string {
  return `${method} ${url.origin}${url.pathname}`;
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

function refusal(what: string, status: number, headers: Record<string, string>, bytes: Buffer): HttpError {
  return new HttpError('status', `${what} answered ${status}`, {
    status,
    headers,
    body: bytes.toString('utf8'),
    retryAfterMs: parseRetryAfter(headers['retry-after']),
  });
}

/** What is thrown in the end: the reason of the signal that was aborted, else a typed error. */
function explained(error: unknown, what: string, signal: AbortSignal | undefined): unknown {
  return signal?.aborted ? signal.reason : asHttpError(error, what);
}

/** A long answer: its pieces as they come, and an end when none does for too long. */
async function* pieces(
  body: AsyncIterable<Uint8Array>,
  idleMs: number,
  end: End,
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, void> {
  let stopWaiting = end.after(idleMs);
  try {
    for await (const piece of body) {
      stopWaiting();
      yield piece;
      stopWaiting = end.after(idleMs);
    }
  } catch (error) {
    throw explain(error);
  } finally {
    stopWaiting();
    end.release();
  }
}

/** The one HTTP client of every process: bounded in time and size, with kept connections, and no redirects. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const maxBytes = options.maxBytes ?? 16 * 1024 * 1024;
  const base = options.baseUrl === undefined ? undefined : new URL(options.baseUrl);
  const agent = new Agent({
    connect: {
      timeout: options.connectTimeoutMs ?? 5_000,
      // A peer that is gone without a word is noticed even while nothing is sent.
      keepAliveInitialDelay: 30_000,
      ...given(options.tls),
    },
    headersTimeout: options.headersTimeoutMs ?? timeoutMs,
    bodyTimeout: options.bodyTimeoutMs ?? timeoutMs,
    connections: options.connections ?? 8,
  });

  /** Until the headers are there; the body is still to be read. */
  async function send(url: URL, asked: HttpRequest, signal: AbortSignal, bodyTimeout?: number) {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      method: asked.method ?? 'GET',
      headers: {
        'user-agent': 'painchain/2',
        ...(asked.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
        ...asked.headers,
      },
      body: asked.json === undefined ? (asked.body ?? null) : JSON.stringify(asked.json),
      signal,
      ...(bodyTimeout === undefined ? {} : { bodyTimeout }),
    });
    return { status: statusCode, headers: flat(headers), body };
  }

  async function exchange(url: URL, what: string, asked: HttpRequest, signal: AbortSignal) {
    const { status, headers, body } = await send(url, asked, signal);
    return { status, headers, bytes: await readBody(body, maxBytes, what) };
  }

  async function begin(url: URL, what: string, asked: HttpStreamRequest, end: End) {
    const stopWaiting = end.after(asked.timeoutMs ?? timeoutMs);
    try {
      const { status, headers, body } = await send(url, asked, end.signal, 0);
      if (status >= 200 && status < 300) return { status, headers, body };
      throw refusal(what, status, headers, await readBody(body, maxBytes, what));
    } finally {
      stopWaiting();
    }
  }

  return {
    async request(target, asked = {}) {
      const url = resolve(target, base);
      const what = nameOf(url, asked.method);
      asked.signal?.throwIfAborted();
      const answer = inTime(asked.timeoutMs ?? timeoutMs, asked.signal, (signal) =>
        exchange(url, what, asked, signal),
      );
      const { status, headers, bytes } = await answer.catch((error: unknown) => {
        throw explained(error, what, asked.signal);
      });
      if ((status >= 200 && status < 300) || status === 304) return answerOf(status, headers, bytes, url);
      throw refusal(what, status, headers, bytes);
    },
    async stream(target, asked = {}) {
      const url = resolve(target, base);
      const what = nameOf(url, asked.method);
      asked.signal?.throwIfAborted();
      const end = endedBy(asked.signal);
      const explain = (error: unknown) => explained(error, what, asked.signal);
      try {
        const { body, ...head } = await begin(url, what, asked, end);
        return { ...head, url, body: pieces(body, asked.idleMs ?? timeoutMs, end, explain) };
      } catch (error) {
        end.release();
        throw explain(error);
      }
    },
    close: () => agent.destroy(),
  };
}
