import { HttpError } from '@painchain/runtime/http';
import { SourceError } from '../source-error.js';
import type { Upstream } from '../upstream/upstream.js';
import type { Thing } from './cursor.js';
import { type Directory, type Identity, missing, notFound, notPermitted, unreadable } from './identity.js';

const askedEveryMs = 15 * 60_000;
const missingAfter = 3;

function isCode(error: unknown, code: string): error is SourceError {
  return error instanceof SourceError && error.code === code;
}

/** Whether one address of a thing leads nowhere, or to where nobody follows, while another one may do. */
function isAstray(error: unknown): boolean {
  return ['not-found', 'moved', 'base-url-elsewhere'].some((code) => isCode(error, code));
}

/**
 * Finds the thing behind a configured name, which may have been renamed, handed over, deleted or made anew. It goes by
 * the codes `not-found`, `permission-missing` and `moved`, which a connector's rules give to refusals, and by what
 * `leadsElsewhere` says.
 */
export class Whereabouts {
  #known: Identity | undefined;
  #askedAt = 0;
  #misses = 0;
  readonly #etags = new Map<string, { etag: string; identity: Identity }>();

  /**
   * @param name by which it is asked for first
   * @param id which one it must be, where that is known: the name may be another one's by now
   */
  constructor(
    private readonly upstream: Pick<Upstream, 'get' | 'now'> & { readonly baseUrl: string },
    private readonly directory: Directory,
    public name: string,
    private readonly id?: number,
  ) {}

  /** What was found last. */
  get known(): Identity | undefined {
    return this.#known;
  }

  /** Asks anew, unless it was asked a few minutes ago. `formerly` is what the cursor knows. */
  async find(formerly: Thing | undefined, signal: AbortSignal): Promise<Identity> {
    const now = this.upstream.now();
    if (this.#known && Math.abs(now - this.#askedAt) < askedEveryMs) return this.#known;
    return this.ask(formerly, signal);
  }

  /** @throws SourceError `…-missing` when it isn't there for the third time in a row. */
  async ask(formerly: Thing | undefined, signal: AbortSignal): Promise<Identity> {
    this.#askedAt = 0;
    let last: unknown;
    for (const address of new Set(this.directory.addresses(this.name, formerly, this.id))) {
      try {
        const identity = await this.#follow(address, signal);
        if (this.id !== undefined && identity.id !== this.id) continue;
        this.#known = identity;
        this.#askedAt = this.upstream.now();
        this.#misses = 0;
        return identity;
      } catch (error) {
        if (isCode(error, 'permission-missing')) throw notPermitted(this.directory, this.name, error);
        if (!isAstray(error)) throw error;
        last = error;
      }
    }
    if (last !== undefined && !isCode(last, 'not-found')) throw last;
    this.#misses += 1;
    throw (this.#misses < missingAfter ? notFound : missing)(this.directory, this.name, last);
  }

  /** The old address of what was renamed leads to where it is now: one step is followed, on the same origin. */
  async #follow(path: string, signal: AbortSignal): Promise<Identity> {
    try {
      return await this.#read(path, signal);
    } catch (error) {
      const location =
        isCode(error, 'moved') && error.cause instanceof HttpError ? error.cause.headers.location : undefined;
      const { baseUrl } = this.upstream;
      const target = location && URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : undefined;
      if (target?.origin !== new URL(baseUrl).origin) throw error;
      return this.#read(target, signal);
    }
  }

  async #read(target: string | URL, signal: AbortSignal): Promise<Identity> {
    const before = this.#etags.get(String(target));
    const reading = await this.upstream.get(target, { etag: before?.etag, signal });
    if (reading.unchanged && before) return before.identity;
    const identity = reading.unchanged ? undefined : this.directory.read(reading.json);
    if (!identity) throw unreadable(this.directory);
    if (!reading.unchanged && reading.etag !== undefined) {
      this.#etags.set(String(target), { etag: reading.etag, identity });
    }
    return identity;
  }
}
