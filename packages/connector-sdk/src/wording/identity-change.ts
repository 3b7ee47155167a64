import type { SourceEvent } from '../connector.js';
import type { ChangeSeen } from './configuration.js';
import type { Home } from './home.js';
import { windowData } from './sighting.js';

/** A change of what a repository or project is: its name, who sees it. */
export interface IdentityChange {
  /** What of it, as its forge calls that. */
  field: string;
  before?: string | boolean | undefined;
  after: string | boolean;
  type: string;
  title: string;
}

/** A change of what something is, as one event. `page` leads to it. */
export function identityChangeEvent(
  { field, before, after, type, title }: IdentityChange,
  { host, id, project }: Home,
  page: { url?: string },
  { when, actor, sighting }: ChangeSeen,
): SourceEvent {
  const again = sighting.again === undefined ? [] : [sighting.again];
  return {
    key_parts: [host, 'configuration', String(id), field, String(after), ...again],
    type,
    title,
    project,
    ...when,
    ...(actor !== undefined && { actor }),
    ...page,
    subject: `${project}/configuration/${field}`,
    data: {
      what: field,
      ...(before !== undefined && { before: { [field]: before } }),
      after: { [field]: after },
      ...windowData(sighting),
    },
  };
}
