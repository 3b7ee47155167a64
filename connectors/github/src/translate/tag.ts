import type { components } from '@octokit/openapi-types';
import type { Translation } from '@painchain/connector-sdk';
import {
  type TagDetails,
  type TagMove,
  isNothing,
  tagMoveEvent,
  withoutSignature,
} from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Instant, Sha, reading } from './payload.js';
import { pageOf, homeOf } from './wording.js';

const TagObject = reading<components['schemas']['git-tag']>()(
  z.object({
    message: z.string(),
    tagger: z.object({ name: z.string(), email: z.string(), date: Instant }).optional().catch(undefined),
    object: z.object({ type: z.string(), sha: Sha }),
  }),
);

/** A tag's move as one event. */
export function tagEvent(
  move: TagMove,
  details: TagDetails,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const page = details.commit === undefined ? {} : pageOf(repository, `commit/${details.commit}`);
  return { kind: 'events', events: [tagMoveEvent(move, details, homeOf(repository), page, sighting)] };
}

/** What a tag that is an object of its own says; of others it is null. */
function detailsOf({ after, objectType }: TagMove, tagObject: unknown): TagDetails {
  const read = TagObject.safeParse(tagObject);
  if (!read.success) return objectType === 'commit' && after !== null ? { commit: after } : {};
  const { message, tagger, object } = read.data;
  return {
    ...(object.type === 'commit' && !isNothing(object.sha) && { commit: object.sha }),
    message: withoutSignature(message),
    ...(tagger && {
      tagger: { name: tagger.name, email: tagger.email },
      taggedAt: tagger.date,
    }),
  };
}

/** A tag that stands where it didn't at the look before, with its object where it has one and that is known. */
export function translateTag(
  move: TagMove,
  tagObject: unknown,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  return tagEvent(move, detailsOf(move, tagObject), repository, sighting);
}
