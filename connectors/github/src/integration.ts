import type { Source, SourceContext } from '@painchain/connector-sdk';
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

/** The repositories of an integration as sources: those that stay keep their source when they are listed anew. */
export class Integration {
  readonly github: GitHubConnection;
  readonly #listing: Listing;
  #sources = new Map<string, RepositorySource>();

  constructor(
    private readonly config: GitHubConfig,
    context: Pick<SourceContext, 'http' | 'now'>,
  ) {
    this.github = openGitHub(config, context);
    this.#listing = new Listing(this.github, config.app !== undefined);
  }

  /** What is meant right now. @throws SourceError when an owner's repositories can't be listed. */
  async watched(signal: AbortSignal): Promise<Watched[]> {
    const listings = new Map<string, readonly Listed[]>();
    for (const owner of ownersOf(this.config)) listings.set(owner, await this.#listing.of(owner, signal));
    return watchedRepositories(this.config, listings);
  }

  async sources(signal: AbortSignal): Promise<readonly Source[]> {
    const place = { github: this.github, config: this.config, looks };
    const sources = new Map<string, RepositorySource>();
    for (const watched of await this.watched(signal)) {
      const source = this.#sources.get(watched.name) ?? new RepositorySource(watched, place);
      source.tags = watched.tags;
      sources.set(watched.name, source);
    }
    this.#sources = sources;
    return [...sources.values()];
  }
}

/** The sources of one integration, all of whom share one credential and its limit. */
export function repositorySources(config: GitHubConfig, context: SourceContext): Promise<readonly Source[]> {
  return new Integration(config, context).sources(context.signal);
}
