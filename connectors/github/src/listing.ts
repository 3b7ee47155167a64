import { SourceError } from '@painchain/connector-sdk';
import { KeptLists } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import type { GitHubConnection } from './api/open-github.js';

const Repository = z.object({
  id: z.int().nonnegative(),
  full_name: z
    .string()
    .max(300)
    .regex(/^[^/]+\/[^/]+$/),
  archived: z.boolean().nullish(),
});
const Repositories = z.union([
  z.array(Repository),
  z.object({ repositories: z.array(Repository) }).transform(({ repositories }) => repositories),
]);
const Account = z.object({ login: z.string(), type: z.string() });

/** A repository as an owner's list has it. */
export interface Listed {
  id: number;
  fullName: string;
  archived: boolean;
}

function repositoriesIn(json: unknown): Listed[] | undefined {
  return Repositories.safeParse(json).data?.map(({ id, full_name: fullName, archived }) => ({
    id,
    fullName,
    archived: archived === true,
  }));
}

function unreadable(): SourceError {
  return new SourceError({
    code: 'answer-unreadable',
    detail: 'GitHub’s list of repositories can’t be read.',
    remedy: 'Check `base_url`: it must lead to the API, on an Enterprise Server with /api/v3.',
    kind: 'upstream',
  });
}

function ownerMissing(owner: string, cause: unknown): SourceError {
  return new SourceError({
    code: 'owner-missing',
    detail: `GitHub knows no user and no organisation ${owner}.`,
    remedy: 'Check the name under `owner`.',
    kind: 'configuration',
    cause,
  });
}

/** Which repositories of an owner a credential sees. What has not changed since the last time costs nothing. */
export class Listing {
  readonly #lists: KeptLists<Listed>;

  /** @param asApp whether the credential is an installation's, which has a list of its own */
  constructor(
    private readonly github: GitHubConnection,
    private readonly asApp: boolean,
  ) {
    this.#lists = new KeptLists(github, repositoriesIn, unreadable);
  }

  async of(owner: string, signal: AbortSignal): Promise<Listed[]> {
    const all = await this.#lists.all(await this.#addressFor(owner, signal), signal);
    const prefix = `${owner}/`.toLowerCase();
    // An installation's list, and one of a user with access to others' repositories, hold more than the owner's.
    return all.filter(({ fullName }) => fullName.toLowerCase().startsWith(prefix));
  }

  async #addressFor(owner: string, signal: AbortSignal): Promise<string> {
    if (this.asApp) return '/installation/repositories?per_page=100';
    const account = await this.#account(`/users/${owner}`, signal).catch((error: unknown) => {
      if (error instanceof SourceError && error.code === 'not-found') throw ownerMissing(owner, error);
      throw error;
    });
    if (account.type === 'Organization') return `/orgs/${owner}/repos?type=all&per_page=100`;
    const self = await this.#account('/user', signal).catch(() => undefined);
    // Only of oneself GitHub lists private repositories.
    if (self?.login.toLowerCase() === owner.toLowerCase())
      return '/user/repos?affiliation=owner&per_page=100';
    return `/users/${owner}/repos?type=owner&per_page=100`;
  }

  readonly #accounts = new Map<string, z.infer<typeof Account>>();

  /** Whose account it is doesn't change while a process runs. */
  async #account(target: string, signal: AbortSignal): Promise<z.infer<typeof Account>> {
    const known = this.#accounts.get(target);
    if (known) return known;
    const reading = await this.github.get(target, { signal });
    const read = Account.safeParse(reading.unchanged ? undefined : reading.json);
    if (!read.success) throw unreadable();
    this.#accounts.set(target, read.data);
    return read.data;
  }
}
