import type { Translation } from '@painchain/connector-sdk';
import {
  type BranchMove,
  type MoveDetails,
  isNothing,
  lineOf,
  noDetails,
} from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { branchEvent } from './branch-move.js';
import { type Ways, detailsOf } from './comparison.js';
import type { ProjectFacts, Sighting } from './facts.js';
import { Id, Instant, Sha } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import { tagDetailsOf, tagEvent } from './tag.js';

/** What GitLab says instead of a commit where there is none. */
export const nothing = '0'.repeat(40);

const MaybeSha = Sha.nullish().transform((sha) => sha ?? nothing);

/** An entry of a project's activity: https://docs.gitlab.com/api/events/ */
export const PushEvent = z.object({
  id: Id,
  created_at: Instant,
  author: z.object({ username: z.string() }).nullish().catch(null),
  author_username: z.string().nullish().catch(null),
  push_data: z.object({
    ref_type: z.string(),
    /** Null where many refs were pushed at once. */
    ref: z.string().nullish(),
    ref_count: z.number().nullish().catch(null),
    commit_from: MaybeSha,
    commit_to: MaybeSha,
    commit_count: z.int().nonnegative().nullish().catch(null),
    commit_title: z.string().nullish().catch(null),
  }),
});
export type PushEvent = z.output<typeof PushEvent>;

/** A ref that has moved; forty zeros where it wasn't or isn't there. */
export interface RefMove {
  /** `refs/heads/main`, `refs/tags/v1` */
  ref: string;
  before: string;
  after: string;
}

/** What else is known of a move. */
interface Known {
  at: string;
  actor: string | undefined;
  /** How many commits it has brought by its event, which counts them; undefined where there is none. */
  count: number | undefined;
  title: string | undefined;
}

/** The one ref that an event is about; undefined for many at once, and for what is no ref. */
export function refMoveOf({ push_data: data }: PushEvent): RefMove | undefined {
  const { ref_type, ref, ref_count, commit_from: before, commit_to: after } = data;
  const room = ref_type === 'branch' ? 'heads' : ref_type === 'tag' ? 'tags' : undefined;
  if (!ref || ref_count != null || room === undefined || before === after) return undefined;
  return { ref: `refs/${room}/${ref}`, before, after };
}

/** Whether commits lie between what it was before and after, so that a comparison says more of it. */
export function isComparable({ ref, before, after }: RefMove): boolean {
  return ref.startsWith('refs/heads/') && !isNothing(before) && !isNothing(after);
}

const Ways: z.ZodType<Ways> = z.object({ forward: z.unknown(), backward: z.unknown() });

/** By the ways between its ends; where they aren't known, by what its event says. */
function moveDetailsOf({ after }: RefMove, more: unknown, { count, title }: Known): MoveDetails {
  const ways = Ways.safeParse(more).data;
  const details = ways ? detailsOf(ways) : noDetails;
  if (details !== noDetails || !count || isNothing(after)) return details;
  const commits = title === undefined ? [] : [lineOf(after, title, '', undefined)];
  return { ...noDetails, commit_count: count, commits };
}

function typeOf({ before, after }: RefMove, details: MoveDetails, { count }: Known): BranchMove['type'] {
  if (isNothing(before)) return 'branch_created';
  if (isNothing(after)) return 'branch_deleted';
  // What brings no commit has set a branch back.
  const hasLost = details === noDetails ? count === 0 : details.lost_count > 0;
  return hasLost ? 'force_push' : 'push';
}

function refEvent(
  move: RefMove,
  more: unknown,
  known: Known,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const [, room, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(move.ref) ?? [];
  if (name === undefined) return ignored('otherRef');
  const { at, actor } = known;
  if (room === 'heads') {
    const details = moveDetailsOf(move, more, known);
    const event = branchEvent(
      name,
      { ...move, type: typeOf(move, details, known), at, actor },
      details,
      project,
      sighting,
    );
    return { kind: 'events', events: [event] };
  }
  const [before = null, after = null] = [move.before, move.after].map((sha) => (isNothing(sha) ? null : sha));
  const { objectType, ...details } = tagDetailsOf(after, more);
  const event = tagEvent({ name, before, after, objectType }, { ...details, actor, at }, project, sighting);
  return { kind: 'events', events: [event] };
}

/**
 * An entry of the activity: a branch or a tag was made, moved or deleted. `more` is what is known besides, else null: of
 * a branch the ways between its ends, of a tag the tag.
 */
export function translatePush(
  event: unknown,
  more: unknown,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const read = PushEvent.safeParse(event);
  if (!read.success) return unsupported('a push of another shape');
  const { created_at: at, author, author_username, push_data: data } = read.data;
  if (data.ref_count != null) return ignored('together');
  const move = refMoveOf(read.data);
  if (!move) return ignored('otherRef');
  const known = {
    at,
    actor: (author?.username ?? author_username)?.trim() || undefined,
    count: data.commit_count ?? undefined,
    title: data.commit_title ?? undefined,
  };
  return refEvent(move, more, known, project, sighting);
}

/** A ref that stands elsewhere than at the look before, without an entry of the activity that would say why. */
export function translateRefDifference(
  move: RefMove,
  more: unknown,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  return refEvent(
    move,
    more,
    { at: '', actor: undefined, count: undefined, title: undefined },
    project,
    sighting,
  );
}
