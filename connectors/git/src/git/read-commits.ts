import type { ChangeSummary, CommitFacts } from '../translate/facts.js';
import { type Git, GitError } from './git.js';
import { nulTokens } from './nul-tokens.js';
import { commitFormat, parseChanges, parseCommits } from './parse-commits.js';

/** Differences that need more than this are left out rather than waited for. */
const slowMs = 20_000;

// Merges are compared with their first parent: what the merge brought in. Nothing of the repository's own
// diff settings (external programs, textconv, renames without bound) is used.
const diffOptions = ['-r', '-z', '-M', '-l200', '--no-ext-diff', '--no-textconv', '--submodule=short'];
const withChanges = [...diffOptions, '--root', '--diff-merges=first-parent', '--raw', '--numstat'];

export interface CommitRange {
  /** Commits that are wanted with all that leads to them… */
  tips: readonly string[];
  /** …but for these and what leads to them. What no longer exists is passed over. */
  known: readonly string[];
  /** Only commits from here on, in seconds since 1970… */
  since?: number | undefined;
  /** …but at least so many of the newest, if they are not older than this. */
  atLeast?: { commits: number; since: number } | undefined;
  /** The newest of them. */
  limit: number;
}

/**
 * The shas of a range, oldest first. Dates are compared here, commit by commit: git's own `--since` stops at
 * the first old commit and would lose what a clock gone wrong has put behind it. Holds at most `limit` of them.
 */
export async function listCommits(
  git: Git,
  range: CommitRange,
): Promise<{ shas: string[]; omitted: number }> {
  if (range.tips.length === 0) return { shas: [], omitted: 0 };
  const stdin = [...range.tips, ...range.known.map((sha) => `^${sha}`)].join('\n');
  const shas: string[] = [];
  let omitted = 0;
  let rest = '';
  const wanted = (time: number) =>
    range.since === undefined ||
    time >= range.since ||
    (range.atLeast !== undefined && shas.length < range.atLeast.commits && time >= range.atLeast.since);
  const args = ['rev-list', '--ignore-missing', '--timestamp', '--date-order', '--stdin'];
  for await (const chunk of git.stream(args, { stdin: `${stdin}\n`, timeoutMs: 600_000 })) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [time, sha] = line.split(' ');
      if (sha === undefined || !wanted(Number(time))) continue;
      if (shas.length < range.limit) shas.push(sha);
      else omitted += 1;
    }
  }
  return { shas: shas.reverse(), omitted };
}

async function collect(commits: AsyncIterable<CommitFacts>): Promise<CommitFacts[]> {
  const all: CommitFacts[] = [];
  for await (const commit of commits) all.push(commit);
  return all;
}

function diffTree(git: Git, shas: readonly string[], options: readonly string[], timeoutMs: number) {
  const args = ['diff-tree', '--stdin', '--always', '--encoding=UTF-8', ...options, commitFormat];
  return collect(parseCommits(nulTokens(git.stream(args, { stdin: `${shas.join('\n')}\n`, timeoutMs }))));
}

/** The commits themselves, without what they change. */
export async function readCommitLines(git: Git, shas: readonly string[]): Promise<CommitFacts[]> {
  if (shas.length === 0) return [];
  const commits = await diffTree(git, shas, ['-s', '-z'], 60_000);
  return commits.map(({ changes: _none, ...commit }) => commit);
}

/** One commit with its files, or without them where they can't be told in time or at all (partial clones). */
async function readOne(git: Git, sha: string): Promise<CommitFacts[]> {
  try {
    return await diffTree(git, [sha], withChanges, slowMs);
  } catch (error) {
    if (error instanceof GitError && error.kind === 'aborted') throw error;
    return readCommitLines(git, [sha]);
  }
}

/**
 * Reads commits with their files, in the order asked for. A commit whose difference is too slow or whose
 * objects are missing comes without files instead of holding up the others. `boundary` are the commits where a
 * shallow clone ends: their parents are not here, so every file would look added.
 */
export async function readCommits(
  git: Git,
  shas: readonly string[],
  boundary: ReadonlySet<string>,
): Promise<CommitFacts[]> {
  if (shas.length === 0) return [];
  let commits: CommitFacts[];
  try {
    commits = await diffTree(git, shas, withChanges, 3 * slowMs);
  } catch (error) {
    if (error instanceof GitError && error.kind === 'aborted') throw error;
    commits = [];
    for (const sha of shas) commits.push(...(await readOne(git, sha)));
  }
  return commits.map((commit) => (boundary.has(commit.sha) ? { ...commit, changes: undefined } : commit));
}

/** What changed between two commits as a whole; undefined where it can't be told in time. */
export async function readChanges(
  git: Git,
  before: string,
  after: string,
): Promise<ChangeSummary | undefined> {
  try {
    const args = ['diff-tree', ...diffOptions, '--raw', '--numstat', '--end-of-options', before, after];
    return await parseChanges(nulTokens(git.stream(args, { timeoutMs: slowMs })));
  } catch (error) {
    if (error instanceof GitError && error.kind === 'aborted') throw error;
    return undefined;
  }
}

/** Whether everything of `older` is in `newer`. A commit that no longer exists is in nothing. */
export async function isAncestor(git: Git, older: string, newer: string): Promise<boolean> {
  try {
    return (await git.answer(['merge-base', '--is-ancestor', older, newer])) !== undefined;
  } catch (error) {
    if (error instanceof GitError && error.kind === 'failed') return false;
    throw error;
  }
}

/** The parents of commits. What no longer exists is left out. */
export async function readParents(
  git: Git,
  commits: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (commits.length === 0) return new Map();
  const args = ['rev-list', '--ignore-missing', '--no-walk=unsorted', '--parents', '--stdin'];
  const output = await git.text(args, { stdin: `${commits.join('\n')}\n` });
  return new Map(
    output.split('\n').map((line) => {
      const [commit = '', ...parents] = line.split(' ');
      return [commit, parents];
    }),
  );
}
