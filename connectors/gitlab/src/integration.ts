import type { Source, SourceContext, SourceLists } from '@painchain/connector-sdk';
import { type Meant, WatchedThings, listEach } from '@painchain/connector-sdk/rounds';
import { type GitLabConnection, openGitLab } from './api/open-gitlab.js';
import type { EventKind, GitLabConfig } from './config.js';
import { Listing, nameOf } from './listing.js';
import { looks } from './looks/index.js';
import type { AtProject } from './looks/look.js';
import { projectsOf } from './project/projects.js';
import { TokenWatch } from './token.js';
import { watchedProjects } from './watched.js';

type Place = Pick<SourceContext, 'http' | 'now' | 'signal' | 'sleep'>;

/** The projects of an integration: those that are named, and those of its groups. */
export class Integration implements SourceLists {
  readonly gitlab: GitLabConnection;
  readonly #listing: Listing;
  readonly #things: WatchedThings<AtProject, EventKind>;

  constructor(
    private readonly config: GitLabConfig,
    private readonly place: Place,
  ) {
    const gitlab = openGitLab(config, place);
    const token = new TokenWatch(gitlab, place.signal);
    this.gitlab = gitlab;
    this.#listing = new Listing(gitlab);
    this.#things = new WatchedThings(
      { upstream: gitlab, vendor: projectsOf(gitlab), config, looks },
      {
        meant: (now) => this.#list(now),
        grows: config.groups.length > 0,
        sleep: (ms) => place.sleep(ms),
        warning: () => token.warning(),
      },
    );
  }

  [Symbol.asyncIterator](): AsyncIterator<readonly Source[]> {
    return this.#things[Symbol.asyncIterator]();
  }

  /** What is meant right now, and why some groups' projects can't be told. */
  meant(): Promise<Meant> {
    return this.#things.meant();
  }

  async #list(now: ReadonlySet<string>): Promise<Meant> {
    const { signal } = this.place;
    const scopes = new Map(this.config.groups.map((group) => [nameOf(group), group]));
    const { listings, faults } = await listEach(scopes, (group) => this.#listing.of(group, signal));
    return { watched: watchedProjects(this.config, listings, now), faults };
  }
}

/** The sources of one integration. */
export function projectSources(config: GitLabConfig, place: Place): SourceLists {
  return new Integration(config, place);
}
