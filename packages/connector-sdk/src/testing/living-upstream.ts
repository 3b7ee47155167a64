import { createHash } from 'node:crypto';
import type { Reading } from '../upstream/upstream.js';

/** What lies under an address at an instant: JSON, a list that is paged (in an envelope or bare), or nothing. */
export type Answer = { json: unknown } | { list: readonly unknown[]; as?: string } | undefined;

/** Things at an upstream that have a life of their own. */
export type World = (path: string, query: URLSearchParams, now: number) => Answer;

/** An upstream without a network whose answers depend on the time: with ETags and pages, and it counts what it is asked. */
export class LivingUpstream {
  /** Addresses that were answered in full, as they count for a rate limit. */
  readonly counted: string[] = [];
  /** Questions whose answer was the same as before. */
  free = 0;

  /** @param base what paths are relative to: an origin */
  constructor(
    private readonly base: string,
    public time: number,
    private readonly world: World,
  ) {}

  now(): number {
    return this.time;
  }

  async get(target: string | URL, options: { etag?: string | undefined } = {}): Promise<Reading> {
    const found = await this.find(target, options);
    if (!found) throw new Error(`nothing lives at ${String(target)}`);
    return found;
  }

  find(target: string | URL, { etag }: { etag?: string | undefined } = {}): Promise<Reading | undefined> {
    const url = new URL(target, this.base);
    const answer = this.world(url.pathname, url.searchParams, this.time);
    this.counted.push(`${url.pathname}${url.search}`);
    if (!answer) return Promise.resolve(undefined);
    const { json, next } = 'json' in answer ? { json: answer.json, next: undefined } : page(url, answer);
    const tag = createHash('sha256').update(JSON.stringify(json)).digest('base64url');
    if (tag !== etag) return Promise.resolve({ unchanged: false, json, headers: {}, etag: tag, next });
    this.counted.pop();
    this.free += 1;
    return Promise.resolve({ unchanged: true });
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
