import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { digestOf, tokenOf } from '@painchain/connector-sdk/wording';
import { Id, Instant, Link, Login, reading } from './payload.js';

type Schemas = components['schemas'];

const Asset = reading<Schemas['release-asset']>()(
  z.object({
    id: Id,
    name: z.string(),
    size: z.int().nonnegative(),
    content_type: z.string().nullish(),
    digest: z.string().nullish(),
  }),
);

/** A release: https://docs.github.com/en/rest/releases/releases */
export const Release = reading<Schemas['release']>()(
  z.object({
    id: Id,
    tag_name: z.string().min(1),
    target_commitish: z.string().default(''),
    name: z.string().nullish(),
    body: z.string().nullish(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    published_at: Instant.nullish(),
    html_url: Link,
    author: Login,
    assets: z.array(Asset).default([]),
  }),
);
export type Release = z.output<typeof Release>;

/** What of a release is an edit when it is another. Downloads and `updated_at` are not. */
export const releaseFields = ['name', 'notes', 'tag', 'target', 'draft', 'prerelease', 'assets'] as const;
export type ReleaseField = (typeof releaseFields)[number];

/** A release's named fields, in their order. An asset that is replaced has another id. */
function fieldsOf(release: Release): Record<ReleaseField, string> {
  const assets = release.assets
    .map(({ id, name, size }) => [id, name, size])
    .sort(([a], [b]) => Number(a) - Number(b));
  return {
    name: release.name ?? '',
    notes: release.body ?? '',
    tag: release.tag_name,
    target: release.target_commitish,
    draft: String(release.draft),
    prerelease: String(release.prerelease),
    assets: JSON.stringify(assets),
  };
}

/** One token for each named field. */
export function tokensOf(release: Release): string[] {
  const fields = fieldsOf(release);
  return releaseFields.map((field) => tokenOf(fields[field]));
}

/** What tells this version of a release from its others. */
export function versionOf(release: Release): string {
  return digestOf(JSON.stringify(Object.values(fieldsOf(release))));
}

/** It can be seen by all who may read the repository. */
export function isPublished(release: Release): release is Release & { published_at: string } {
  return !release.draft && typeof release.published_at === 'string';
}
