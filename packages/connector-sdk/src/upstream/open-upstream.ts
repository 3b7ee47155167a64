import { HttpError, type HttpResponse } from '@painchain/runtime/http';
import { instant } from '../clock.js';
import { Limiter } from '../schedule/limiter.js';
import { SourceError, asSourceError } from '../source-error.js';
import { Budget } from './budget.js';
import { Gate, type Pass, withRetry } from './gate.js';
import { ServerClock } from './server-clock.js';
import type { Question, Reading, Upstream, UpstreamOptions } from './upstream.js';

type Headers = Readonly<Record<string, string>>;

/** Whoever keeps an ETag needs room for it; a longer one is as none. */
const longestEtag = 500;

function readingOf(response: HttpResponse): Reading {
  if (response.status === 304) return { unchanged: true };
  const { headers, next } = response;
  const { etag = '' } = headers;
  const json = response.bytes.length === 0 ? undefined : response.json();
  return {
    unchanged: false,
    json,
    headers,
    etag: 0 < etag.length && etag.length <= longestEtag ? etag : undefined,
    next,
  };
}

/** An upstream behind the guarded HTTP client: see the interface. */
class GatedUpstream implements Upstream {
  readonly #clock: ServerClock;
  readonly #gate: Gate;
  readonly #places: Limiter;
  readonly #budget: Budget;

  constructor(private readonly options: UpstreamOptions) {
    this.#clock = new ServerClock(() => options.now());
    this.#gate = new Gate(options.random ?? Math.random);
    this.#places = new Limiter(options.concurrency);
    this.#budget = new Budget(options.perMinute, options.isLimited);
  }

  now(): number {
    return this.#clock.now();
  }

  limit() {
    return this.#budget.limit(this.now());
  }

  pace(): number {
    return this.#budget.pace(this.now());
  }

  async get(target: string | URL, question: Question = {}): Promise<Reading> {
    this.#check();
    const leave = await this.#places.enter(question.signal);
    try {
      // While it waited for its turn, others may have been told to go away.
      this.#check();
      return await this.#ask(target, question, this.#gate.enter(this.now()));
    } finally {
      leave();
    }
  }

  /** @throws SourceError while nothing may be asked. */
  #check(): void {
    const now = this.now();
    this.#gate.check(now);
    const limit = this.#budget.limit(now);
    if (!limit || limit.remaining > 0) return;
    throw new SourceError({
      code: 'rate-limited',
      detail: `The limit of ${limit.limit} requests is used up until ${instant(limit.resetsAt)}.`,
      remedy: 'Nothing to do: it goes on by itself. Fewer sources, or a credential of its own, help.',
      kind: 'upstream',
      retryAfterMs: this.#gate.away(limit.resetsAt, now),
    });
  }

  async #ask(target: string | URL, { etag, signal }: Question, pass: Pass): Promise<Reading> {
    try {
      const credential = await this.options.headers(signal);
      const headers = etag === undefined ? credential : { ...credential, 'if-none-match': etag };
      const response = await this.#request(target, headers, signal);
      this.#gate.answered(pass);
      return readingOf(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#fault(error, pass);
    }
  }

  /** One request, from whose answer, a refusal too, the clock and the limit are learned. */
  async #request(
    target: string | URL,
    headers: Headers,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    const { options } = this;
    const askedAt = options.now();
    const asked = this.#budget.ask();
    const learn = (status: number, told: Headers) => {
      this.#clock.learn(told, askedAt, options.now());
      const counts = status !== 304 || options.rules.unchangedCounts === true;
      this.#budget.answer(asked, options.rules.limit(told), counts, this.now());
    };
    try {
      const response = await options.http.request(target, { headers, signal });
      learn(response.status, response.headers);
      return response;
    } catch (error) {
      if (error instanceof HttpError && error.status > 0) learn(error.status, error.headers);
      else this.#budget.answer(asked, undefined, true, this.now());
      throw error;
    }
  }

  /** What a question failed by, and whether the gate is to be closed for it. */
  #fault(thrown: unknown, pass: Pass): SourceError {
    const { rules } = this.options;
    const now = this.now();
    const failure = thrown instanceof HttpError ? thrown : undefined;
    const refusal = failure?.kind === 'status' ? failure : undefined;
    const error = failure ? rules.explain(failure, now) : asSourceError(thrown);
    if (rules.credentialRefused(error)) {
      this.#gate.refuse(error, now);
      return error;
    }
    const rest = refusal && rules.rest(refusal, now, this.#gate.inARow(pass));
    if (rest !== undefined) this.#gate.rest(rest, now, pass, error);
    // Something is refused, but not the credential: nothing is there, or it may not be seen.
    else if (refusal && refusal.status < 500) this.#gate.answered(pass);
    return this.#later(error);
  }

  /** Whoever finds the gate closed comes back when it opens, as all others do. */
  #later(error: SourceError): SourceError {
    try {
      this.#check();
      return error;
    } catch (closed) {
      return closed instanceof SourceError ? withRetry(error, closed.retryAfterMs ?? 0) : error;
    }
  }
}

/** Opens one credential's way to an upstream. All who ask with the credential share what is returned. */
export function openUpstream(options: UpstreamOptions): Upstream {
  return new GatedUpstream(options);
}
