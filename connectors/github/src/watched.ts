import { type Watched, joinedTags, matchesInAnyCase } from '@painchain/connector-sdk/rounds';
import type { GitHubConfig, Repository } from './config.js';
import type { Listed } from './listing.js';

/** What a source is called that was found in an owner's list. */
function nameOf({ id }: Listed): string {
  return `repository:${id}`;
}

/** Whether an entry without `repo` means this repository of its owner. */
function means({ include, exclude, archived }: Repository, listed: Listed, isWatched: boolean): boolean {
  const name = listed.fullName.slice(listed.fullName.indexOf('/') + 1);
  // One that is archived while it is watched still has that to tell.
  if (listed.archived && !archived && !isWatched) return false;
  if (exclude && matchesInAnyCase(name, exclude)) return false;
  return matchesInAnyCase(name, include);
}

/**
 * The repositories that a configuration means, given what its owners have. One that is named wins over one that is
 * meant by its owner; tags of both are kept.
 *
 * A source is called by what stays: a named one by its configured name, which leads to it when it is renamed, one of an
 * owner's list by its id.
 *
 * @param now the names of sources that are watched already
 */
export function watchedRepositories(
  { repositories }: Pick<GitHubConfig, 'repositories'>,
  listings: ReadonlyMap<string, readonly Listed[]>,
  now: ReadonlySet<string> = new Set(),
): Watched[] {
  const watched = new Map<string, Watched>();
  for (const { owner, repo, tags, branches } of repositories) {
    if (repo === undefined) continue;
    const fullName = `${owner}/${repo}`;
    const name = fullName.toLowerCase();
    watched.set(name, { name, fullName, tags, branches });
  }
  for (const entry of repositories) {
    if (entry.repo !== undefined) continue;
    for (const listed of listings.get(entry.owner.toLowerCase()) ?? []) {
      const name = nameOf(listed);
      if (!means(entry, listed, now.has(name))) continue;
      const { id, fullName } = listed;
      const key = fullName.toLowerCase();
      const before = watched.get(key);
      watched.set(key, {
        ...(before ?? { name, fullName, id, branches: entry.branches }),
        tags: joinedTags(before?.tags, entry.tags),
      });
    }
  }
  return [...watched.values()];
}
