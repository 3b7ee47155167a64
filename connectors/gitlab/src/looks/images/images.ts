import type { SourceEvent } from '@painchain/connector-sdk';
import { Told, ToldState, isTooOld, sightingAt, sightingBetween } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { ImageRepository, type ImageTag, readImageTag, translateImageTag } from '../../translate/image.js';
import { type Round, defineLook } from '../look.js';
import { KnownTags, type ListedTag, TagsState } from './image-tags.js';

const mostRepositories = 20;
/** Pages of one repository's tags. */
const mostPages = 5;
/** Changes that are remembered: an equal one that comes later is another one. */
export const rememberedChanges = 100;

/** Tags that are asked for at one look: where they are, only their own addresses say. */
const asked = { news: 60, moving: 20, fixed: 10 };

const ImagesState = z.object({ tags: TagsState, told: ToldState });
type ImagesState = z.infer<typeof ImagesState>;

const Named = z.object({ name: z.string().min(1).max(200) });

/** What of a list can be read; undefined where there is none, or it may not be seen. */
async function listOf<Item extends z.ZodType>(
  { gitlab, signal, log, take }: Round,
  address: string,
  item: Item,
): Promise<z.output<Item>[] | undefined> {
  const items: unknown[] = [];
  let target: string | URL | undefined = address;
  for (let page = 0; page < mostPages && target !== undefined; page += 1) {
    const reading = await gitlab.find(target, { signal });
    if (!reading || reading.unchanged) return page === 0 ? undefined : read(items);
    if (!Array.isArray(reading.json)) {
      take({ kind: 'unsupported', what: 'images that are no list' });
      return undefined;
    }
    items.push(...(reading.json as unknown[]));
    target = reading.next;
  }
  if (target !== undefined) log.warn({ address }, 'there are more images than are read');
  return read(items);

  function read(all: readonly unknown[]) {
    return all.flatMap((one) => item.safeParse(one).data ?? []);
  }
}

/** All tags of the project's repositories; undefined where they may not be seen. */
async function listTags(round: Round): Promise<ListedTag[] | undefined> {
  const registry = `${round.path}/registry/repositories`;
  const repositories = await listOf(round, `${registry}?per_page=100`, ImageRepository);
  if (!repositories) return undefined;
  const watched = repositories.toSorted((one, other) => one.id - other.id).slice(0, mostRepositories);
  const tags: ListedTag[] = [];
  for (const repository of watched) {
    const names = await listOf(round, `${registry}/${repository.id}/tags?per_page=100`, Named);
    // What could not be read has not been seen to be gone.
    if (!names) return undefined;
    tags.push(...names.map(({ name }) => ({ name, repository })));
  }
  return tags;
}

/** How a tag is seen that wasn't there before: when its image was made, if that was since the look before. */
function sightingOf(round: Round, { created_at: createdAt }: ImageTag) {
  const isFresh = createdAt && round.before && Date.parse(createdAt) >= Date.parse(round.before);
  return isFresh ? {} : sightingBetween(round);
}

/** Asks where a tag is, notes it, and tells what is news of that. */
async function tagNews(
  round: Round,
  tag: ListedTag,
  { known, told, isFirst }: { known: KnownTags; told: Told; isFirst: boolean },
): Promise<SourceEvent[]> {
  const { gitlab, path, project, signal, take } = round;
  const { repository, name } = tag;
  const address = `${path}/registry/repositories/${repository.id}/tags/${encodeURIComponent(name)}`;
  const reading = await gitlab.find(address, { signal });
  const json = reading && !reading.unchanged ? reading.json : undefined;
  const image = readImageTag(json);
  const wasSeen = known.has(tag);
  const isAt = image && known.isAt(tag, image.digest);
  known.note(tag, image?.digest);
  if (!image || isAt === true) return [];
  const again = () => told.again(String(repository.id), name, image.digest);
  if (isAt === false) {
    return take(
      translateImageTag(json, true, repository, project, { ...sightingBetween(round), again: again() }),
    );
  }
  if (!isFirst && !wasSeen) {
    const sighting = { ...sightingOf(round, image), again: again() };
    return take(translateImageTag(json, false, repository, project, sighting));
  }
  const { created_at: createdAt } = image;
  if (!createdAt || isTooOld(createdAt, round)) return [];
  const sighting = { ...sightingAt(createdAt, round), again: again() };
  return take(translateImageTag(json, false, repository, project, sighting));
}

/**
 * Tags of container images, as they come and as they move to another image. No list says where a tag is, so a few are
 * asked for at each look: those that are new, then those that are called as if they moved, then all by turns.
 */
export const images = defineLook<ImagesState>({
  name: 'images',
  kind: 'container_image',
  everySeconds: 120,
  state: ImagesState,
  async *look(round, before) {
    const listed = await listTags(round);
    if (!listed) {
      if (before) yield { events: [], state: before };
      return;
    }
    const [known, told] = [new KnownTags(before?.tags), new Told(before?.told, rememberedChanges)];
    const isFirst = before === undefined;
    const fresh = listed.filter((tag) => !known.has(tag)).slice(0, known.room);
    const news = fresh.slice(0, asked.news);
    const due = known.due(
      listed.filter((tag) => known.has(tag)),
      asked,
    );
    const events: SourceEvent[] = [];
    for (const tag of [...news, ...due])
      events.push(...(await tagNews(round, tag, { known, told, isFirst })));
    if (isFirst) for (const tag of fresh.slice(asked.news)) known.see(tag);
    yield { events, state: { tags: known.stateOf(listed), told: told.state } };
  },
});
