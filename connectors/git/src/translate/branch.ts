import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import type { MoveDetails, Observation, RefMove, RepositoryFacts } from './facts.js';
import { type When, between, whenCommitted, whenNoted } from './when.js';
import { changeData, commitRef, commitUrl, counted, short, firstLine, windowData } from './wording.js';

/** Correlation keys of one event; the contract takes no more. */
const maxRefs = 100;

function branchName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes)\//, '');
}

function typeOf({ before, after, forward }: RefMove): string {
  if (before === null) return 'branch_created';
  if (after === null) return 'branch_deleted';
  return forward ? 'push' : 'force_push';
}

function whenMoved(move: RefMove, details: MoveDetails, observation: Observation): When {
  if (move.log) return whenNoted(move.log.at, observation);
  if (!observation.backfill || details.tip === undefined) return between(observation);
  // What was there before the first look is at least as old as its last commit.
  return { ...whenCommitted(details.tip.committedAt, observation), time_precision: 'gap' };
}

function createdTitle(move: RefMove, details: MoveDetails, observation: Observation): string {
  const name = branchName(move.ref);
  const at = move.after === null ? '' : ` at ${short(move.after.commit)}`;
  const seen = observation.backfill && move.log === undefined;
  const tip = details.tip === undefined ? '' : `: ${firstLine(details.tip.message, '')}`;
  return seen ? `Branch ${name} stands${at}${tip}` : `Branch ${name} created${at}${tip}`;
}

function movedTitle(move: RefMove, { gained, lost, tip }: MoveDetails): string {
  const name = branchName(move.ref);
  const to = tip === undefined ? '' : `: ${firstLine(tip.message, short(tip.sha))}`;
  if (move.forward) return `${name} moved forward by ${counted(gained.total, 'commit')}${to}`;
  if (gained.total === 0 && lost.total > 0) {
    return `${name} was set back by ${counted(lost.total, 'commit')}${to}`;
  }
  const dropped = lost.total === 0 ? '' : `, ${counted(lost.total, 'commit')} dropped`;
  return `${name} was rewritten${dropped}, ${gained.total} new${to}`;
}

function titleOf(move: RefMove, details: MoveDetails, observation: Observation): string {
  if (move.before === null) return createdTitle(move, details, observation);
  if (move.after !== null) return movedTitle(move, details);
  const lost = details.lost.total === 0 ? '' : `, ${counted(details.lost.total, 'commit')} unmerged`;
  return `Branch ${branchName(move.ref)} deleted, was at ${short(move.before.commit)}${lost}`;
}

/**
 * What tells this move from every other. A branch that was there before the first look, with no word of when
 * it came, is one fact however often it is looked at for the first time.
 */
function keyOf(move: RefMove, repository: RepositoryFacts, observation: Observation): string[] {
  if (observation.backfill && move.before === null && move.log === undefined) {
    return [...repository.identity, 'first-seen', move.ref];
  }
  const [before, after] = [move.before?.object ?? '', move.after?.object ?? ''];
  return [...repository.identity, 'ref', move.ref, before, after, String(move.rewinds)];
}

function refsOf(move: RefMove, { gained, lost }: MoveDetails): string[] {
  const ends = [move.after?.commit, move.before?.commit].filter((sha) => sha !== undefined);
  const shas = [...ends, ...gained.commits.map(({ sha }) => sha), ...lost.commits.map(({ sha }) => sha)];
  return [...new Set(shas)].slice(0, maxRefs).map(commitRef);
}

function dataOf(move: RefMove, details: MoveDetails, observation: Observation): object {
  const { gained, lost, changes } = details;
  return {
    branch: branchName(move.ref),
    before: move.before?.commit ?? null,
    after: move.after?.commit ?? null,
    ...(gained.total > 0 && { commit_count: gained.total, commits: gained.commits }),
    ...(lost.total > 0 && { lost_count: lost.total, lost_commits: lost.commits }),
    ...(gained.commits.length > 0 && { authors: [...new Set(gained.commits.map(({ author }) => author))] }),
    ...(move.log && move.log.how !== '' && { how: move.log.how }),
    ...changeData(changes),
    ...windowData(observation),
    ref: move.ref,
  };
}

function actorOf(move: RefMove, details: MoveDetails): string | undefined {
  // Without a reflog nobody knows who moved it; the author of its last commit is the best lead. A deletion has none.
  const name = move.log?.actor ?? (move.after === null ? undefined : details.tip?.author.name);
  return name?.trim() ? name : undefined;
}

/** A branch's move as one event: made, moved forward, rewritten or deleted. */
export function translateBranch(
  move: RefMove,
  details: MoveDetails,
  repository: RepositoryFacts,
  observation: Observation,
): Translation {
  const actor = actorOf(move, details);
  const shown = move.after ?? move.before;
  const event: SourceEvent = {
    key_parts: keyOf(move, repository, observation),
    title: titleOf(move, details, observation),
    type: typeOf(move),
    project: repository.project,
    ...whenMoved(move, details, observation),
    ...(actor !== undefined && { actor }),
    ...(shown && commitUrl(repository, shown.commit)),
    subject: `${repository.project}/branch/${branchName(move.ref)}`,
    refs: refsOf(move, details),
    ...(observation.backfill && { backfill: true }),
    data: dataOf(move, details, observation),
  };
  return { kind: 'events', events: [event] };
}
