import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import {
  type FileChange,
  type MoveDetails,
  lineOf,
  newestLines,
  noDetails,
} from '@painchain/connector-sdk/wording';
import { Instant, Sha, reading } from './payload.js';

type Schemas = components['schemas'];

/** GitHub lists no more: https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const mostFiles = 300;

const Count = z.int().nonnegative();

const Commit = reading<Schemas['commit']>()(
  z.object({
    sha: Sha,
    commit: z.object({
      message: z.string(),
      author: z.object({ name: z.string().optional() }).nullish(),
      committer: z.object({ date: Instant.optional().catch(undefined) }).nullish(),
    }),
  }),
);

const File = reading<Schemas['diff-entry']>()(
  z.object({
    filename: z.string(),
    previous_filename: z.string().optional(),
    status: z.string(),
    additions: Count,
    deletions: Count,
  }),
);

const Comparison = reading<Schemas['commit-comparison']>()(
  z.object({
    total_commits: Count,
    behind_by: Count.optional(),
    commits: z.array(Commit),
    files: z.array(File).optional(),
  }),
);

const statuses: Readonly<Record<string, FileChange['status']>> = {
  added: 'added',
  removed: 'deleted',
  renamed: 'renamed',
  copied: 'copied',
  changed: 'type_changed',
};

function fileOf({
  filename,
  previous_filename,
  status,
  additions,
  deletions,
}: z.output<typeof File>): FileChange {
  return {
    path: filename,
    ...(previous_filename !== undefined && { previous_path: previous_filename }),
    status: statuses[status] ?? 'modified',
    additions,
    deletions,
  };
}

/** What GitHub says of the way from one commit to another; nothing where that can't be read. */
export function detailsOf(comparison: unknown): MoveDetails {
  const read = Comparison.safeParse(comparison);
  if (!read.success) return noDetails;
  const { total_commits, behind_by = 0, commits, files = [] } = read.data;
  return {
    commit_count: total_commits,
    commits: newestLines(commits, ({ sha, commit: { message, author, committer } }) =>
      lineOf(sha, message, author?.name ?? '', committer?.date),
    ),
    lost_count: behind_by,
    files: files.slice(0, mostFiles).map(fileOf),
    files_truncated: files.length >= mostFiles,
  };
}
