import { type Source, type SourceContext, SourceError, type SourceLists } from '@painchain/connector-sdk';
import { type GitHubConnection, openGitHub } from './api/open-github.js';
import type { GitHubConfig } from './config.js';
import { type Listed, Listing } from './listing.js';
import { looks } from './looks/index.js';
import { RepositorySource, type Watched } from './repository/source.js';
import { watchedRepositories } from './watched.js';

/** Owners all of whose repositories are meant. */
function ownersOf({ repositories }: GitHubConfig): Set<string> {
  return new Set(
    repositories.filter(({ repo }) => repo === undefined).map(({ owner }) => owner.toLowerCase()),
  );
}

/** How often to ask for repositories that are new. */
const listedEveryMs = 15 * 60_000;

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep'>;

/**
 * The repositories of an integration as sources, all of which share one credential and its limit. Those that stay keep
 * their source when they are listed anew.
 */
export class Integration implements SourceLists {
  readonly github: GitHubConnection;
  readonly #listing: Listing;
  #sources = new Map<string, RepositorySource>();

  constructor(
    private readonly config: GitHubConfig,
    private readonly place: Place,
  ) {
    this.github = openGitHub(config, place);
    this.#listing = new Listing(this.github, config.app !== undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Source[], void, void> {
    for (;;) {
      const { watched, faults } = await this.meant();
      const [fault] = faults;
      // An owner that can't be listed keeps no other repository from being watched; what is watched stays.
      if (!fault || (this.#sources.size === 0 && watched.length > 0)) yield this.#sourcesOf(watched);
      if (fault) throw fault;
      if (ownersOf(this.config).size === 0) return;
      await this.place.sleep(listedEveryMs);
    }
  }

  /** What is meant right now, and why some owners' repositories can't be told. */
  async meant(): Promise<{ watched: Watched[]; faults: SourceError[] }> {
    const listings = new Map<string, readonly Listed[]>();
    const faults: SourceError[] = [];
    for (const owner of ownersOf(this.config)) {
      try {
        listings.set(owner, await this.#listing.of(owner, this.place.signal));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        faults.push(error);
      }
    }
    return { watched: watchedRepositories(this.config, listings, new Set(this.#sources.keys())), faults };
  }

  #sourcesOf(watched: readonly Watched[]): Source[] {
    const place = { github: this.github, config: this.config, looks };
    const sources = watched.map((one) => {
      const source = this.#sources.get(one.name) ?? new RepositorySource(one, place);
      source.listedAs(one);
      return source;
    });
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    return sources;
  }
}

/** The sources of one integration. */
export function repositorySources(config: GitHubConfig, place: Place): SourceLists {
  return new Integration(config, place);
}
