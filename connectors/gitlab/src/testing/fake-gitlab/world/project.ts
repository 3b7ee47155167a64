import { type Commit, PretendPlace } from '@painchain/connector-sdk/testing/pretend';
import type { Deployment, Environment } from './deployments.js';
import type { PushEvent, Tag } from './git.js';
import type { Issue } from './issues.js';
import type { MergeRequest } from './merge-requests.js';
import type { Pipeline } from './pipelines.js';
import type { ImageRepository } from './registry.js';
import type { Release } from './releases.js';
import type { Namespace, World } from './world.js';

/** How a request for a project is refused, while it is. */
export type Refused = 403 | 404;

/** A project and all that has happened in it, oldest first. */
export class Project extends PretendPlace<World> {
  readonly formerNames = new Set<string>();
  readonly commits = new Map<string, Commit>();
  readonly branches = new Map<string, string>();
  readonly tags = new Map<string, Tag>();
  readonly events: PushEvent[] = [];
  readonly mergeRequests: MergeRequest[] = [];
  readonly issues: Issue[] = [];
  readonly pipelines: Pipeline[] = [];
  readonly deployments: Deployment[] = [];
  readonly environments: Environment[] = [];
  readonly images: ImageRepository[] = [];
  releases: Release[] = [];
  /** Of protection, hooks and variables: whatever GitLab shall say, by path under the project. */
  readonly configuration = new Map<string, unknown>();
  readonly createdAt: number;
  defaultBranch = 'main';
  archived = false;
  refused: Refused | undefined;
  readonly #counts = new Map<string, number>();

  constructor(
    world: World,
    id: number,
    public namespace: Namespace,
    public name: string,
  ) {
    super(world, id);
    this.createdAt = world.now();
  }

  /** `group/subgroup/project`. */
  get fullName(): string {
    return `${this.namespace.fullPath}/${this.name}`;
  }

  get topGroup(): string {
    return (this.namespace.fullPath.split('/')[0] ?? '').toLowerCase();
  }

  /** Where a browser finds it. */
  get webUrl(): string {
    return `https://gitlab.test/${this.fullName}`;
  }

  /** Merge requests, issues and pipelines are counted apart. */
  iid(of: string): number {
    const count = (this.#counts.get(of) ?? 0) + 1;
    this.#counts.set(of, count);
    return count;
  }

  rename(name: string): void {
    this.formerNames.add(this.fullName.toLowerCase());
    this.name = name;
    this.world.named(this);
  }
}
