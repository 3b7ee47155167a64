import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Login, reading } from './payload.js';

type Schemas = components['schemas'];

/** Names of labels, which issues may have as plain texts. */
export const Labels = reading<Schemas['issue']['labels']>()(
  z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).catch([]),
).transform((labels) =>
  labels.map((label) => (typeof label === 'string' ? label : label.name)).filter((name) => name != null),
);

/** Logins of those whose accounts are still there. */
export const Logins = z
  .array(Login)
  .nullish()
  .catch(null)
  .transform((logins) => (logins ?? []).filter((login) => login !== undefined));

export const Milestone = reading<Schemas['nullable-milestone']>()(
  z.object({ title: z.string() }).nullish().catch(null),
).transform((milestone) => milestone?.title);

/** GitHub notes one thing twice, as in `closed_at` and in the event of it, up to a second apart. */
const noteSkewMs = 2_000;

export function sameMoment(one: string, other: string | null | undefined): boolean {
  return other != null && Math.abs(Date.parse(one) - Date.parse(other)) <= noteSkewMs;
}
