import { type SourceEvent, SourceError } from '@painchain/connector-sdk';
import {
  type RefSnapshot,
  Told,
  ToldState,
  compareVersions,
  packRefs,
  prefixOf,
  sightingBetween,
  unpackRefs,
} from '@painchain/connector-sdk/rounds';
import type { TagMove } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { Sha } from '../../translate/payload.js';
import { translateTag } from '../../translate/tag.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';

/** What the looks of a busy repository leave of a cursor: some 1,700 tags. */
const mostCharacters = 20_000;

const State = z.object({
  /** Absent where the list has several pages: the ETag is only the first one's. */
  etag: z.string().max(300).optional(),
  tags: z
    .string()
    .max(mostCharacters)
    .refine((packed) => unpackRefs(packed) !== undefined),
  /** There are more tags than are watched: the oldest by their version are left out. */
  limited: z.literal(true).optional(),
  told: ToldState,
});
type State = z.infer<typeof State>;

/** Annotated tags of one look whose own words are asked for, the newest by their version. */
const detailed = 100;

const eventsPerPage = 100;

// No control characters, no lone surrogates: git allows for none, and a snapshot could not keep them.
const tagRef = /^refs\/tags\/[^\p{Cc}\p{Cs}]+$/u;

const Ref = z.object({
  ref: z.string().regex(tagRef),
  object: z.object({ type: z.string(), sha: Sha }),
});

interface Tag {
  sha: string;
  type: string;
}

interface Listed {
  etag: string | undefined;
  tags: ReadonlyMap<string, Tag>;
}

/** The tags that are there; undefined where nothing has changed. A repository without a commit has none. */
async function listTags(round: Round, etag: string | undefined): Promise<Listed | undefined> {
  const tags = new Map<string, Tag>();
  const target = `${round.path}/git/matching-refs/tags`;
  let [first, pages, whole] = [undefined as string | undefined, 0, false];
  try {
    for await (const page of listPages(round, 'tags', target, etag)) {
      pages += 1;
      first ??= page.etag;
      whole = page.last;
      for (const item of page.items) {
        const read = Ref.safeParse(item);
        if (read.success) tags.set(read.data.ref.slice('refs/tags/'.length), read.data.object);
        else round.take({ kind: 'unsupported', what: 'a tag of another shape' });
      }
    }
  } catch (error) {
    if (error instanceof SourceError && error.code === 'repository-empty') return { etag: undefined, tags };
    throw error;
  }
  return whole ? { etag: pages === 1 ? first : undefined, tags } : undefined;
}

/** How the tags came from what was remembered to what is there, in the order of their versions. */
function movesOf(known: RefSnapshot, limited: boolean, tags: Listed['tags']): TagMove[] {
  const [oldest] = known.keys();
  const isLeftOut = (name: string) => limited && oldest !== undefined && compareVersions(name, oldest) < 0;
  const moves: TagMove[] = [];
  for (const [name, { sha, type }] of tags) {
    const before = known.get(name) ?? null;
    if (before === prefixOf(sha) || (before === null && isLeftOut(name))) continue;
    moves.push({ name, before, after: sha, objectType: type });
  }
  for (const [name, before] of known) {
    if (!tags.has(name)) moves.push({ name, before, after: null });
  }
  return moves.sort((one, other) => compareVersions(one.name, other.name));
}

function stateOf({ etag, tags }: Listed, told: ToldState, known: State | undefined, round: Round): State {
  const prefixes = new Map([...tags].map(([name, { sha }]) => [name, prefixOf(sha)]));
  const { packed, limited } = packRefs(prefixes, mostCharacters);
  if (limited && !known?.limited) {
    round.log.warn(
      { tags: tags.size },
      'there are more tags than can be watched: the oldest versions are left out',
    );
  }
  return { etag, tags: packed, ...(limited && { limited }), told };
}

/** The object of an annotated tag: its tagger, message and commit. */
async function tagObjectOf(
  { after, objectType }: TagMove,
  { github, path, signal }: Round,
): Promise<unknown> {
  if (objectType !== 'tag' || after === null) return null;
  const reading = await github.find(`${path}/git/tags/${after}`, { signal });
  return reading?.unchanged === false ? reading.json : null;
}

/**
 * Tags that come, move and go, as the difference between two looks. The first look only remembers them: the
 * versions of the past are told by their releases.
 */
export const tags = defineLook<State>({
  name: 'tags',
  kind: 'tag',
  state: State,
  async *look(round, known) {
    const listed = await listTags(round, known?.etag);
    if (!listed) {
      if (known) yield { events: [], state: known };
      return;
    }
    const told = new Told(known?.told);
    const before = known && unpackRefs(known.tags);
    const moves = before ? movesOf(before, known.limited === true, listed.tags) : [];
    let events: SourceEvent[] = [];
    for (const [index, move] of moves.entries()) {
      const tagObject = index < moves.length - detailed ? null : await tagObjectOf(move, round);
      const sighting = { ...sightingBetween(round), again: told.again(move.name, move.after ?? '') };
      events.push(...round.take(translateTag(move, tagObject, round.repository, sighting)));
      if (events.length < eventsPerPage) continue;
      yield { events };
      events = [];
    }
    yield { events, state: stateOf(listed, told.state, known, round) };
  },
});
