import { type Watched, joinedTags, matchesInAnyCase } from '@painchain/connector-sdk/rounds';
import type { GitLabConfig, Group } from './config.js';
import { type Listed, nameOf } from './listing.js';

function matches(fullPath: string, patterns: readonly string[] | undefined): boolean {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  return matchesInAnyCase(name, patterns) || matchesInAnyCase(fullPath, patterns);
}

/** Whether an entry under `groups:` means this project of its group. */
function means({ include, exclude, archived }: Group, listed: Listed, isWatched: boolean): boolean {
  // One that is archived while it is watched still has that to tell.
  if (listed.archived && !archived && !isWatched) return false;
  if (exclude && matches(listed.fullPath, exclude)) return false;
  return matches(listed.fullPath, include);
}

function byId(id: number): string {
  return `project:${id}`;
}

/** A project that is named by its path goes by that, one that is named by its id by this. */
function named({ project, tags, branches }: GitLabConfig['projects'][number]): Watched {
  const text = String(project);
  if (/^\d+$/.test(text))
    return { name: byId(Number(text)), fullName: text, id: Number(text), tags, branches };
  return { name: text.toLowerCase(), fullName: text, tags, branches };
}

/**
 * The projects that a configuration means, given what its groups have. One that is named wins over one that is meant by
 * its group; tags of both are kept.
 *
 * A source is called by what stays: one that is named by its path by that, which leads to it when it is renamed or
 * moved, any other by its id.
 *
 * @param now the names of sources that are watched already
 */
export function watchedProjects(
  { projects, groups }: Pick<GitLabConfig, 'projects' | 'groups'>,
  listings: ReadonlyMap<string, readonly Listed[]>,
  now: ReadonlySet<string> = new Set(),
): Watched[] {
  const watched = new Map(projects.map((entry) => [named(entry).name, named(entry)]));
  for (const entry of groups) {
    for (const listed of listings.get(nameOf(entry)) ?? []) {
      const { id, fullPath } = listed;
      const name = byId(id);
      if (!means(entry, listed, now.has(name))) continue;
      const path = fullPath.toLowerCase();
      const key = watched.has(path) ? path : name;
      const before = watched.get(key);
      watched.set(key, {
        ...(before ?? { name, id, branches: entry.branches }),
        fullName: before && before.id === undefined ? before.fullName : fullPath,
        tags: joinedTags(before?.tags, entry.tags),
      });
    }
  }
  return [...watched.values()];
}
