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
import { Release, isPublished, tokensOf, versionOf } from '../../translate/release-fields.js';
import { translateGoneRelease, translateRelease } from '../../translate/release.js';
import { listPages } from '../list-pages.js';
import { type Round, defineLook } from '../look.js';

/** Releases that are remembered: those on the first page. */
const remembered = 30;

/** Pages of one look; a repository with more than 600 releases since then shows the newest. */
const mostPages = 20;

const Kept = z.object({
  id: z.int(),
  tag: z.string().max(300),
  name: z.string().max(300),
  /** The tokens of its named fields. */
  fields: z.array(z.string().max(40)).max(20),
  /** It has not been published. */
  draft: z.literal(true).optional(),
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
  etag: string | undefined;
  /** Each with what can't be read left out. */
  releases: { raw: unknown; release: Release }[];
  /** There are none behind them. */
  whole: boolean;
}

function readAll(items: readonly unknown[], round: Round): Listed['releases'] {
  return items.flatMap((raw) => {
    const read = Release.safeParse(raw);
    if (!read.success) round.take({ kind: 'unsupported', what: 'a release of another shape' });
    return read.success ? [{ raw, release: read.data }] : [];
  });
}

/** The newest releases, until those that are known or too old; undefined where nothing has changed. */
async function listReleases(round: Round, known: State | undefined): Promise<Listed | undefined> {
  const ids = new Set(known?.releases.map(({ id }) => id));
  const byId = new Map<number, Listed['releases'][number]>();
  let [etag, whole, pages] = [undefined as string | undefined, false, 0];
  const target = `${round.path}/releases?per_page=30`;
  for await (const page of listPages(round, 'releases', target, known?.etag)) {
    pages += 1;
    etag ??= page.etag;
    whole = page.last;
    const releases = readAll(page.items, round);
    for (const listed of releases) byId.set(listed.release.id, listed);
    const news = releases.some(
      ({ release }) => isPublished(release) && !isTooOld(release.published_at, round),
    );
    if (!news || releases.some(({ release }) => ids.has(release.id)) || pages === mostPages) break;
  }
  return pages === 0 ? undefined : { etag, releases: [...byId.values()], whole };
}

function keep({ release }: Listed['releases'][number]): Kept {
  return {
    id: release.id,
    tag: cursorText(release.tag_name, 300),
    name: cursorText(release.name ?? '', 100),
    fields: tokensOf(release),
    ...(!isPublished(release) && { draft: true }),
  };
}

/** Releases that are known and not listed any more, while older ones still are: the others have moved out of sight. */
function goneOf({ releases, whole }: Listed, known: readonly Kept[]): Kept[] {
  const ids = new Set(releases.map(({ release }) => release.id));
  const last = known.findLastIndex(({ id }) => ids.has(id));
  return known.filter(({ id, draft }, index) => !draft && !ids.has(id) && (whole || index < last));
}

function tell(round: Round, listed: Listed, known: State | undefined, told: Told): SourceEvent[] {
  const { repository, take } = round;
  const keptById = new Map(known?.releases.map((kept) => [kept.id, kept]));
  const between = sightingBetween(round);
  const events: SourceEvent[] = [];
  for (const { raw, release } of listed.releases.toReversed()) {
    const kept = keptById.get(release.id);
    if (kept && !kept.draft) {
      if (isDeepStrictEqual(kept.fields, tokensOf(release))) continue;
      const again = told.again(String(release.id), versionOf(release));
      events.push(...take(translateRelease(raw, kept.fields, repository, { ...between, again })));
    } else if (isPublished(release) && !isTooOld(release.published_at, round)) {
      events.push(...take(translateRelease(raw, null, repository, sightingAt(release.published_at, round))));
    }
  }
  const gone = goneOf(listed, known?.releases ?? []);
  return [...events, ...gone.flatMap((kept) => take(translateGoneRelease(kept, repository, between)))];
}

/** Releases as they are published, edited and deleted. A draft is nothing until it is published. */
export const releases = defineLook<State>({
  name: 'releases',
  kind: 'release',
  state: State,
  async *look(round, known) {
    const listed = await listReleases(round, known);
    if (!listed) {
      if (known) yield { events: [], state: known };
      return;
    }
    const told = new Told(known?.told);
    const events = tell(round, listed, known, told);
    const releases = listed.releases.slice(0, remembered).map(keep);
    yield { events, state: { etag: listed.etag, releases, told: told.state } };
  },
});
