import { z } from 'zod';
import type { ProjectFacts } from './facts.js';

/** An id of GitLab's: unique on its server. */
export const Id = z.int().nonnegative();

/** What a project counts by itself: its merge requests, its issues. */
export const Iid = z.int().positive();

/** A commit, or with SHA-256 as object format a longer one. */
export const Sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** `2016-08-12T15:26:29.512Z`, `2012-01-03T23:36:29+02:00`; webhooks `2016-08-12 15:26:29 UTC`, `… +0200`. */
const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(?:(Z|UTC)|([+-]\d\d):?(\d\d))$/;

function millisecondsOf(text: string): number {
  const [, day, time, , hours, minutes] = written.exec(text.trim()) ?? [];
  if (day === undefined || time === undefined) return Number.NaN;
  return Date.parse(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes ?? '00'}`}`);
}

/** An instant in any form that GitLab writes it in; read, it is `2016-08-12T15:26:29.512Z`, always in UTC. */
export const Instant = z.string().transform((text, context) => {
  const milliseconds = millisecondsOf(text);
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  context.addIssue({ code: 'custom', message: 'no instant that GitLab would write' });
  return z.NEVER;
});

/** An `Instant` to the second, which is all that webhooks know of it: so it stands in keys. */
export function secondOf(instant: string): string {
  return `${instant.slice(0, 19)}Z`;
}

/** A page for a browser; undefined where it is none that an event may link to. */
export const Link = z
  .url({ protocol: /^https$/ })
  .nullish()
  .transform((url) => url ?? undefined)
  .catch(undefined);

/** Who it was, by the username; undefined where that isn't said. */
export const Username = z
  .object({ username: z.string() })
  .nullish()
  .catch(null)
  .transform((user) => user?.username.trim() || undefined);

/** Usernames of those who can be named. */
export const Usernames = z
  .array(Username)
  .nullish()
  .catch(null)
  .transform((users) => (users ?? []).filter((username) => username !== undefined));

export function actorOf(username: string | undefined): { actor?: string } {
  return username === undefined ? {} : { actor: username };
}

export function urlOf(url: string | undefined): { url?: string } {
  return url === undefined ? {} : { url };
}

const MaybeId = Id.nullish().catch(null);

/** Where webhooks of any age have the id of their project: old ones don't have it with the project. */
const WebhookProject = z.object({
  project: z.object({
    id: MaybeId,
    path_with_namespace: z.string().regex(/^[^/\s]+(?:\/[^/\s]+)+$/),
    web_url: z.url().max(1_000),
  }),
  project_id: MaybeId,
  object_attributes: z.object({ target_project_id: MaybeId, project_id: MaybeId }).nullish().catch(null),
});

/** The project that a webhook's payload names; undefined where it names none. */
export function projectOf(payload: unknown, host: string): ProjectFacts | undefined {
  const { data } = WebhookProject.safeParse(payload);
  if (!data) return undefined;
  const { project, project_id: beside, object_attributes: of } = data;
  const id = project.id ?? beside ?? of?.target_project_id ?? of?.project_id;
  if (id == null) return undefined;
  return { host, id, fullPath: project.path_with_namespace, webUrl: project.web_url.replace(/\/+$/, '') };
}
