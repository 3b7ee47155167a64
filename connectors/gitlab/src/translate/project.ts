import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { type ChangeSeen, identityChangeEvent } from '@painchain/connector-sdk/wording';
import type { ProjectFacts, Sighting } from './facts.js';
import { homeOf, pageOf, whenSeen } from './wording.js';

/** A change of what a project is. */
export type ProjectChange =
  | { field: 'full_path' | 'visibility' | 'default_branch'; before?: string | undefined; after: string }
  | { field: 'archived'; before?: boolean | undefined; after: boolean };

interface Words {
  type: string;
  title: string;
}

function namespaceOf(fullPath: string | undefined): string | undefined {
  return fullPath?.slice(0, fullPath.lastIndexOf('/'));
}

function wordsOf(change: ProjectChange): Words {
  const { field, before, after } = change;
  const from = before === undefined ? '' : ` from ${before}`;
  switch (field) {
    case 'full_path':
      // A group that is renamed moves its projects, too.
      return before !== undefined && namespaceOf(before) !== namespaceOf(after)
        ? { type: 'project_transferred', title: `Project moved${from} to ${after}` }
        : { type: 'project_renamed', title: `Project renamed${from} to ${after}` };
    case 'archived':
      return after
        ? { type: 'project_archived', title: 'Project archived' }
        : { type: 'project_unarchived', title: 'Project taken out of the archive' };
    case 'visibility':
      return { type: 'project_visibility_changed', title: `Project made ${after}` };
    case 'default_branch':
      return { type: 'default_branch_changed', title: `Default branch changed${from} to ${after}` };
  }
}

/** As `translateProjectChange`, for whoever knows more of who and when. */
export function projectEvent(change: ProjectChange, project: ProjectFacts, seen: ChangeSeen): SourceEvent {
  const { field, before, after } = change;
  const told = { field, before, after, ...wordsOf(change) };
  return identityChangeEvent(told, homeOf(project), pageOf(project), seen);
}

/** A difference between two looks at what a project is. */
export function translateProjectChange(
  change: ProjectChange,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const seen = { when: whenSeen('', sighting), sighting };
  return { kind: 'events', events: [projectEvent(change, project, seen)] };
}
