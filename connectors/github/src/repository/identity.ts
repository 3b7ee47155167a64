import { HttpError, SourceError } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { GitHubConnection } from '../api/open-github.js';

const Answer = z.object({
  id: z.int().nonnegative(),
  full_name: z
    .string()
    .max(300)
    .regex(/^[^/]+\/[^/]+$/),
  html_url: z.url({ protocol: /^https?$/ }).max(1_000),
  archived: z.boolean().nullish(),
});

/** Which repository stands behind a name right now. */
export interface Identity {
  id: number;
  /** `owner/repo`, as it is called now. */
  fullName: string;
  webUrl: string;
  archived: boolean;
}

const askedEveryMs = 15 * 60_000;
const missingAfter = 3;
/** A server that lags behind finds it by then. */
const patienceMs = 20_000;

/** It isn't there, and that has not just begun. */
export function repositoryMissing(name: string, cause: unknown): SourceError {
  return new SourceError({
    code: 'repository-missing',
    detail: `GitHub knows no repository ${name}, or hides it from this credential.`,
    remedy:
      'Check its name, and that the token or App was given access to it. If it was deleted, take it out of `repositories:`.',
    kind: 'configuration',
    cause,
  });
}

function notFound(name: string, cause: unknown): SourceError {
  return new SourceError({
    code: 'repository-not-found',
    detail: `GitHub does not find the repository ${name} right now.`,
    remedy: 'Nothing to do: it is asked for again in a moment.',
    kind: 'upstream',
    retryAfterMs: patienceMs,
    cause,
  });
}

function notPermitted(name: string, cause: unknown): SourceError {
  return new SourceError({
    code: 'repository-not-permitted',
    detail: `The credential may not read ${name}.`,
    remedy: 'Give the token or App access to this repository, with Metadata: read at least.',
    kind: 'configuration',
    cause,
  });
}

function isCode(error: unknown, code: string): error is SourceError {
  return error instanceof SourceError && error.code === code;
}

/** Finds the repository behind a configured name, which may have been renamed, handed over, deleted or made anew. */
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
    private readonly github: GitHubConnection,
    public name: string,
    private readonly id?: number,
  ) {}

  /** What was found last. */
  get known(): Identity | undefined {
    return this.#known;
  }

  /** Asks anew, unless it was asked a few minutes ago. `formerly` is the name that the cursor knows. */
  async find(formerly: string | undefined, signal: AbortSignal): Promise<Identity> {
    const now = this.github.now();
    if (this.#known && Math.abs(now - this.#askedAt) < askedEveryMs) return this.#known;
    return this.ask(formerly, signal);
  }

  /** @throws SourceError `repository-missing` when it isn't there for the third time in a row. */
  async ask(formerly: string | undefined, signal: AbortSignal): Promise<Identity> {
    this.#askedAt = 0;
    const names = new Set([this.name, formerly ?? this.name]);
    let last: unknown;
    for (const name of names) {
      try {
        const identity = await this.#follow(`/repos/${name}`, signal);
        if (this.id !== undefined && identity.id !== this.id) continue;
        this.#known = identity;
        this.#askedAt = this.github.now();
        this.#misses = 0;
        return identity;
      } catch (error) {
        if (isCode(error, 'permission-missing')) throw notPermitted(this.name, error);
        if (!isCode(error, 'not-found')) throw error;
        last = error;
      }
    }
    this.#misses += 1;
    throw this.#misses < missingAfter ? notFound(this.name, last) : repositoryMissing(this.name, last);
  }

  /** A renamed repository's old address leads to where it is now: one step is followed, on the same origin. */
  async #follow(path: string, signal: AbortSignal): Promise<Identity> {
    try {
      return await this.#read(path, signal);
    } catch (error) {
      const location =
        isCode(error, 'moved') && error.cause instanceof HttpError ? error.cause.headers.location : undefined;
      const { baseUrl } = this.github;
      const target = location && URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : undefined;
      if (target?.origin !== new URL(baseUrl).origin) throw error;
      return this.#read(target, signal);
    }
  }

  async #read(target: string | URL, signal: AbortSignal): Promise<Identity> {
    const before = this.#etags.get(String(target));
    const reading = await this.github.get(target, { etag: before?.etag, signal });
    if (reading.unchanged && before) return before.identity;
    const read = Answer.safeParse(reading.unchanged ? undefined : reading.json);
    if (!read.success) {
      throw new SourceError({
        code: 'answer-unreadable',
        detail: 'GitHub describes the repository in a way that can’t be read.',
        remedy: 'Check `base_url`: it must lead to the API, on an Enterprise Server with /api/v3.',
        kind: 'upstream',
      });
    }
    const { id, full_name: fullName, html_url: webUrl, archived } = read.data;
    const identity = { id, fullName, webUrl: webUrl.replace(/\/+$/, ''), archived: archived === true };
    if (!reading.unchanged && reading.etag !== undefined) {
      this.#etags.set(String(target), { etag: reading.etag, identity });
    }
    return identity;
  }
}
