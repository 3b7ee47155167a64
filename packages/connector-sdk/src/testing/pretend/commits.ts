import type { PretendWorld } from './world.js';

export interface Commit {
  sha: string;
  parents: string[];
  message: string;
  author: string;
  at: number;
  files: { filename: string; additions: number; deletions: number }[];
}

/** Where commits are. */
export interface History {
  readonly world: PretendWorld;
  readonly commits: Map<string, Commit>;
}

/** What git says where a branch or tag is not. */
export const nothing = '0'.repeat(40);

/** A commit that is in no branch yet. */
export function addCommit(
  { world, commits }: History,
  { by, parents, message = 'Change something' }: { by: string; parents: string[]; message?: string },
): string {
  const sha = world.sha();
  const filename = `src/part-${world.chance.below(40)}.ts`;
  const files = [{ filename, additions: 1 + world.chance.below(30), deletions: world.chance.below(10) }];
  commits.set(sha, { sha, parents, message, author: by, at: world.now(), files });
  return sha;
}

/** All that a commit is built on, itself included. */
export function ancestors({ commits }: Pick<History, 'commits'>, sha: string): Map<string, Commit> {
  const found = new Map<string, Commit>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const commit = commits.get(next);
    if (!commit || found.has(next)) continue;
    found.set(next, commit);
    open.push(...commit.parents);
  }
  return found;
}
