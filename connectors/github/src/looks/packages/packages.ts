import type { SourceEvent } from '@painchain/connector-sdk';
import {
  Told,
  ToldState,
  digest,
  isTooOld,
  sightingAt,
  sightingBetween,
} from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import {
  type Version,
  readVersion,
  translateImageTags,
  translatePackageVersion,
} from '../../translate/package.js';
import { type Round, defineLook } from '../look.js';
import { type OwnerPackage, ownerPackages } from './owner-packages.js';

/** Packages of one repository that are watched: the first ones made. */
const mostPackages = 20;
const mostPages = 12;
/** A tag that comes to stand at a version further back than this is not seen, so that is as far as one question goes. */
const pageSize = 100;
/** Tags of one version that are compared. */
const mostTags = 50;
/** Letters that a state may take for the versions of all packages, and what a version and a tag take of them. */
const room = 10_000;
const roomOfVersion = 15;
const roomOfTag = 9;
/** A list may lag behind what it is said to have by so much. */
const lagMs = 600_000;

const PackageState = z.object({
  updated: z.string(),
  etag: z.string().max(200).optional(),
  /** By its id a version, and the digests of its tags; the newest first. */
  versions: z.array(z.tuple([z.number(), z.array(z.string().max(6))])).max(1_000),
  /** The highest id of a version that was told and is not remembered any more: ids grow. */
  horizon: z.number().optional(),
});
type PackageState = z.infer<typeof PackageState>;

const PackagesState = z.object({ packages: z.record(z.string(), PackageState), told: ToldState });
type PackagesState = z.infer<typeof PackagesState>;

/** The digests of a version's tags as they were; none of one that is forgotten. */
class Known {
  readonly versions: ReadonlyMap<number, readonly string[]>;
  readonly #horizon: number;

  constructor(kept: PackageState | undefined) {
    this.versions = new Map(kept?.versions);
    this.#horizon = kept?.horizon ?? -1;
  }

  isNews({ id, created_at }: Version, round: Round): boolean {
    return !this.versions.has(id) && id > this.#horizon && !isTooOld(created_at, round);
  }
}

/**
 * Tags that a version didn't have before. Where only the first of many are compared, those behind the last that is
 * known may have been there, too.
 */
function gainedBy({ tags }: Version, before: readonly string[]): string[] {
  const known = new Set(before);
  const compared = tags.slice(0, mostTags);
  const isKnown = (tag: string) => known.has(digest(tag, 6));
  const end = before.length < mostTags ? compared.length : compared.findLastIndex(isKnown);
  return compared.slice(0, end).filter((tag) => !isKnown(tag));
}

function tagDigests(tags: readonly string[]): string[] {
  return tags.slice(0, mostTags).map((tag) => digest(tag, 6));
}

/** With as many of the newest versions as there is room for. */
function fitting(state: PackageState, letters: number): PackageState {
  const { versions, horizon = -1 } = state;
  let left = letters;
  const until = versions.findIndex(([, tags]) => (left -= roomOfVersion + roomOfTag * tags.length) < 0);
  if (until === -1) return state;
  const forgotten = versions.slice(until).map(([id]) => id);
  return { ...state, versions: versions.slice(0, until), horizon: Math.max(horizon, ...forgotten) };
}

interface Listed {
  json: unknown;
  version: Version;
}

function versionsIn(json: unknown): Listed[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((item: unknown) => {
    const version = readVersion(item);
    return version ? [{ json: item, version }] : [];
  });
}

/** The newest versions of a package, as far back as they are news; undefined where they may not be seen. */
async function listVersions(path: string, round: Round, known: Known, etag: string | undefined) {
  const first = await round.github.find(path, { etag, signal: round.signal });
  if (!first || first.unchanged) return first && 'unchanged';
  let page: Listed[] = versionsIn(first.json);
  const listed = [...page];
  const isNews = ({ version }: Listed) => known.isNews(version, round);
  let { next } = first;
  for (let pages = 1; next && page.some(isNews) && pages < mostPages; pages += 1) {
    const more = await round.github.get(next, { signal: round.signal });
    if (more.unchanged) break;
    page = versionsIn(more.json);
    listed.push(...page);
    ({ next } = more);
  }
  if (next && page.some(isNews)) round.log.warn({ path }, 'more images are new than are read at once');
  return { listed, etag: first.etag };
}

function tell(
  { json, version }: Listed,
  name: string,
  known: Known,
  told: Told,
  round: Round,
): SourceEvent[] {
  const { repository } = round;
  const [owner = ''] = repository.fullName.split('/');
  const pkg = { owner, name };
  const before = known.versions.get(version.id);
  if (before === undefined) {
    if (!known.isNews(version, round)) return [];
    return round.take(translatePackageVersion(json, pkg, repository, sightingAt(version.created_at, round)));
  }
  // Tags that are gone stand at another version, which tells it.
  const gained = gainedBy(version, before);
  if (gained.length === 0) return [];
  const again = told.again(String(version.id), ...version.tags);
  return round.take(translateImageTags(json, gained, pkg, repository, { ...sightingBetween(round), again }));
}

function isSettled(pkg: OwnerPackage, before: PackageState | undefined, { at }: Round): boolean {
  return before?.updated === pkg.updatedAt && Date.parse(at) - Date.parse(pkg.updatedAt) > lagMs;
}

/** What is new of one package, and what to remember of it. */
async function news(
  pkg: OwnerPackage,
  path: string,
  kept: PackageState | undefined,
  told: Told,
  round: Round,
) {
  const known = new Known(kept);
  const target = `${path}/container/${encodeURIComponent(pkg.name)}/versions?per_page=${pageSize}`;
  const found = await listVersions(target, round, known, kept?.etag);
  // What could not be read has not been seen as it is since the update.
  if (!found) return { events: [], state: kept };
  if (found === 'unchanged') return { events: [], state: kept && { ...kept, updated: pkg.updatedAt } };
  const events = found.listed.toReversed().flatMap((listed) => tell(listed, pkg.name, known, told, round));
  const seen = found.listed.map(({ version }) => [version.id, tagDigests(version.tags)] as const);
  const ids = new Set(seen.map(([id]) => id));
  const earlier = [...known.versions].filter(([id]) => !ids.has(id));
  const state: PackageState = {
    updated: pkg.updatedAt,
    ...(found.etag !== undefined && { etag: found.etag }),
    versions: [...seen, ...earlier].map(([id, tags]) => [id, [...tags]]),
    ...(kept?.horizon !== undefined && { horizon: kept.horizon }),
  };
  return { events, state };
}

/** Container images of a repository: versions that are published, and tags that come to stand at another one. */
export const packages = defineLook<PackagesState>({
  name: 'packages',
  kind: 'package',
  everySeconds: 120,
  state: PackagesState,
  async *look(round, before) {
    const [owner = ''] = round.repository.fullName.split('/');
    const { path, packages: all } = await ownerPackages(round.github, owner);
    const ours = all
      .filter(({ repositoryId }) => repositoryId === round.repository.id)
      .sort((one, other) => one.id - other.id)
      .slice(0, mostPackages);
    const letters = room / Math.max(1, ours.length);
    const told = new Told(before?.told);
    const states: PackagesState['packages'] = {};
    for (const pkg of ours) {
      const kept = before?.packages[pkg.id];
      const settled = isSettled(pkg, kept, round);
      const { events, state } = settled
        ? { events: [], state: kept }
        : await news(pkg, path, kept, told, round);
      if (state) states[pkg.id] = fitting(state, letters);
      if (events.length > 0) yield { events };
    }
    yield { events: [], state: { packages: states, told: told.state } };
  },
});
