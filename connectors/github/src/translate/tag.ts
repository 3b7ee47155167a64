import type { components } from '@octokit/openapi-types';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { isNothing } from './branch-move.js';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Instant, Sha, actorOf, reading } from './payload.js';
import {
  type When,
  backfillOf,
  commitRef,
  firstLine,
  pageOf,
  refsOf,
  short,
  versionRef,
  whenSeen,
  windowData,
} from './wording.js';

/** Where a tag stood and where it stands; null where it wasn't or isn't there. */
export interface TagMove {
  name: string;
  /** What it pointed at, perhaps only the first digits of it. */
  before: string | null;
  after: string | null;
  /** What it points at: a commit, or an object of its own with a message (an annotated tag). */
  objectType?: string | undefined;
}

/** What else is known of a tag. */
export interface TagDetails {
  commit?: string | undefined;
  message?: string | undefined;
  tagger?: { name: string; email: string } | undefined;
  taggedAt?: string | undefined;
  actor?: string | undefined;
  /** When it happened, where that is known. */
  at?: string | undefined;
}

const nothing = '0'.repeat(40);

/** Clocks differ by this much without anybody being wrong. */
const skewMs = 2_000;

const TagObject = reading<components['schemas']['git-tag']>()(
  z.object({
    message: z.string(),
    tagger: z.object({ name: z.string(), email: z.string(), date: Instant }).optional().catch(undefined),
    object: z.object({ type: z.string(), sha: Sha }),
  }),
);

function typeOf({ before, after }: TagMove): string {
  if (after === null) return 'tag_deleted';
  return before === null ? 'tag_created' : 'tag_moved';
}

function titleOf({ name, before, after }: TagMove, { commit, message }: TagDetails): string {
  if (after === null) return `Tag ${name} deleted${before === null ? '' : `, was at ${short(before)}`}`;
  const at = short(commit ?? after);
  if (before !== null) return `Tag ${name} moved from ${short(before)} to ${at}`;
  const words = firstLine(message ?? '', '');
  return `Tag ${name} created at ${at}${words === '' ? '' : `: ${words}`}`;
}

/** When the tagger says it was made, where that lies between the two looks: whoever makes a tag may say anything. */
function madeBetween({ taggedAt }: TagDetails, { between }: Sighting): string | undefined {
  if (!between || taggedAt === undefined) return undefined;
  const tagged = Date.parse(taggedAt);
  const from = between.from === null ? -Infinity : Date.parse(between.from) - skewMs;
  return tagged >= from && tagged <= Date.parse(between.to) + skewMs ? taggedAt : undefined;
}

function whenTagged(details: TagDetails, sighting: Sighting): When {
  const made = madeBetween(details, sighting);
  return made === undefined ? whenSeen(details.at ?? '', sighting) : whenSeen(made, {});
}

/** Whoever has just made a tag has most likely pushed it; of one that was made long ago nobody knows. */
function actorIn(details: TagDetails, sighting: Sighting): string | undefined {
  const tagger = details.tagger?.name.trim();
  return details.actor ?? (madeBetween(details, sighting) && tagger ? tagger : undefined);
}

function dataOf(
  move: TagMove,
  { commit, message, tagger, taggedAt }: TagDetails,
  sighting: Sighting,
): object {
  const { name, before, after, objectType } = move;
  return {
    tag: name,
    before,
    after,
    ...(objectType !== undefined && { object_type: objectType, annotated: objectType === 'tag' }),
    ...(commit !== undefined && { commit }),
    ...(message !== undefined && { message }),
    ...(tagger !== undefined && { tagger }),
    ...(taggedAt !== undefined && { tagged_at: taggedAt }),
    ...windowData(sighting),
    ref: `refs/tags/${name}`,
  };
}

/** A tag's move as one event: made, moved or deleted. Its key says the outcome only, since looks may miss steps. */
export function tagEvent(
  move: TagMove,
  details: TagDetails,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { host, id, fullName } = repository;
  const { name, after } = move;
  const again = sighting.again === undefined ? [] : [sighting.again];
  const event: SourceEvent = {
    key_parts: [host, 'tag', String(id), name, after ?? nothing, ...again],
    title: titleOf(move, details),
    type: typeOf(move),
    project: fullName,
    ...whenTagged(details, sighting),
    ...actorOf(actorIn(details, sighting)),
    ...(details.commit !== undefined && pageOf(repository, `commit/${details.commit}`)),
    subject: `${fullName}/tag/${name}`,
    refs: refsOf(versionRef(repository, name), details.commit && commitRef(details.commit)),
    ...backfillOf(sighting),
    data: dataOf(move, details, sighting),
  };
  return { kind: 'events', events: [event] };
}

/** What a tag that is an object of its own says; of others it is null. */
function detailsOf({ after, objectType }: TagMove, tagObject: unknown): TagDetails {
  const read = TagObject.safeParse(tagObject);
  if (!read.success) return objectType === 'commit' && after !== null ? { commit: after } : {};
  const { message, tagger, object } = read.data;
  return {
    ...(object.type === 'commit' && !isNothing(object.sha) && { commit: object.sha }),
    message: message.replace(/-----BEGIN (?:PGP|SSH) SIGNATURE-----[\s\S]*$/, '').trimEnd(),
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
