import type { SourceEvent } from '../connector.js';
import type { Home } from './home.js';
import { type Sighting, type When, backfillOf, whenSeen, windowData } from './sighting.js';
import { commitRef, firstLine, refsOf, short } from './words.js';

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
  /** Only some may move or delete it. */
  protected?: boolean | undefined;
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
  { commit, message, tagger, taggedAt, protected: isProtected }: TagDetails,
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
    ...(isProtected !== undefined && { protected: isProtected }),
    ...windowData(sighting),
    ref: `refs/tags/${name}`,
  };
}

/**
 * A tag's move as one event: made, moved or deleted. Its key says the outcome only, since looks may miss steps. `page`
 * leads to it.
 */
export function tagMoveEvent(
  move: TagMove,
  details: TagDetails,
  { host, id, project }: Home,
  page: { url?: string },
  sighting: Sighting,
): SourceEvent {
  const { name, after } = move;
  const again = sighting.again === undefined ? [] : [sighting.again];
  const actor = actorIn(details, sighting);
  return {
    key_parts: [host, 'tag', String(id), name, after ?? nothing, ...again],
    title: titleOf(move, details),
    type: typeOf(move),
    project,
    ...whenTagged(details, sighting),
    ...(actor !== undefined && { actor }),
    ...page,
    subject: `${project}/tag/${name}`,
    refs: refsOf(`version:${project}@${name}`, details.commit && commitRef(details.commit)),
    ...backfillOf(sighting),
    data: dataOf(move, details, sighting),
  };
}

/** What somebody has written into a tag, without what it was signed with. */
export function withoutSignature(message: string): string {
  return message.replace(/-----BEGIN (?:PGP|SSH) SIGNATURE-----[\s\S]*$/, '').trimEnd();
}
