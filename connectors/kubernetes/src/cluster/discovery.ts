import { HttpError } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Api } from './api.js';
import type { Resource } from './cluster.js';
import { rootOf } from './paths.js';

const knownForMs = 10 * 60_000;

const ResourceList = z.object({
  resources: z.array(z.object({ name: z.string(), verbs: z.array(z.string()).nullish() })).nullish(),
});

/** What a cluster serves, asked for by group and version, and known for ten minutes. */
export class Discovery {
  readonly #known = new Map<string, { plurals: Promise<ReadonlySet<string>>; until: number }>();

  /** @param signal of all who ask: what is known is everybody's, so none of them may end it for the others */
  constructor(
    private readonly api: Api,
    private readonly signal: AbortSignal,
  ) {}

  /** The first of these that can be listed and watched. @throws HttpError */
  async find(candidates: readonly Resource[]): Promise<Resource | undefined> {
    for (const resource of candidates) {
      const plurals = await this.#pluralsOf(resource.groupVersion);
      if (plurals.has(resource.plural)) return resource;
    }
    return undefined;
  }

  #pluralsOf(groupVersion: string): Promise<ReadonlySet<string>> {
    const known = this.#known.get(groupVersion);
    if (known && known.until > this.api.now()) return known.plurals;
    const plurals = this.#ask(groupVersion);
    this.#known.set(groupVersion, { plurals, until: this.api.now() + knownForMs });
    plurals.catch(() => this.#known.delete(groupVersion));
    return plurals;
  }

  async #ask(groupVersion: string): Promise<ReadonlySet<string>> {
    try {
      const answer = await this.api.get(rootOf(groupVersion), this.signal);
      const resources = ResourceList.parse(answer.json()).resources ?? [];
      const watchable = resources.filter(
        ({ verbs }) => !verbs || (verbs.includes('list') && verbs.includes('watch')),
      );
      return new Set(watchable.map(({ name }) => name));
    } catch (error) {
      if (error instanceof z.ZodError)
        throw new HttpError('invalid_answer', 'no list of resources', { cause: error });
      if (error instanceof HttpError && error.status === 404) return new Set();
      throw error;
    }
  }
}
