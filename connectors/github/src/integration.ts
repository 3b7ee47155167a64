import type { Source, SourceContext, SourceLists } from '@painchain/connector-sdk';
import { type Meant, WatchedThings, listEach } from '@painchain/connector-sdk/rounds';
import { type GitHubConnection, openGitHub } from './api/open-github.js';
import type { EventKind, GitHubConfig } from './config.js';
import { Listing } from './listing.js';
import { looks } from './looks/index.js';
import type { AtRepository } from './looks/look.js';
import { repositoriesOf } from './repository/repositories.js';
import { watchedRepositories } from './watched.js';

/** Owners all of whose repositories are meant. */
function ownersOf({ repositories }: GitHubConfig): Set<string> {
  return new Set(
    repositories.filter(({ repo }) => repo === undefined).map(({ owner }) => owner.toLowerCase()),
  );
}

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep'>;

/** The repositories of an integration: those that are named, and those of its owners. */
export class Integration implements SourceLists {
  readonly github: GitHubConnection;
  readonly #listing: Listing;
  readonly #things: WatchedThings<AtRepository, EventKind>;

  constructor(
    private readonly config: GitHubConfig,
    private readonly place: Place,
  ) {
    const github = openGitHub(config, place);
    this.github = github;
    this.#listing = new Listing(github, config.app !== undefined);
    this.#things = new WatchedThings(
      { upstream: github, vendor: repositoriesOf(github), config, looks },
      {
        meant: (now) => this.#list(now),
        grows: ownersOf(config).size > 0,
        sleep: (ms) => place.sleep(ms),
      },
    );
  }

  [Symbol.asyncIterator](): AsyncIterator<readonly Source[]> {
    return this.#things[Symbol.asyncIterator]();
  }

  /** What is meant right now, and why some owners' repositories can't be told. */
  meant(): Promise<Meant> {
    return this.#things.meant();
  }

  async #list(now: ReadonlySet<string>): Promise<Meant> {
    const { signal } = this.place;
    const { listings, faults } = await listEach(ownersOf(this.config).entries(), (owner) =>
      this.#listing.of(owner, signal),
    );
    return { watched: watchedRepositories(this.config, listings, now), faults };
  }
}

/** The sources of one integration. */
export function repositorySources(config: GitHubConfig, place: Place): SourceLists {
  return new Integration(config, place);
}
