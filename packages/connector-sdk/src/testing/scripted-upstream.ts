import type { Reading } from '../upstream/upstream.js';

/** What a scripted upstream says for one address: JSON, a list of pages, an error to throw, or nothing there. */
export type Script =
  | { json: unknown; etag?: string; headers?: Record<string, string> }
  | { pages: unknown[][] }
  | { fails: Error }
  | { missing: true };

/** An upstream without a network: it says what it was told to, and remembers what it was asked. */
export class ScriptedUpstream {
  /** Paths and queries, in the order they were asked. */
  readonly asked: string[] = [];
  readonly #script = new Map<string, Script>();

  /** @param base what paths are relative to: an origin */
  constructor(private readonly base: string) {}

  /** Says this for an address (path and query) from now on. */
  says(target: string, script: Script): this {
    this.#script.set(target, script);
    return this;
  }

  async get(target: string | URL, question: { etag?: string | undefined } = {}): Promise<Reading> {
    const found = await this.find(target, question);
    if (!found) throw new Error(`nothing is scripted for ${String(target)}`);
    return found;
  }

  async find(
    target: string | URL,
    { etag }: { etag?: string | undefined } = {},
  ): Promise<Reading | undefined> {
    const url = new URL(target, this.base);
    const page = Number(url.searchParams.get('scripted_page') ?? 0);
    url.searchParams.delete('scripted_page');
    const address = `${url.pathname}${url.search}`;
    this.asked.push(address);
    const script = this.#script.get(address) ?? this.#script.get(decodeURIComponent(address));
    if (!script) throw new Error(`nothing is scripted for ${address}`);
    if ('fails' in script) throw script.fails;
    if ('missing' in script) return undefined;
    if ('pages' in script) return pageOf(url, script.pages, page);
    if (script.etag !== undefined && script.etag === etag) return { unchanged: true };
    const { json, headers = {} } = script;
    return { unchanged: false, json, headers, etag: script.etag, next: undefined };
  }
}

function pageOf(url: URL, pages: unknown[][], page: number): Reading {
  const next = new URL(url);
  next.searchParams.set('scripted_page', String(page + 1));
  return {
    unchanged: false,
    json: pages[page] ?? [],
    headers: {},
    etag: undefined,
    next: page + 1 < pages.length ? next : undefined,
  };
}
