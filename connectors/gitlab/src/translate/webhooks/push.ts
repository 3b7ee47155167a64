import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import {
  type BranchMove,
  type FileChange,
  type MoveDetails,
  isNothing,
  lineOf,
  newestLines,
  noDetails,
} from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { branchEvent } from '../branch-move.js';
import type { ProjectFacts } from '../facts.js';
import { Instant, Sha, projectOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { tagEvent } from '../tag.js';
import type { Delivery } from './delivery.js';

/** Files that are listed. */
const listedFiles = 300;

const Paths = z.array(z.string()).nullish().catch(null);

const Commit = z.object({
  id: Sha,
  message: z.string().nullish().catch(null),
  title: z.string().nullish().catch(null),
  timestamp: Instant.optional().catch(undefined),
  author: z.object({ name: z.string().nullish() }).nullish().catch(null),
  added: Paths,
  modified: Paths,
  removed: Paths,
});
type Commit = z.output<typeof Commit>;

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events */
const Push = z.object({
  ref: z.string(),
  before: Sha,
  after: Sha,
  /** The commit that a tag points at, where that isn't `after` itself. */
  checkout_sha: Sha.nullish().catch(null),
  /** Of an annotated tag. */
  message: z.string().nullish().catch(null),
  user_username: z.string().nullish().catch(null),
  /** The newest 20, the oldest first. */
  commits: z.array(Commit).nullish().catch(null),
  total_commits_count: z.int().nonnegative().nullish().catch(null),
});
type Push = z.output<typeof Push>;

/** What became of each file by all of the commits. */
function filesOf(commits: readonly Commit[]): FileChange[] {
  const files = new Map<string, FileChange['status']>();
  for (const { added, modified, removed } of commits) {
    for (const path of added ?? []) files.set(path, files.has(path) ? 'modified' : 'added');
    for (const path of modified ?? []) if (files.get(path) !== 'added') files.set(path, 'modified');
    for (const path of removed ?? []) {
      if (files.get(path) === 'added') files.delete(path);
      else files.set(path, 'deleted');
    }
  }
  return [...files].map(([path, status]) => ({ path, status }));
}

/** Undefined where nothing is said of its commits. */
function detailsOf({ commits, total_commits_count }: Push): MoveDetails | undefined {
  if (commits == null && total_commits_count == null) return undefined;
  const listed = commits ?? [];
  const files = filesOf(listed);
  return {
    commit_count: Math.max(total_commits_count ?? 0, listed.length),
    commits: newestLines(listed, ({ id, message, title, author, timestamp }) =>
      lineOf(id, message ?? title ?? '', author?.name ?? '', timestamp),
    ),
    lost_count: 0,
    files: files.slice(0, listedFiles),
    files_truncated: files.length > listedFiles || (total_commits_count ?? 0) > listed.length,
  };
}

/** A push that leads to where no commit is new has set a branch back. Others that are forced look like any. */
function typeOf({ before, after }: Push, details: MoveDetails | undefined): BranchMove['type'] {
  if (isNothing(before)) return 'branch_created';
  if (isNothing(after)) return 'branch_deleted';
  return details?.commit_count === 0 ? 'force_push' : 'push';
}

/** A webhook of a push doesn't say when that was. */
function seenAt({ receivedAt }: Delivery) {
  return { between: { from: null, to: receivedAt } };
}

function refEvent(
  push: Push,
  details: MoveDetails | undefined,
  project: ProjectFacts,
  delivery: Delivery,
): SourceEvent | undefined {
  const { ref, before, after, checkout_sha, message } = push;
  const [, room, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  if (name === undefined) return undefined;
  const [at, actor] = [delivery.receivedAt, push.user_username?.trim() || undefined];
  if (room === 'heads') {
    const move = { type: typeOf(push, details), ref, before, after, at, actor };
    return branchEvent(name, move, details ?? noDetails, project, seenAt(delivery));
  }
  const [from = null, to = null] = [before, after].map((sha) => (isNothing(sha) ? null : sha));
  const commit = to === null ? undefined : (checkout_sha ?? undefined);
  const objectType = commit === undefined ? undefined : commit === to ? 'commit' : 'tag';
  const told = { actor, at, commit, ...(message && { message: message.trimEnd() }) };
  return tagEvent({ name, before: from, after: to, objectType }, told, project, seenAt(delivery));
}

/** The webhooks `push` and `tag_push`, of projects and of the whole server: a branch or a tag. */
export function pushWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const project = projectOf(payload, host);
  const { data: push } = Push.safeParse(payload);
  if (!push || !project) return unsupported('a push of another shape');
  // Both ends are nothing when a branch is pushed and deleted in one go.
  if (push.before === push.after) return ignored('noChange');
  const event = refEvent(push, detailsOf(push), project, delivery);
  return event ? { kind: 'events', events: [event] } : ignored('otherRef');
}

/**
 * Of more refs at once than this a server sends no pushes, unless it is told to:
 * https://docs.gitlab.com/administration/settings/push_event_activities_limit/
 */
const mostPushes = 3;

const RepositoryUpdate = z.object({
  user_username: z.string().nullish().catch(null),
  changes: z.array(z.object({ ref: z.string(), before: Sha, after: Sha })),
});

/** The system hook `repository_update`: all refs of one push, which no other hook tells where they are many. */
export function repositoryUpdateWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const project = projectOf(payload, host);
  const { data } = RepositoryUpdate.safeParse(payload);
  if (!data || !project) return unsupported('a push of another shape');
  const { changes, user_username } = data;
  if (changes.length <= mostPushes) return ignored('push');
  const events = changes
    .filter(({ before, after }) => before !== after)
    .map((change) => refEvent(Push.parse({ ...change, user_username }), undefined, project, delivery))
    .filter((event) => event !== undefined);
  return events.length > 0 ? { kind: 'events', events } : ignored('otherRef');
}
