import { SourceError } from '@painchain/connector-sdk';
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

/** No owner has more: whoever goes on and on must not fill the memory that all integrations share. */
const mostPages = 2_000;

/** A repository as an owner's list has it. */
export interface Listed {
  id: number;
  fullName: string;
  archived: boolean;
}

interface KeptPage {
  etag: string | undefined;
  repositories: Listed[];
  next: URL | undefined;
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
  #pages = new Map<string, KeptPage>();

  /** @param asApp whether the credential is an installation's, which has a list of its own */
  constructor(
    private readonly github: GitHubConnection,
    private readonly asApp: boolean,
  ) {}

  async of(owner: string, signal: AbortSignal): Promise<Listed[]> {
    const all = await this.#list(await this.#addressFor(owner, signal), signal);
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

  async #list(first: string, signal: AbortSignal): Promise<Listed[]> {
    const repositories: Listed[] = [];
    const seen = new Set<string>();
    for (let target: string | URL | undefined = first; target;) {
      const address = String(target);
      // A list that leads back to itself would never end.
      if (seen.has(address)) break;
      seen.add(address);
      if (seen.size > mostPages) throw unreadable();
      const page: KeptPage = await this.#page(target, signal);
      repositories.push(...page.repositories);
      target = page.next;
    }
    return repositories;
  }

  async #page(target: string | URL, signal: AbortSignal): Promise<KeptPage> {
    const kept = this.#pages.get(String(target));
    const reading = await this.github.get(target, { etag: kept?.etag, signal });
    if (reading.unchanged && kept) return kept;
    const read = Repositories.safeParse(reading.unchanged ? undefined : reading.json);
    if (!read.success || reading.unchanged) throw unreadable();
    const page = {
      etag: reading.etag,
      next: reading.next,
      repositories: read.data.map(({ id, full_name: fullName, archived }) => ({
        id,
        fullName,
        archived: archived === true,
      })),
    };
    this.#pages.set(String(target), page);
    return page;
  }
}
