import type { SourceEvent } from '@painchain/connector-sdk';
import {
  type TagDetails,
  type TagMove,
  tagMoveEvent,
  withoutSignature,
} from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { Instant, Sha } from './payload.js';
import { homeOf, pageOf } from './wording.js';

/** https://docs.gitlab.com/api/tags/ */
export const Tag = z.object({
  name: z.string().min(1),
  message: z.string().nullish().catch(null),
  /** What it points at: a commit, or, when it is annotated, an object of its own. Old servers don't say. */
  target: Sha.nullish().catch(null),
  commit: z.object({ id: Sha }).nullish().catch(null),
  protected: z.boolean().nullish().catch(null),
  /** Of annotated tags. */
  created_at: Instant.nullish().catch(null),
});
type Tag = z.output<typeof Tag>;

/** What a tag points at, the object of an annotated one first; events and lists may name either. */
export function targetsOf({ target, commit }: Tag): string[] {
  return [...new Set([target, commit?.id])].filter((sha) => sha != null);
}

/** A tag's move as one event. */
export function tagEvent(
  move: TagMove,
  details: TagDetails,
  project: ProjectFacts,
  sighting: Sighting,
): SourceEvent {
  const page = details.commit === undefined ? {} : pageOf(project, `commit/${details.commit}`);
  return tagMoveEvent(move, details, homeOf(project), page, sighting);
}

/** What a tag says of itself, where it stands where it was moved to. */
export function tagDetailsOf(after: string | null, json: unknown): TagDetails & Pick<TagMove, 'objectType'> {
  const tag = Tag.safeParse(json).data;
  if (!tag || after === null || !targetsOf(tag).includes(after)) return {};
  const commit = tag.commit?.id;
  const isAnnotated = commit !== after || Boolean(tag.message);
  return {
    ...(commit !== undefined && { commit, objectType: isAnnotated ? 'tag' : 'commit' }),
    ...(tag.message && { message: withoutSignature(tag.message) }),
    ...(isAnnotated && tag.created_at && { taggedAt: tag.created_at }),
    ...(tag.protected !== null && tag.protected !== undefined && { protected: tag.protected }),
  };
}
