import type { Source, SourceContext, SourceLists } from '@painchain/connector-sdk';
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
      yield this.#sourcesOf(await this.watched());
      if (ownersOf(this.config).size === 0) return;
      await this.place.sleep(listedEveryMs);
    }
  }

  /** What is meant right now. @throws SourceError when an owner's repositories can't be listed. */
  async watched(): Promise<Watched[]> {
    const listings = new Map<string, readonly Listed[]>();
    for (const owner of ownersOf(this.config)) {
      listings.set(owner, await this.#listing.of(owner, this.place.signal));
    }
    return watchedRepositories(this.config, listings);
  }

  #sourcesOf(watched: readonly Watched[]): Source[] {
    const place = { github: this.github, config: this.config, looks };
    const sources = watched.map((one) => {
      const source = this.#sources.get(one.name) ?? new RepositorySource(one, place);
      source.tags = one.tags;
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
