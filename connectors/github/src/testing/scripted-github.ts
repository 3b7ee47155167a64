import { type Collect, type SourceEvent, type Translation, createLogger } from '@painchain/connector-sdk';
import type { GitHub } from '../api/github.js';
import type { Found, Look, Round } from '../looks/look.js';

/** What a scripted GitHub says for one address: JSON, a list of pages, an error to throw, or nothing there. */
export type Script =
  { json: unknown; etag?: string } | { pages: unknown[][] } | { fails: Error } | { missing: true };

const base = 'https://api.github.test';

/** A GitHub without a network: it says what it was told to, and remembers what it was asked. */
export class ScriptedGitHub implements GitHub {
  readonly host = 'github.test';
  /** Paths and queries, in the order they were asked. */
  readonly asked: string[] = [];
  readonly #script = new Map<string, Script>();

  constructor(private time = Date.UTC(2026, 10, 24, 10)) {}

  /** Says this for an address (path and query) from now on. */
  says(target: string, script: Script): this {
    this.#script.set(target, script);
    return this;
  }

  now(): number {
    return this.time;
  }

  async get(target: string | URL, { etag }: { etag?: string | undefined } = {}) {
    const found = await this.find(target, { etag });
    if (!found) throw new Error(`nothing is scripted for ${String(target)}`);
    return found;
  }

  async find(target: string | URL, { etag }: { etag?: string | undefined } = {}) {
    const url = new URL(target, base);
    const page = Number(url.searchParams.get('scripted_page') ?? 0);
    url.searchParams.delete('scripted_page');
    const address = `${url.pathname}${url.search}`;
    this.asked.push(address);
    const script = this.#script.get(address) ?? this.#script.get(decodeURIComponent(address));
    if (!script) throw new Error(`nothing is scripted for ${address}`);
    if ('fails' in script) throw script.fails;
    if ('missing' in script) return undefined;
    if ('pages' in script) return this.#page(url, script.pages, page);
    if (script.etag !== undefined && script.etag === etag) return { unchanged: true as const };
    return { unchanged: false as const, json: script.json, headers: {}, etag: script.etag, next: undefined };
  }

  #page(url: URL, pages: unknown[][], page: number) {
    const next = new URL(url);
    next.searchParams.set('scripted_page', String(page + 1));
    return {
      unchanged: false as const,
      json: pages[page] ?? [],
      headers: {},
      etag: undefined,
      next: page + 1 < pages.length ? next : undefined,
    };
  }
}

/** Everything that one look gave. */
export interface LookRun<State> {
  pages: Found<State>[];
  events: SourceEvent[];
  state: State | undefined;
  busy: boolean;
  skipped: Exclude<Translation, { kind: 'events' }>[];
}

/** Runs a look once, as a repository's source does, in a round at `at` (default: the scripted clock's now). */
export async function runLook<State>(
  look: Look<State>,
  github: GitHub,
  known?: State,
  round: Partial<Round> = {},
): Promise<LookRun<State>> {
  const skipped: LookRun<State>['skipped'] = [];
  const take: Collect['take'] = (translation) => {
    if (translation.kind === 'events') return translation.events;
    skipped.push(translation);
    return [];
  };
  const at = new Date(github.now()).toISOString();
  const whole: Round = {
    github,
    repository: { host: github.host, id: 7, fullName: 'acme/api', webUrl: 'https://github.test/acme/api' },
    path: '/repos/acme/api',
    at,
    before: known === undefined ? null : new Date(github.now() - 60_000).toISOString(),
    beginning: new Date(github.now() - 7 * 86_400_000).toISOString(),
    started: known === undefined ? at : new Date(github.now() - 3_600_000).toISOString(),
    watches: () => true,
    collects: () => true,
    take,
    progress: () => undefined,
    log: createLogger({ name: 'test', level: 'silent' }),
    signal: new AbortController().signal,
    ...round,
  };
  const pages: Found<State>[] = [];
  for await (const page of look.look(whole, known)) pages.push(page);
  const state = pages.findLast((page) => page.state !== undefined)?.state;
  // Whatever a cursor can't carry is lost here, too.
  const kept = state === undefined ? undefined : look.state.parse(JSON.parse(JSON.stringify(state)));
  return {
    pages,
    events: pages.flatMap(({ events }) => events),
    state: kept,
    busy: pages.some(({ busy }) => busy === true),
    skipped,
  };
}
