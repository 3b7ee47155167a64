import type { Collect, Page, SourceEvent } from '@painchain/connector-sdk';
import { type Pending, type Progress, toCursor } from './cursor.js';
import { describeMoves } from './describe-moves.js';
import { listCommits, readCommits } from './git/read-commits.js';
import type { Repository } from './git/repository.js';
import { tipsOf } from './look.js';
import { translateBranch } from './translate/branch.js';
import { translateCommit } from './translate/commit.js';
import type { RepositoryFacts } from './translate/facts.js';
import { translateTag } from './translate/tag.js';

/** Items of one page: small enough that a large difference in it delays little and is told again cheaply. */
const pageCommits = 100;
/** Moves may take several git processes each. */
const pageMoves = 50;

/** Where the page ends that begins at `done`. Commits go first, so that they need not wait for the moves. */
function endOfPage(done: number, commits: number, total: number): number {
  return done < commits ? Math.min(commits, done + pageCommits) : Math.min(total, done + pageMoves);
}

export interface Teller {
  run: Pick<Collect, 'take' | 'progress'>;
  repository: Repository;
  facts: RepositoryFacts;
  /** Where memory goes that is too large for a cursor. */
  stateDir: string;
}

function observationOf({ at, since, backfill }: Pending) {
  return { at, since, backfill };
}

async function commitEvents(
  teller: Teller,
  shas: readonly string[],
  pending: Pending,
): Promise<SourceEvent[]> {
  const { run, repository, facts } = teller;
  const commits = await readCommits(repository.git, shas, repository.boundary);
  return commits.flatMap((commit) => run.take(translateCommit(commit, facts, observationOf(pending))));
}

async function moveEvents(
  teller: Teller,
  moves: Pending['moves'],
  pending: Pending,
  known: readonly string[],
): Promise<SourceEvent[]> {
  const { run, repository, facts } = teller;
  const described = await describeMoves(repository, moves, pending, known);
  return described.flatMap(({ move, kind, details }) =>
    run.take(
      kind === 'tag'
        ? translateTag(move, details, facts, observationOf(pending))
        : translateBranch(move, details, facts, observationOf(pending)),
    ),
  );
}

/**
 * Tells what a look has found, oldest first: its commits, then the moves of its refs. Each page's cursor says
 * what is told, so whoever continues behind any page tells the rest and nothing else.
 */
export async function* tell(
  progress: Progress,
  teller: Teller,
): AsyncGenerator<Page & { progress: Progress }, void, void> {
  const { pending } = progress;
  if (pending === null) return;
  const known = tipsOf(new Map(progress.states));
  const { shas } = await listCommits(teller.repository.git, { ...pending.commits, known });
  const total = shas.length + pending.moves.length;
  // A history that was pruned in between has other places; told commits are told again and known by their keys.
  let done = shas.length === pending.listed ? pending.done : 0;
  const shown = pending.backfill || total > pageCommits;
  do {
    const stop = endOfPage(done, shas.length, total);
    const commits = await commitEvents(teller, shas.slice(done, stop), pending);
    const [from, to] = [done, stop].map((place) => Math.max(0, place - shas.length));
    const moves = await moveEvents(teller, pending.moves.slice(from, to), pending, known);
    done = stop;
    const next: Progress =
      done === total
        ? { identity: progress.identity, states: pending.states, pending: null }
        : { ...progress, pending: { ...pending, listed: shas.length, done } };
    yield {
      events: [...commits, ...moves],
      cursor: toCursor(next, teller.stateDir),
      progress: next,
      ...(done === total && { watermark: pending.at }),
    };
    if (shown) teller.run.progress(done === total ? undefined : { done, total, unit: 'changes' });
  } while (done < total);
}
