import type { components } from '@octokit/openapi-types';
import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Id, Instant, Link, reading, urlOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import {
  backfillOf,
  commitRef,
  counted,
  refsOf,
  short,
  versionRef,
  whenSeen,
  windowData,
} from './wording.js';

/** The package that an image's versions belong to. */
export interface PackageFacts {
  owner: string;
  name: string;
}

const PackageVersion = reading<components['schemas']['package-version']>()(
  z.object({
    id: Id,
    name: z.string().min(1),
    created_at: Instant,
    html_url: Link,
    package_html_url: Link,
    metadata: z
      .object({ container: z.object({ tags: z.array(z.string()) }).optional() })
      .optional()
      .catch(undefined),
  }),
);

/** A version of a container package. */
export interface Version {
  id: number;
  digest: string;
  /** Sorted. */
  tags: string[];
  created_at: string;
  url: string | undefined;
}

/** Undefined where it is none. */
export function readVersion(json: unknown): Version | undefined {
  const { data } = PackageVersion.safeParse(json);
  if (!data) return undefined;
  const { id, name: digest, created_at, metadata, html_url, package_html_url } = data;
  const tags = [...(metadata?.container?.tags ?? [])].sort();
  return { id, digest, tags, created_at, url: html_url ?? package_html_url };
}

type Image = Version & { pkg: PackageFacts };

/**
 * Where images are pulled from. An Enterprise Server, and GitHub's own with data residency, has them at a name of its
 * own: https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry
 */
function imageName({ owner, name }: PackageFacts, host: string): string {
  const registry = host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
  return `${registry}/${owner}/${name}`.toLowerCase();
}

const looksLikeVersion = /^v?\d+\.\d+/;
const looksLikeCommit = /^[0-9a-f]{40}$/;

function imageRefs(image: Image, name: string, repository: RepositoryFacts): string[] {
  const { digest, tags } = image;
  return refsOf(
    `image:${name}@${digest}`,
    ...tags.map((tag) => `image:${name}:${tag}`),
    ...tags.filter((tag) => looksLikeCommit.test(tag)).map(commitRef),
    ...tags.filter((tag) => looksLikeVersion.test(tag)).map((tag) => versionRef(repository, tag)),
  );
}

/** Versions tell the most, commits the least. */
function rankOf(tag: string): number {
  if (looksLikeVersion.test(tag)) return 0;
  return looksLikeCommit.test(tag) ? 2 : 1;
}

function shownTags(tags: readonly string[]): string {
  const ordered = tags.toSorted((one, other) => rankOf(one) - rankOf(other));
  const shown = ordered.slice(0, 2).map((tag) => (looksLikeCommit.test(tag) ? short(tag) : tag));
  const more = tags.length - shown.length;
  return more === 0 ? shown.join(' and ') : `${shown.join(', ')} and ${counted(more, 'more tag')}`;
}

function eventOf(
  image: Image,
  repository: RepositoryFacts,
): Omit<SourceEvent, 'key_parts' | 'title' | 'type' | 'timestamp'> {
  const name = imageName(image.pkg, repository.host);
  return {
    project: repository.fullName,
    ...urlOf(image.url),
    subject: `${repository.fullName}/package/${image.pkg.name}`,
    refs: imageRefs(image, name, repository),
    data: { image: name, package: image.pkg.name, tags: image.tags, digest: image.digest },
  };
}

/**
 * A version of a container package as the image that was published. One without a tag is a part of another, such as
 * the image of one platform, or has handed its tags on.
 */
export function translatePackageVersion(
  version: unknown,
  pkg: PackageFacts,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const read = readVersion(version);
  if (!read) return unsupported('package version');
  const image = { ...read, pkg };
  if (image.tags.length === 0) return ignored('untagged');
  const event: SourceEvent = {
    key_parts: [repository.host, 'package_version', String(image.id)],
    title: `Image ${pkg.name} published: ${shownTags(image.tags)}`,
    type: 'image_published',
    ...whenSeen(read.created_at, sighting),
    ...eventOf(image, repository),
    ...backfillOf(sighting),
  };
  return { kind: 'events', events: [event] };
}

/** A version that was known and has got tags that it didn't have, `gained`. */
export function translateImageTags(
  version: unknown,
  gained: readonly string[],
  pkg: PackageFacts,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const read = readVersion(version);
  if (!read) return unsupported('package version');
  const image = { ...read, pkg };
  const again = sighting.again === undefined ? [] : [sighting.again];
  const rest = eventOf(image, repository);
  const event: SourceEvent = {
    key_parts: [repository.host, 'package_version', String(image.id), 'tags', image.tags.join(','), ...again],
    title: `Image ${pkg.name} tagged ${shownTags(gained)}`,
    type: 'image_tagged',
    ...whenSeen(read.created_at, sighting),
    ...rest,
    data: { ...rest.data, tags_added: gained, ...windowData(sighting) },
  };
  return { kind: 'events', events: [event] };
}
