import type { Pending } from './cursor.js';
import type { Git } from './git/git.js';
import { listCommits, readChanges, readCommitLines, readCommits } from './git/read-commits.js';
import { isTag } from './git/read-refs.js';
import { readAnnotations } from './git/read-tags.js';
import type { Repository } from './git/repository.js';
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

/** A commit that was made on top of the branch: it tells all there is to the move by itself. */
function isOneCommit({ before, after }: RefMove, tip: CommitFacts | undefined): tip is CommitFacts {
  return (
    before !== null &&
    tip?.sha === after?.commit &&
    tip?.parents.length === 1 &&
    tip.parents[0] === before.commit
  );
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
  if (isOneCommit(move, tip)) {
    return { tip, gained: { total: 1, commits: [lineOf(tip)] }, lost: nothing, changes: tip.changes };
  }
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

/** The commits that moves lead to or from; with their files where these are the whole of a move. */
async function readEnds(
  { git, boundary }: Repository,
  moves: readonly RefMove[],
  there: ReadonlySet<string>,
  pending: Pending,
): Promise<ReadonlyMap<string, CommitFacts>> {
  const plain = await readCommitLines(git, [...there]);
  const ends = new Map(plain.map((commit) => [commit.sha, commit]));
  const whole = moves
    .map((move) => ({ move, tip: ends.get(move.after?.commit ?? '') }))
    .filter(({ move, tip }) => !pending.backfill && !isTag(move.ref) && isOneCommit(move, tip))
    .flatMap(({ tip }) => (tip === undefined ? [] : [tip.sha]));
  const withFiles = await readCommits(git, [...new Set(whole)], boundary);
  return new Map([...ends, ...withFiles.map((commit) => [commit.sha, commit] as const)]);
}

/** Reads what the events of some moves tell, in as few git processes as that takes. */
export async function describeMoves(
  repository: Repository,
  moves: readonly RefMove[],
  pending: Pending,
  known: readonly string[],
): Promise<DescribedMove[]> {
  const { git } = repository;
  const ends = moves.flatMap(({ before, after }) => [before?.commit, after?.commit]);
  const there = await stillThere(git, [...new Set(ends.filter((sha) => sha !== undefined))]);
  const commitBySha = await readEnds(repository, moves, there, pending);
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
