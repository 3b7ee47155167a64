import { z } from 'zod';
import { anyOf } from './any-of.js';
import { limits } from './limits.js';
import { Timestamp } from './timestamp.js';

/** Where things change: a repository, a cluster and namespace. Appears with its first event or source. */
export const ProjectView = z
  .object({
    name: z.string(),
    connector: z.string(),
    tags: z.array(z.string()),
    events: z.int().nonnegative().meta({ description: 'Stored events, backfill included.' }),
    last_event_at: Timestamp.nullable(),
  })
  .meta({ id: 'ProjectView' });
export type ProjectView = z.infer<typeof ProjectView>;

export const ProjectList = z
  .object({ projects: z.array(ProjectView), next_cursor: z.string().nullable() })
  .meta({ id: 'ProjectList' });
export type ProjectList = z.infer<typeof ProjectList>;

/** Which projects to list; several connectors or tags mean any of them, `q` is the beginning of the name. */
export const ProjectQuery = z
  .strictObject({
    connector: anyOf(limits.connector),
    tag: anyOf(limits.tag),
    q: z.string().max(limits.project).optional(),
    cursor: z.string().max(2_000).optional(),
    limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
  })
  .meta({ id: 'ProjectQuery' });
export type ProjectQuery = z.infer<typeof ProjectQuery>;
