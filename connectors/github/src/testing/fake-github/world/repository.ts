import { PretendPlace, type Commit } from '@painchain/connector-sdk/testing/pretend';
import type { ActivityRecord, Branches, Tag } from './git.js';
import type { Deployment } from './deployments.js';
import type { IssueEvent, Issue } from './issues.js';
import type { PackageRecord } from './packages.js';
import type { Pull } from './pulls.js';
import type { Release } from './releases.js';
import type { Run } from './runs.js';
import type { Owner, World } from './world.js';

/** How a request for a repository is refused, while it is. */
export type Refused = 403 | 404 | 410 | 451;

/** A repository and all that has happened in it, oldest first. */
export class Repository extends PretendPlace<World> {
  readonly formerNames = new Set<string>();
  readonly commits = new Map<string, Commit>();
  readonly branches: Branches = new Map();
  readonly tags = new Map<string, Tag>();
  readonly activities: ActivityRecord[] = [];
  readonly pulls: Pull[] = [];
  readonly issues: Issue[] = [];
  readonly issueEvents: IssueEvent[] = [];
  readonly runs: Run[] = [];
  readonly deployments: Deployment[] = [];
  readonly packages: PackageRecord[] = [];
  releases: Release[] = [];
  /** Of rulesets, environments, hooks and protection: whatever GitHub shall say, by path under the repository. */
  readonly configuration = new Map<string, unknown>();
  readonly createdAt: number;
  defaultBranch = 'main';
  archived = false;
  refused: Refused | undefined;
  #numbers = 0;

  constructor(
    world: World,
    id: number,
    public owner: Owner,
    public name: string,
  ) {
    super(world, id);
    this.createdAt = world.now();
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** Where a browser finds it. */
  get webUrl(): string {
    return `https://github.test/${this.fullName}`;
  }

  /** Issues and pull requests share their numbers. */
  number(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  rename(name: string): void {
    this.formerNames.add(this.fullName.toLowerCase());
    this.name = name;
    this.world.named(this);
  }
}
