import {
  type FileChange,
  type MoveDetails,
  lineOf,
  newestLines,
  noDetails,
} from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { Instant, Sha } from './payload.js';

/** Files of one move that are listed. */
const listedFiles = 300;

const Flag = z.boolean().nullish().catch(null);

const Commit = z.object({
  id: Sha,
  title: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  author_name: z.string().nullish().catch(null),
  committed_date: Instant.optional().catch(undefined),
  created_at: Instant.optional().catch(undefined),
  parent_ids: z.array(z.string()).optional().catch(undefined),
});
type Commit = z.output<typeof Commit>;

const Diff = z.object({
  old_path: z.string(),
  new_path: z.string(),
  new_file: Flag,
  renamed_file: Flag,
  deleted_file: Flag,
  diff: z.string().nullish().catch(null),
  collapsed: Flag,
  too_large: Flag,
});
type Diff = z.output<typeof Diff>;

/** https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits */
const Comparison = z.object({
  commits: z.array(Commit),
  diffs: z.array(Diff).nullish().catch(null),
});

/** The ways between the two ends of a move, as they were answered; null where that isn't known. */
export interface Ways {
  /** From before to after: what it gained. */
  forward: unknown;
  /** From after to before, where the one isn't simply further than the other: what it lost. */
  backward: unknown;
}

/**
 * Whether one end of a comparison is simply further than the other: one of its commits was made on top of what was
 * there. Undefined where that can't be seen.
 */
export function isForward(comparison: unknown, from: string): boolean | undefined {
  const { data } = Comparison.safeParse(comparison);
  if (!data || data.commits.some(({ parent_ids }) => parent_ids === undefined)) return undefined;
  return data.commits.some(({ parent_ids }) => parent_ids?.includes(from));
}

function lineOfCommit({ id, title, message, author_name, committed_date, created_at }: Commit) {
  return lineOf(id, message ?? title ?? '', author_name ?? '', committed_date ?? created_at);
}

function statusOf({ new_file, deleted_file, renamed_file }: Diff): FileChange['status'] {
  if (new_file) return 'added';
  if (deleted_file) return 'deleted';
  return renamed_file ? 'renamed' : 'modified';
}

/** How many lines were added and removed; undefined where the difference was too large to be shown. */
function linesOf({ diff, collapsed, too_large }: Diff): { additions: number; deletions: number } | undefined {
  if (collapsed || too_large || diff == null) return undefined;
  const [additions, deletions] = ['+', '-'].map((sign) => {
    // Before the first `@@` stand the names of the files, where they stand at all.
    const hunks = diff.slice(Math.max(0, diff.indexOf('@@')));
    return hunks.split('\n').filter((line) => line.startsWith(sign)).length;
  });
  return { additions: additions ?? 0, deletions: deletions ?? 0 };
}

function filesOf(diffs: readonly Diff[]): FileChange[] {
  const listed = diffs.slice(0, listedFiles).map((diff) => ({ diff, lines: linesOf(diff) }));
  // A sum of some of the files would say less than none.
  const isCounted = listed.every(({ lines }) => lines !== undefined);
  return listed.map(({ diff, lines }) => ({
    path: diff.new_path,
    ...(diff.renamed_file && { previous_path: diff.old_path }),
    status: statusOf(diff),
    ...(isCounted && lines),
  }));
}

/** What GitLab says of the ways between two commits; nothing where that can't be read. */
export function detailsOf({ forward, backward }: Ways): MoveDetails {
  const gained = Comparison.safeParse(forward).data;
  if (!gained) return noDetails;
  const diffs = gained.diffs ?? [];
  return {
    commit_count: gained.commits.length,
    commits: newestLines(gained.commits, lineOfCommit),
    lost_count: Comparison.safeParse(backward).data?.commits.length ?? 0,
    files: filesOf(diffs),
    files_truncated: diffs.length > listedFiles,
  };
}
