import type { SourceEvent } from '../connector.js';
import type { Home } from './home.js';
import { type Sighting, backfillOf, whenSeen, windowData } from './sighting.js';
import { commitRef, counted, firstLine, refsOf, short } from './words.js';

/** Commits of one move that are listed; the rest is only counted. */
const listedCommits = 100;

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
  /** Forty zeros where the branch was not there; where no more of it is known, its first digits. */
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

/** A commit's line in a list. */
export function lineOf(sha: string, message: string, author: string, at: string | undefined): CommitLine {
  return { sha, subject: firstLine(message, short(sha)).slice(0, 200), author, committed_at: at ?? null };
}

/** Of commits, the oldest first, those that an event lists. */
export function newestLines<Item>(commits: readonly Item[], toLine: (commit: Item) => CommitLine) {
  return commits.slice(-listedCommits).reverse().map(toLine);
}

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

/** Where a move shows in a browser, under the page of what it belongs to. */
export function pathOfMove({ type, before, after }: BranchMove): string {
  if (type === 'branch_deleted') return `commit/${before}`;
  return type === 'branch_created' ? `commit/${after}` : `compare/${before}...${after}`;
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

function dataOf(branch: string, move: BranchMove, details: MoveDetails, sighting: Sighting): object {
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
    ...windowData(sighting),
    ref: move.ref,
  };
}

/** Whether a sha is all of it, not only the first digits. */
function isWhole(sha: string): boolean {
  return sha.length >= 40;
}

/** A branch's move as one event, whether it was told or seen. `page` leads to it. */
export function branchMoveEvent(
  branch: string,
  move: BranchMove,
  details: MoveDetails,
  { host, id, project }: Home,
  page: { url?: string },
  sighting: Sighting,
): SourceEvent {
  const ends = [move.after, move.before].filter((sha) => !isNothing(sha) && isWhole(sha));
  return {
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
    project,
    ...whenSeen(move.at, sighting),
    ...(move.actor !== undefined && { actor: move.actor }),
    ...page,
    subject: `${project}/branch/${branch}`,
    refs: refsOf(...ends.map(commitRef), ...details.commits.map(({ sha }) => commitRef(sha))),
    ...backfillOf(sighting),
    data: dataOf(branch, move, details, sighting),
  };
}
