import type { Pending } from './cursor.js';
import type { Git } from './git/git.js';
import { listCommits, readChanges, readCommitLines } from './git/read-commits.js';
import { isTag } from './git/read-refs.js';
import { readAnnotations } from './git/read-tags.js';
import type { CommitFacts, CommitLine, MoveDetails, RefMove, TagDetails } from './translate/facts.js';
import { lineOf } from './translate/wording.js';

/** Commits of one move that are listed; the rest is only counted. */
const listedCommits = 100;

/** A move with all that its event tells. */
export type DescribedMove =
  | { move: RefMove; kind: 'branch'; details: MoveDetails }
  | { move: RefMove; kind: 'tag'; details: TagDetails };

const nothing = { total: 0, commits: [] as CommitLine[] };

/** Which of these commits are still in the object store: a rewritten history may have lost its old ones. */
async function stillThere(git: Git, shas: readonly string[]): Promise<ReadonlySet<string>> {
  if (shas.length === 0) return new Set();
  const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)'];
  const output = await git.text(args, { stdin: `${shas.join('\n')}\n` });
  const commits = output.split('\n').filter((line) => line.endsWith(' commit'));
  return new Set(commits.map((line) => line.slice(0, line.indexOf(' '))));
}

/** What is in `tip` but not in `known`: how many, and the newest of them. */
async function difference(git: Git, tip: string, known: readonly string[]): Promise<MoveDetails['gained']> {
  const { shas, omitted } = await listCommits(git, { tips: [tip], known, limit: listedCommits });
  const commits = await readCommitLines(git, shas.toReversed());
  return { total: shas.length + omitted, commits: commits.map(lineOf) };
}

async function describeBranch(
  git: Git,
  move: RefMove,
  there: ReadonlySet<string>,
  tip: CommitFacts | undefined,
  pending: Pending,
  known: readonly string[],
): Promise<MoveDetails> {
  const here = (sha: string | undefined) => (sha !== undefined && there.has(sha) ? sha : undefined);
  const [before, after] = [here(move.before?.commit), here(move.after?.commit)];
  if (pending.backfill) return { tip, gained: nothing, lost: nothing };
  if (move.before === null) {
    return {
      tip,
      gained: after === undefined ? nothing : await difference(git, after, known),
      lost: nothing,
    };
  }
  if (move.after === null) {
    const others = pending.states.flatMap(([, { target }]) => (target === null ? [] : [target.commit]));
    const lost = before === undefined ? nothing : await difference(git, before, others);
    return { tip, gained: nothing, lost };
  }
  if (before === undefined || after === undefined) return { tip, gained: nothing, lost: nothing };
  return {
    tip,
    gained: await difference(git, after, [before]),
    lost: move.forward ? nothing : await difference(git, before, [after]),
    changes: await readChanges(git, before, after),
  };
}

/** Reads what the events of some moves tell, in as few git processes as that takes. */
export async function describeMoves(
  git: Git,
  moves: readonly RefMove[],
  pending: Pending,
  known: readonly string[],
): Promise<DescribedMove[]> {
  const ends = moves.flatMap(({ before, after }) => [before?.commit, after?.commit]);
  const there = await stillThere(git, [...new Set(ends.filter((sha) => sha !== undefined))]);
  const commits = await readCommitLines(git, [...there]);
  const commitBySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const tagObjects = moves.flatMap(({ ref, after }) =>
    isTag(ref) && after !== null && after.object !== after.commit ? [after.object] : [],
  );
  const annotations = await readAnnotations(git, tagObjects);
  const described: DescribedMove[] = [];
  for (const move of moves) {
    const tip = commitBySha.get((move.after ?? move.before)?.commit ?? '');
    if (isTag(move.ref)) {
      const annotation = annotations.get(move.after?.object ?? '') ?? null;
      described.push({ move, kind: 'tag', details: { annotation, commit: tip } });
    } else {
      const details = await describeBranch(git, move, there, tip, pending, known);
      described.push({ move, kind: 'branch', details });
    }
  }
  return described;
}
