import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts } from '../facts.js';
import { Id, Instant } from '../payload.js';
import { projectEvent } from '../project.js';
import { ignored, unsupported } from '../reasons.js';
import { type Delivery, whenReceived } from './delivery.js';

/** https://docs.gitlab.com/administration/system_hooks/ */
const ProjectPayload = z.object({
  event_name: z.string(),
  project_id: Id,
  path_with_namespace: z.string().regex(/^[^/\s]+(?:\/[^/\s]+)+$/),
  old_path_with_namespace: z.string().min(1).nullish().catch(null),
  created_at: Instant.nullish().catch(null),
});

/** A project's birth and end, which nobody is there to see by asking. */
function lifeOf(
  how: 'created' | 'deleted',
  project: ProjectFacts,
  delivery: Delivery,
  at?: string,
): SourceEvent {
  const { host, id, fullPath } = project;
  return {
    key_parts: [host, 'project', String(id), how],
    title: `Project ${fullPath} ${how}`,
    type: `project_${how}`,
    project: fullPath,
    ...(at === undefined ? whenReceived(delivery) : { timestamp: at, time_precision: 'exact' as const }),
    subject: `${fullPath}/configuration/project`,
    data: { project_path: fullPath },
  };
}

/** The system hooks `project_create`, `project_destroy`, `project_rename`, `project_transfer` and `project_update`. */
export function projectWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const { data } = ProjectPayload.safeParse(payload);
  if (!data) return unsupported('a project of another shape');
  const { event_name, project_id: id, path_with_namespace: fullPath, old_path_with_namespace: was } = data;
  // It doesn't say where a browser finds it.
  const project = { host, id, fullPath, webUrl: '' };
  switch (event_name) {
    case 'project_create':
      return { kind: 'events', events: [lifeOf('created', project, delivery, data.created_at ?? undefined)] };
    case 'project_destroy':
      return { kind: 'events', events: [lifeOf('deleted', project, delivery)] };
    case 'project_rename':
    case 'project_transfer': {
      // Its name may be another one while its path stays.
      if (was === fullPath) return ignored('words');
      const change = { field: 'full_path', before: was ?? undefined, after: fullPath } as const;
      const seen = { when: whenReceived(delivery), sighting: {} };
      return { kind: 'events', events: [projectEvent(change, project, seen)] };
    }
    case 'project_update':
      return ignored('fuller');
    default:
      return unsupported('a project of another kind');
  }
}
