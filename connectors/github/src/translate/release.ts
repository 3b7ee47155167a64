import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Sha, actorOf, urlOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import { Release, isPublished, releaseFields, tokensOf, versionOf } from './release-fields.js';
import { changedTexts, releaseName } from '@painchain/connector-sdk/wording';
import { backfillOf, commitRef, pageOf, refsOf, versionRef, whenSeen, windowData } from './wording.js';

/** What is known of a release that is gone. */
export interface GoneRelease {
  id: number;
  tag: string;
  name: string;
}

function dataOf(release: Release): object {
  const { tag_name, name, body, prerelease, target_commitish, author, assets } = release;
  return {
    tag: tag_name,
    name: name ?? '',
    notes: body ?? '',
    prerelease,
    target: target_commitish,
    ...(author !== undefined && { author }),
    assets: assets.map(({ name: called, size, digest, content_type }) => ({
      name: called,
      size,
      ...(digest && { digest }),
      ...(content_type && { content_type }),
    })),
  };
}

/** What the events of a release have in common. */
function commonOf(release: Release, repository: RepositoryFacts) {
  const { host, fullName } = repository;
  const { id, tag_name, target_commitish, html_url } = release;
  return {
    key: [host, 'release', String(id)],
    event: {
      project: fullName,
      ...urlOf(html_url),
      subject: `${fullName}/release/${tag_name}`,
      refs: refsOf(
        versionRef(repository, tag_name),
        Sha.safeParse(target_commitish).success ? commitRef(target_commitish) : undefined,
      ),
    },
  };
}

/** A release that all can see: a version may be used from now on. */
function publishedEvent(
  release: Release & { published_at: string },
  repository: RepositoryFacts,
  sighting: Sighting,
): SourceEvent {
  const { tag_name, name, prerelease, published_at } = release;
  const { key, event } = commonOf(release, repository);
  return {
    ...event,
    key_parts: [...key, 'published', new Date(published_at).toISOString()],
    title: `${prerelease ? 'Prerelease' : 'Release'} ${releaseName(tag_name, name ?? '')} published`,
    type: 'release_published',
    ...whenSeen(published_at, sighting),
    ...actorOf(release.author),
    ...backfillOf(sighting),
    data: dataOf(release),
  };
}

function editedEvent(
  release: Release,
  before: readonly string[],
  repository: RepositoryFacts,
  sighting: Sighting,
): SourceEvent {
  const { key, event } = commonOf(release, repository);
  // Assets are compared by ids, which tell nobody anything.
  const changes = changedTexts(releaseFields, before, tokensOf(release), ['assets']);
  const what = changes.length === 0 ? '' : `: ${changes.map(({ field }) => field).join(', ')}`;
  return {
    ...event,
    key_parts: [
      ...key,
      'edited',
      versionOf(release),
      ...(sighting.again === undefined ? [] : [sighting.again]),
    ],
    title: `Release ${releaseName(release.tag_name, release.name ?? '')} edited${what}`,
    type: 'release_edited',
    ...whenSeen('', sighting),
    data: { ...dataOf(release), changes, ...windowData(sighting) },
  };
}

/**
 * A release that was published, or, where `before` says what was remembered of it (its tokens), edited. An edit has
 * no instant of its own, so the sighting says between what it lies.
 */
export function translateRelease(
  payload: unknown,
  before: readonly string[] | null,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const read = Release.safeParse(payload);
  if (!read.success) return unsupported('a release of another shape');
  const release = read.data;
  if (before !== null) {
    return { kind: 'events', events: [editedEvent(release, before, repository, sighting)] };
  }
  if (!isPublished(release)) return ignored('draft');
  return { kind: 'events', events: [publishedEvent(release, repository, sighting)] };
}

/** A release that isn't there any more. */
export function translateGoneRelease(
  { id, tag, name }: GoneRelease,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { host, fullName } = repository;
  const event: SourceEvent = {
    key_parts: [host, 'release', String(id), 'deleted'],
    title: `Release ${releaseName(tag, name)} deleted`,
    type: 'release_deleted',
    project: fullName,
    ...whenSeen('', sighting),
    ...pageOf(repository, 'releases'),
    subject: `${fullName}/release/${tag}`,
    refs: refsOf(versionRef(repository, tag)),
    data: { tag, name, ...windowData(sighting) },
  };
  return { kind: 'events', events: [event] };
}
