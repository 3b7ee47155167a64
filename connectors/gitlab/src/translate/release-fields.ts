import { digestOf, tokenOf } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { Id, Instant, Link, Sha, Username, secondOf } from './payload.js';

const Word = z.string().nullish().catch(null);

const AssetLink = z.object({ id: Id, name: z.string(), url: z.string(), link_type: Word });

/** What can be read of a list; nothing else of it is an asset. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((items) => (items ?? []).flatMap((one) => item.safeParse(one).data ?? []));
}

/** A release: https://docs.gitlab.com/api/releases/ */
export const Release = z.object({
  tag_name: z.string().min(1),
  name: Word,
  description: Word,
  created_at: Instant,
  /** Whoever makes a release may say when it was, or will be. Old servers know nothing of that. */
  released_at: Instant.nullish().catch(null),
  upcoming_release: z.boolean().nullish().catch(null),
  author: Username,
  commit: z.object({ id: Sha, title: Word }).nullish().catch(null),
  milestones: listOf(z.object({ title: z.string() })),
  assets: z
    .object({ links: listOf(AssetLink) })
    .nullish()
    .catch(null)
    .transform((assets) => assets?.links ?? []),
  _links: z.object({ self: Link }).nullish().catch(null),
});
export type Release = z.output<typeof Release>;

/** What of a release is an edit when it is another, as far as webhooks tell it, too. */
export const releaseFields = ['name', 'notes', 'released_at', 'assets'] as const;
export type ReleaseField = (typeof releaseFields)[number];

/** A release's named fields, in their order; sources are made of the tag by GitLab itself. */
function fieldsOf(release: Release): Record<ReleaseField, string> {
  const { name, description, created_at: createdAt, released_at: releasedAt, tag_name: tag } = release;
  const links = release.assets.map(({ id, name: called, url }) => [id, called, url]);
  return {
    name: name?.trim() || tag,
    notes: description ?? '',
    released_at: secondOf(releasedAt ?? createdAt),
    assets: JSON.stringify(links.sort(([one], [other]) => Number(one) - Number(other))),
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

/** Whether it is announced for later than `at` (RFC 3339). */
export function isUpcoming(
  { upcoming_release: flag, released_at: releasedAt }: Release,
  at: string,
): boolean {
  return flag ?? (releasedAt ? Date.parse(releasedAt) > Date.parse(at) : false);
}

/** From when on it was there for all: it may be made later than it is said to be of, or be announced. */
export function publishedAt({ created_at: createdAt, released_at: releasedAt }: Release): string {
  return releasedAt && Date.parse(releasedAt) > Date.parse(createdAt) ? releasedAt : createdAt;
}
