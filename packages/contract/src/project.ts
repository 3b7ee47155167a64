import { z } from 'zod';
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
