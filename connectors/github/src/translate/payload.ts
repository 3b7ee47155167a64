import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import type { RepositoryFacts } from './facts.js';

type Schemas = components['schemas'];

/**
 * Gives a schema back as it is, and doesn't compile where it would refuse what GitHub describes as `Payload`:
 * `reading<components['schemas']['activity']>()(z.object({ … }))`.
 */
export function reading<Payload>(): <Schema extends z.ZodType>(
  schema: Schema & (Payload extends z.input<Schema> ? unknown : Refuses<Payload>),
) => Schema {
  return (schema) => schema;
}

/** What a schema is told to be when it doesn't read a payload; nothing is. */
interface Refuses<Payload> {
  refuses: Payload;
}

/** An id of GitHub's: unique on its host. The description allows for `bigint`, JSON doesn't. */
export const Id: z.ZodType<number, number | bigint> = z.int().nonnegative();

/** A commit, or with SHA-256 as object format a longer one. */
export const Sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** RFC 3339. Some webhooks have seconds since 1970 in the same place. */
export const Instant = z.union([
  z.iso.datetime({ offset: true }),
  z
    .int()
    .min(0)
    .max(253_402_300_799)
    .transform((seconds) => new Date(seconds * 1_000).toISOString()),
]);

/** A page for a browser; undefined where it is none that an event may link to. */
export const Link = z
  .url({ protocol: /^https$/ })
  .nullish()
  .transform((url) => url ?? undefined)
  .catch(undefined);

/** Who it was, as it came. */
export const User = reading<Schemas['nullable-simple-user']>()(
  z.object({ login: z.string() }).nullish().catch(null),
);

/** Who it was, by the login; undefined for accounts that are gone. Bots have their `[bot]`. */
export const Login = User.transform(loginOf);

export function loginOf(user: z.output<typeof User>): string | undefined {
  return user?.login.trim() || undefined;
}

export function actorOf(login: string | undefined): { actor?: string } {
  return login === undefined ? {} : { actor: login };
}

export function urlOf(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}

const WebhookRepository = z.object({
  repository: reading<Schemas['repository']>()(
    z.object({ id: Id, full_name: z.string().regex(/^[^/]+\/[^/]+$/), html_url: z.url().max(1_000) }),
  ),
});

/** The repository that a webhook's payload names; undefined where it names none. */
export function repositoryOf(payload: unknown, host: string): RepositoryFacts | undefined {
  const read = WebhookRepository.safeParse(payload);
  if (!read.success) return undefined;
  const { id, full_name: fullName, html_url: webUrl } = read.data.repository;
  return { host, id, fullName, webUrl: webUrl.replace(/\/+$/, '') };
}
