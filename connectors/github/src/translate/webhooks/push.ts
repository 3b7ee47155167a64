import type { components } from '@octokit/openapi-webhooks-types';
import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import {
  type BranchMove,
  type FileChange,
  type TagMove,
  branchOf,
  isNothing,
  lineOf,
  newestLines,
} from '@painchain/connector-sdk/wording';
import { branchEvent } from '../branch-move.js';
import type { RepositoryFacts, Sighting } from '../facts.js';
import { Instant, Login, Sha, reading, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { tagEvent } from '../tag.js';
import type { Delivery } from './delivery.js';

/** Files that are listed. */
const listedFiles = 300;

/** GitHub lists no more commits: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const mostCommits = 2_048;

const Paths = z.array(z.string()).default([]);

const Commit = z.object({
  id: Sha,
  message: z.string(),
  timestamp: Instant.optional().catch(undefined),
  author: z.object({ name: z.string() }),
  added: Paths,
  removed: Paths,
  modified: Paths,
});

const Push = reading<components['schemas']['webhook-push']>()(
  z.object({
    ref: z.string(),
    before: Sha,
    after: Sha,
    created: z.boolean(),
    deleted: z.boolean(),
    forced: z.boolean(),
    commits: z.array(Commit).default([]),
    head_commit: z.object({ id: Sha, message: z.string() }).nullish(),
    repository: z.object({ pushed_at: Instant.nullish().catch(undefined) }),
    sender: Login,
  }),
);
type Push = z.output<typeof Push>;

function typeOf({ created, deleted, forced }: Push): BranchMove['type'] {
  if (created) return 'branch_created';
  if (deleted) return 'branch_deleted';
  return forced ? 'force_push' : 'push';
}

/** What became of each file by all of the commits. */
function filesOf(commits: Push['commits']): FileChange[] {
  const files = new Map<string, FileChange['status']>();
  for (const { added, modified, removed } of commits) {
    for (const path of added) files.set(path, files.has(path) ? 'modified' : 'added');
    for (const path of modified) if (files.get(path) !== 'added') files.set(path, 'modified');
    for (const path of removed) {
      if (files.get(path) === 'added') files.delete(path);
      else files.set(path, 'deleted');
    }
  }
  return [...files].map(([path, status]) => ({ path, status }));
}

/** `pushed_at` is there as long as there is a push to a repository; what has none is only known to be over. */
function whenPushed({ repository: { pushed_at } }: Push, { receivedAt }: Delivery): [string, Sighting] {
  return pushed_at ? [pushed_at, {}] : [receivedAt, { between: { from: null, to: receivedAt } }];
}

function branchPush(push: Push, delivery: Delivery, repository: RepositoryFacts): Translation {
  const { ref, before, after, commits, sender: actor } = push;
  // How many there were, only a comparison says.
  if (commits.length >= mostCommits) return ignored('fuller');
  const files = filesOf(commits);
  const details = {
    commit_count: commits.length,
    commits: newestLines(commits, ({ id, message, author, timestamp }) =>
      lineOf(id, message, author.name, timestamp),
    ),
    lost_count: 0,
    files: files.slice(0, listedFiles),
    files_truncated: files.length > listedFiles,
  };
  const [at, sighting] = whenPushed(push, delivery);
  return branchEvent({ type: typeOf(push), ref, before, after, at, actor }, details, repository, sighting);
}

function tagPush(push: Push, delivery: Delivery, repository: RepositoryFacts): Translation {
  const [before = null, after = null] = [push.before, push.after].map((sha) => (isNothing(sha) ? null : sha));
  const commit = push.head_commit?.id;
  const move: TagMove = {
    name: push.ref.slice('refs/tags/'.length),
    before,
    after,
    ...(commit !== undefined && after && { objectType: commit === after ? 'commit' : 'tag' }),
  };
  const [at, sighting] = whenPushed(push, delivery);
  return tagEvent(move, { commit, actor: push.sender, at }, repository, sighting);
}

/** The webhook `push`: of a branch or a tag, which is thereby made, moved or deleted. */
export function pushWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  const read = Push.safeParse(payload);
  if (!read.success || !repository) return unsupported('a push of another shape');
  const push = read.data;
  if (branchOf(push.ref) !== undefined) return branchPush(push, delivery, repository);
  return /^refs\/tags\/./.test(push.ref) ? tagPush(push, delivery, repository) : ignored('otherRef');
}
