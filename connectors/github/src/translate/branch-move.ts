import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import type { RepositoryFacts, Sighting } from './facts.js';
import { actorOf } from './payload.js';
import { ignored } from './reasons.js';
import { backfillOf, commitRef, counted, pageOf, refsOf, short, whenSeen } from './wording.js';

/** A commit inside a list: enough to recognise it. */
export interface CommitLine {
  sha: string;
  subject: string;
  author: string;
  committed_at: string | null;
}

export interface FileChange {
  path: string;
  previous_path?: string;
  status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';
  additions?: number;
  deletions?: number;
}

/** What is in a branch's move, as far as it is known. */
export interface MoveDetails {
  commit_count: number;
  /** The newest of them, the newest first. */
  commits: CommitLine[];
  /** Commits that the branch doesn't have any more. */
  lost_count: number;
  files: FileChange[];
  /** There are more files than are listed. */
  files_truncated: boolean;
}

/** One move of one branch. */
export interface BranchMove {
  type: 'push' | 'force_push' | 'branch_created' | 'branch_deleted';
  /** `refs/heads/main` */
  ref: string;
  /** Forty zeros where the branch was not there. */
  before: string;
  after: string;
  at: string;
  actor: string | undefined;
  how?: string | undefined;
}

export const noDetails: MoveDetails = {
  commit_count: 0,
  commits: [],
  lost_count: 0,
  files: [],
  files_truncated: false,
};

/** Undefined for a tag, or whatever else a ref may be. */
export function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.+)$/s.exec(ref)?.[1];
}

/** The forty zeros that say that there is nothing. */
export function isNothing(sha: string): boolean {
  return /^0+$/.test(sha);
}

/** What its last commit says, which of very many need not be among those that are listed. */
function tipOf({ after }: BranchMove, { commits }: MoveDetails): string {
  const tip = commits.find(({ sha }) => sha === after);
  return tip === undefined ? '' : `: ${tip.subject}`;
}

function movedTitle(branch: string, move: BranchMove, details: MoveDetails): string {
  const { type, after } = move;
  const { commit_count: gained, lost_count: lost } = details;
  const to = tipOf(move, details);
  if (gained === 0 && lost > 0) return `${branch} was set back by ${counted(lost, 'commit')}${to}`;
  if (gained === 0)
    return `${branch} ${type === 'push' ? 'moved forward' : 'was rewritten'} to ${short(after)}`;
  if (type === 'push') return `${branch} moved forward by ${counted(gained, 'commit')}${to}`;
  const dropped = lost === 0 ? '' : `, ${counted(lost, 'commit')} dropped`;
  return `${branch} was rewritten${dropped}, ${gained} new${to}`;
}

function titleOf(branch: string, move: BranchMove, details: MoveDetails): string {
  if (move.type === 'branch_deleted') return `Branch ${branch} deleted, was at ${short(move.before)}`;
  if (move.type !== 'branch_created') return movedTitle(branch, move, details);
  return `Branch ${branch} created at ${short(move.after)}${tipOf(move, details)}`;
}

function urlOf({ type, before, after }: BranchMove, repository: RepositoryFacts): { url?: string } {
  if (type === 'branch_deleted') return pageOf(repository, `commit/${before}`);
  if (type === 'branch_created') return pageOf(repository, `commit/${after}`);
  return pageOf(repository, `compare/${before}...${after}`);
}

function filesData({ files, files_truncated }: MoveDetails): object {
  if (files_truncated) return { files_truncated, files };
  const sum = (lines: readonly (number | undefined)[]) =>
    lines.reduce<number>((total, n = 0) => total + n, 0);
  const counts = files.some(({ additions }) => additions !== undefined);
  return {
    files_total: files.length,
    ...(counts && {
      additions: sum(files.map(({ additions }) => additions)),
      deletions: sum(files.map(({ deletions }) => deletions)),
    }),
    files,
  };
}

function dataOf(branch: string, move: BranchMove, details: MoveDetails): object {
  const { commit_count, commits, lost_count, files } = details;
  return {
    branch,
    before: isNothing(move.before) ? null : move.before,
    after: isNothing(move.after) ? null : move.after,
    ...(commit_count > 0 && { commit_count, commits }),
    ...(lost_count > 0 && { lost_count }),
    ...(commits.length > 0 && { authors: [...new Set(commits.map(({ author }) => author))] }),
    ...(move.how !== undefined && { how: move.how }),
    ...(files.length > 0 && filesData(details)),
    ref: move.ref,
  };
}

/** A branch's move as one event, whether GitHub has told it or was asked. */
export function branchEvent(
  move: BranchMove,
  details: MoveDetails,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const branch = branchOf(move.ref);
  if (branch === undefined) return ignored('otherRef');
  const { host, id, fullName } = repository;
  const ends = [move.after, move.before].filter((sha) => !isNothing(sha));
  const event: SourceEvent = {
    key_parts: [
      host,
      'push',
      String(id),
      move.ref,
      move.before,
      move.after,
      ...(sighting.again === undefined ? [] : [sighting.again]),
    ],
    title: titleOf(branch, move, details),
    type: move.type,
    project: fullName,
    ...whenSeen(move.at, sighting),
    ...actorOf(move.actor),
    ...urlOf(move, repository),
    subject: `${fullName}/branch/${branch}`,
    refs: refsOf(...ends.map(commitRef), ...details.commits.map(({ sha }) => commitRef(sha))),
    ...backfillOf(sighting),
    data: dataOf(branch, move, details),
  };
  return { kind: 'events', events: [event] };
}
