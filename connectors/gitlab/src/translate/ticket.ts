import { z } from 'zod';
import { Instant, Username, Usernames } from './payload.js';

/** Names of labels: lists have them as texts, webhooks as objects, in which GitLab calls a name a title. */
export const Labels = z
  .array(
    z
      .union([z.string(), z.object({ title: z.string() }), z.object({ name: z.string() })])
      .nullable()
      .catch(null),
  )
  .nullish()
  .catch(null)
  .transform((labels) => (labels ?? []).flatMap((label) => (label === null ? [] : [nameOf(label)])));

function nameOf(label: string | { title: string } | { name: string }): string {
  if (typeof label === 'string') return label;
  return 'title' in label ? label.title : label.name;
}

export const Milestone = z
  .object({ title: z.string() })
  .nullish()
  .catch(null)
  .transform((milestone) => milestone?.title);

export const Words = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text?.trim() || undefined);

export const Flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((flag) => flag ?? undefined);

/** An instant that may be missing, or be none. */
export const MaybeInstant = Instant.nullish()
  .catch(null)
  .transform((instant) => instant ?? undefined);

/** Old servers know one only. */
export const assigned = { assignees: Usernames, assignee: Username };

export function assigneesOf({
  assignees,
  assignee,
}: {
  assignees: string[];
  assignee: string | undefined;
}): string[] {
  return assignees.length === 0 && assignee !== undefined ? [assignee] : assignees;
}
