import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { changedTexts, releaseName } from '@painchain/connector-sdk/wording';
import type { ProjectFacts, Sighting } from './facts.js';
import { actorOf, secondOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import { Release, publishedAt, releaseFields, tokensOf, versionOf } from './release-fields.js';
import { backfillOf, commitRef, pageOf, refsOf, versionRef, whenSeen, windowData } from './wording.js';

/** What is known of a release that is gone. */
export interface GoneRelease {
  tag: string;
  name: string;
  /** When it was made, to the second: a tag may get another. */
  created: string;
}

/** Assets that an event has room for. */
const listedAssets = 100;

function dataOf(release: Release): object {
  const { tag_name: tag, name, description, commit, author, milestones, assets } = release;
  return {
    tag,
    name: name ?? '',
    notes: description ?? '',
    ...(commit && { commit: commit.id }),
    ...(commit?.title && { commit_message: commit.title }),
    ...(author !== undefined && { author }),
    ...(milestones.length > 0 && { milestones: milestones.map(({ title }) => title).slice(0, listedAssets) }),
    released_at: release.released_at ?? release.created_at,
    assets: assets
      .slice(0, listedAssets)
      .map(({ name: called, url, link_type: kind }) => ({ name: called, url, ...(kind && { kind }) })),
  };
}

/** What the events of a release have in common. */
function commonOf(tag: string, project: ProjectFacts) {
  return {
    key: [project.host, 'release', String(project.id), tag],
    event: { project: project.fullPath, subject: `${project.fullPath}/release/${tag}` },
  };
}

function linked({ tag_name: tag, commit, _links: links }: Release, project: ProjectFacts) {
  const url = links?.self ?? pageOf(project, `releases/${encodeURIComponent(tag)}`).url;
  return {
    ...(url !== undefined && { url }),
    refs: refsOf(versionRef(project, tag), commit ? commitRef(commit.id) : undefined),
  };
}

/** A release that all can see: a version may be used from now on. */
function publishedEvent(release: Release, project: ProjectFacts, sighting: Sighting): SourceEvent {
  const { tag_name: tag, name, created_at: createdAt, author } = release;
  const { key, event } = commonOf(tag, project);
  return {
    ...event,
    ...linked(release, project),
    key_parts: [...key, 'published', secondOf(createdAt)],
    title: `Release ${releaseName(tag, name ?? '')} published`,
    type: 'release_published',
    ...whenSeen(publishedAt(release), sighting),
    ...actorOf(author),
    ...backfillOf(sighting),
    data: dataOf(release),
  };
}

function editedEvent(
  release: Release,
  before: readonly string[],
  project: ProjectFacts,
  sighting: Sighting,
): SourceEvent {
  const { tag_name: tag, name } = release;
  const { key, event } = commonOf(tag, project);
  const known = before.length > 0;
  // Assets are compared by ids, which tell nobody anything.
  const changes = known ? changedTexts(releaseFields, before, tokensOf(release), ['assets']) : [];
  const what = changes.length === 0 ? '' : `: ${changes.map(({ field }) => field).join(', ')}`;
  const again = sighting.again === undefined ? [] : [sighting.again];
  return {
    ...event,
    ...linked(release, project),
    key_parts: [...key, 'edited', versionOf(release), ...again],
    title: `Release ${releaseName(tag, name ?? '')} edited${what}`,
    type: 'release_edited',
    ...whenSeen('', sighting),
    data: { ...dataOf(release), ...(known && { changes }), ...windowData(sighting) },
  };
}

/**
 * A release that was published, or, where `before` says what was remembered of it (its tokens; none where nothing is),
 * edited. An edit has no instant of its own, so the sighting says between what it lies.
 */
export function translateRelease(
  payload: unknown,
  before: readonly string[] | null,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: release } = Release.safeParse(payload);
  if (!release) return unsupported('a release of another shape');
  if (before !== null) return { kind: 'events', events: [editedEvent(release, before, project, sighting)] };
  if (release.upcoming_release === true) return ignored('upcoming');
  return { kind: 'events', events: [publishedEvent(release, project, sighting)] };
}

/** A release that isn't there any more. Its tag may well be. */
export function translateGoneRelease(
  { tag, name, created }: GoneRelease,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { key, event } = commonOf(tag, project);
  const gone: SourceEvent = {
    ...event,
    key_parts: [...key, 'deleted', created],
    title: `Release ${releaseName(tag, name)} deleted`,
    type: 'release_deleted',
    ...whenSeen('', sighting),
    ...pageOf(project, 'releases'),
    refs: refsOf(versionRef(project, tag)),
    data: { tag, name, ...windowData(sighting) },
  };
  return { kind: 'events', events: [gone] };
}
