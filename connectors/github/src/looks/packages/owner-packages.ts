import type { components } from '@octokit/openapi-types';
import { SourceError } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { GitHub } from '../../api/github.js';
import { Id, reading } from '../../translate/payload.js';

/** A container package of an owner. */
export interface OwnerPackage {
  id: number;
  name: string;
  /** The repository that it belongs to, if any. */
  repositoryId: number | undefined;
  updatedAt: string;
}

/** Where an owner's packages are asked for, and which they are. */
export interface OwnerPackages {
  /** `/orgs/{org}/packages` or `/users/{user}/packages`. */
  path: string;
  packages: readonly OwnerPackage[];
}

const Package = reading<components['schemas']['package']>()(
  z.object({
    id: Id,
    name: z.string().min(1),
    updated_at: z.string(),
    repository: z.object({ id: Id }).nullish().catch(null),
  }),
);

/** A page as it was last read: what is unchanged need not be sent again. */
interface KeptPage {
  etag: string | undefined;
  packages: OwnerPackage[];
  next: URL | undefined;
}

/** What is known of an owner's list. */
interface Kept {
  path: string | undefined;
  pages: Map<string, KeptPage>;
}

interface Asked {
  at: number;
  kept: Kept;
  answer: Promise<OwnerPackages>;
}

const freshMs = 60_000;
const mostPages = 50;

// One list serves all repositories of an owner; it goes with the integration that asked for it.
const askedBy = new WeakMap<GitHub, Map<string, Asked>>();

function read(json: unknown): OwnerPackage[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((item) => {
    const { data } = Package.safeParse(item);
    if (!data) return [];
    const { id, name, repository, updated_at: updatedAt } = data;
    return [{ id, name, repositoryId: repository?.id, updatedAt }];
  });
}

async function pageAt(github: GitHub, target: string | URL, kept: Kept): Promise<KeptPage | undefined> {
  const before = kept.pages.get(String(target));
  const answer = await github.find(target, { etag: before?.etag });
  if (!answer) return undefined;
  if (answer.unchanged) return before;
  const page = { etag: answer.etag, packages: read(answer.json), next: answer.next };
  kept.pages.set(String(target), page);
  return page;
}

async function listAt(github: GitHub, path: string, kept: Kept): Promise<OwnerPackages | undefined> {
  const first = await pageAt(github, `${path}?package_type=container&per_page=100`, kept);
  if (!first) return undefined;
  const packages = [...first.packages];
  for (let { next } = first, page = 1; next && page < mostPages; page += 1) {
    const more = await pageAt(github, next, kept);
    packages.push(...(more?.packages ?? []));
    next = more?.next;
  }
  return { path, packages };
}

/** Whether an owner is a user or an organisation shows by who answers. */
async function ask(github: GitHub, owner: string, kept: Kept): Promise<OwnerPackages> {
  const paths = kept.path ? [kept.path] : [`/orgs/${owner}/packages`, `/users/${owner}/packages`];
  for (const path of paths) {
    const found = await listAt(github, path, kept);
    if (!found) continue;
    kept.path = path;
    return found;
  }
  throw new SourceError({
    code: 'packages-not-permitted',
    detail: `The packages of ${owner} may not be seen with this credential.`,
    remedy:
      'Use a classic personal access token with the scope read:packages (GitHub lets no other list packages), or take `package` out of `events`.',
    kind: 'configuration',
  });
}

/**
 * The container packages of an owner, asked for once a minute at most, however many repositories want to know.
 *
 * @throws SourceError where they may not be seen.
 */
export function ownerPackages(github: GitHub, owner: string): Promise<OwnerPackages> {
  const owners = askedBy.get(github) ?? new Map<string, Asked>();
  askedBy.set(github, owners);
  const before = owners.get(owner);
  if (before && github.now() - before.at < freshMs) return before.answer;
  const kept: Kept = before?.kept ?? { path: undefined, pages: new Map() };
  const answer = ask(github, owner, kept);
  owners.set(owner, { at: github.now(), kept, answer });
  return answer;
}
