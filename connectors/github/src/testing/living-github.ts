import { createHash } from 'node:crypto';
import type { GitHub } from '../api/github.js';

/** What lies under an address at an instant: JSON, a list that is paged (in an envelope or bare), or nothing. */
export type Answer = { json: unknown } | { list: readonly unknown[]; as?: string } | undefined;

/** Things at a GitHub that have a life of their own. */
export type World = (path: string, query: URLSearchParams, now: number) => Answer;

/** A GitHub without a network whose answers depend on the time: with ETags and pages, and it counts what it is asked. */
export class LivingGitHub implements GitHub {
  readonly host = 'github.test';
  /** Addresses that were answered in full, as they count for a rate limit. */
  readonly counted: string[] = [];
  /** Questions whose answer was the same as before. */
  free = 0;

  constructor(
    public time: number,
    private readonly world: World,
  ) {}

  now(): number {
    return this.time;
  }

  async get(target: string | URL, options: { etag?: string | undefined } = {}) {
    const found = await this.find(target, options);
    if (!found) throw new Error(`nothing lives at ${String(target)}`);
    return found;
  }

  find(target: string | URL, { etag }: { etag?: string | undefined } = {}) {
    const url = new URL(target, 'https://api.github.test');
    const answer = this.world(url.pathname, url.searchParams, this.time);
    this.counted.push(`${url.pathname}${url.search}`);
    if (!answer) return Promise.resolve(undefined);
    const { json, next } = 'json' in answer ? { json: answer.json } : page(url, answer);
    const tag = createHash('sha256').update(JSON.stringify(json)).digest('base64url');
    if (tag !== etag)
      return Promise.resolve({ unchanged: false as const, json, headers: {}, etag: tag, next });
    this.counted.pop();
    this.free += 1;
    return Promise.resolve({ unchanged: true as const });
  }
}

function page(url: URL, { list, as }: { list: readonly unknown[]; as?: string }) {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const items = list.slice((number - 1) * size, number * size);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  return {
    json: as === undefined ? items : { total_count: list.length, [as]: items },
    next: number * size < list.length ? next : undefined,
  };
}
