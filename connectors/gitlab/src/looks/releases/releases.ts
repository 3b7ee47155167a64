import { isDeepStrictEqual } from 'node:util';
import type { SourceEvent } from '@painchain/connector-sdk';
import {
  Told,
  ToldState,
  cursorText,
  isTooOld,
  sightingAt,
  sightingBetween,
} from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { secondOf } from '../../translate/payload.js';
import { Release, isUpcoming, publishedAt, tokensOf, versionOf } from '../../translate/release-fields.js';
import { translateGoneRelease, translateRelease } from '../../translate/release.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';

/** Releases that are remembered: those on the first page. */
const remembered = 30;

/** Edits that are remembered: an equal one that comes later is another one. */
export const rememberedEdits = 100;

/** Pages of one look; a project with more than 600 releases since then shows the newest. */
const mostPages = 20;

const Kept = z.object({
  tag: z.string().max(300),
  name: z.string().max(300),
  /** When it was made, to the second: a tag may get another release once this one is gone. */
  created: z.string().max(30),
  /** The tokens of its named fields. */
  fields: z.array(z.string().max(40)).max(20),
  /** It is announced for later. */
  upcoming: z.literal(true).optional(),
});
type Kept = z.infer<typeof Kept>;

const State = z.object({
  etag: z.string().max(300).optional(),
  /** In the order of the list, the newest first. */
  releases: z.array(Kept).max(remembered),
  told: ToldState,
});
type State = z.infer<typeof State>;

interface Listed {
  raw: unknown;
  release: Release;
  kept: Kept;
}

function keep(release: Release, at: string): Kept {
  return {
    tag: cursorText(release.tag_name, 300),
    name: cursorText(release.name ?? '', 100),
    created: secondOf(release.created_at),
    fields: tokensOf(release),
    ...(isUpcoming(release, at) && { upcoming: true }),
  };
}

function nameOf({ tag, created }: Kept): string {
  return `${tag}\n${created}`;
}

function readAll(items: readonly unknown[], round: Round): Listed[] {
  return items.flatMap((raw) => {
    const { data: release } = Release.safeParse(raw);
    if (!release) round.take({ kind: 'unsupported', what: 'a release of another shape' });
    return release ? [{ raw, release, kept: keep(release, round.at) }] : [];
  });
}

interface List {
  etag: string | undefined;
  releases: Listed[];
  /** There are none behind them. */
  whole: boolean;
}

/** The newest releases, until those that are known or too old; undefined where nothing has changed. */
async function listReleases(round: Round, known: State | undefined): Promise<List | undefined> {
  const names = new Set(known?.releases.map(nameOf));
  const byName = new Map<string, Listed>();
  let [etag, whole, pages] = [undefined as string | undefined, false, 0];
  // By when they were made: whoever makes one may say that it is of long ago.
  const target = `${round.path}/releases?order_by=created_at&sort=desc&per_page=30`;
  for await (const page of listPages(round, 'releases', target, known?.etag)) {
    pages += 1;
    etag ??= page.etag;
    whole = page.last;
    const releases = readAll(page.items, round);
    for (const listed of releases) byName.set(nameOf(listed.kept), listed);
    const news = releases.some(({ release }) => !isTooOld(publishedAt(release), round));
    if (!news || releases.some(({ kept }) => names.has(nameOf(kept))) || pages === mostPages) break;
  }
  return pages === 0 ? undefined : { etag, releases: [...byName.values()], whole };
}

/** Releases that are known and not listed any more, while older ones still are: the others have moved out of sight. */
function goneOf({ releases, whole }: List, known: readonly Kept[]): Kept[] {
  const names = new Set(releases.map(({ kept }) => nameOf(kept)));
  const last = known.findLastIndex((kept) => names.has(nameOf(kept)));
  return known.filter((kept, index) => !kept.upcoming && !names.has(nameOf(kept)) && (whole || index < last));
}

function tellOne(round: Round, { raw, release, kept }: Listed, before: Kept | undefined, told: Told) {
  const { project, take } = round;
  if (kept.upcoming) return [];
  if (before && !before.upcoming) {
    if (isDeepStrictEqual(before.fields, kept.fields)) return [];
    const again = told.again(kept.tag, versionOf(release));
    return take(translateRelease(raw, before.fields, project, { ...sightingBetween(round), again }));
  }
  const instant = publishedAt(release);
  if (isTooOld(instant, round)) return [];
  return take(translateRelease(raw, null, project, sightingAt(instant, round)));
}

function tell(round: Round, list: List, known: State | undefined, told: Told): SourceEvent[] {
  const before = new Map(known?.releases.map((kept) => [nameOf(kept), kept]));
  const gone = goneOf(list, known?.releases ?? []);
  return [
    ...gone.flatMap((kept) => round.take(translateGoneRelease(kept, round.project, sightingBetween(round)))),
    ...list.releases
      .toReversed()
      .flatMap((listed) => tellOne(round, listed, before.get(nameOf(listed.kept)), told)),
  ];
}

/** Until when nothing becomes of what is announced: an unchanged list then tells of a release. */
function isDue(known: State, round: Round): boolean {
  return known.releases.some(({ upcoming, fields }) => {
    const [, , releasedAt = ''] = fields;
    return upcoming === true && Date.parse(releasedAt.slice(1)) <= Date.parse(round.at);
  });
}

/** Releases as they are published, edited and deleted. One that is announced is nothing until its time. */
export const releases = defineLook<State>({
  name: 'releases',
  kind: 'release',
  state: State,
  async *look(round, known) {
    const due = known !== undefined && isDue(known, round);
    const list = await listReleases(round, due ? { ...known, etag: undefined } : known);
    if (!list) {
      if (known) yield { events: [], state: known };
      return;
    }
    const told = new Told(known?.told, rememberedEdits);
    const events = tell(round, list, known, told);
    const releases = list.releases.slice(0, remembered).map(({ kept }) => kept);
    yield { events, state: { etag: list.etag, releases, told: told.state } };
  },
});
