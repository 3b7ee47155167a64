import type { Translation } from '@painchain/connector-sdk';
import type { ProjectFacts, Sighting } from './facts.js';
import { Issue, issueEvent } from './issue-facts.js';
import { ignored, unsupported } from './reasons.js';
import { readStateEvent } from './state-event.js';

/** That an issue was closed or opened again, from its list of state events. */
export function translateIssueState(
  payloads: { event: unknown; issue: unknown },
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const change = readStateEvent(payloads.event);
  const { data: issue } = Issue.safeParse(payloads.issue);
  if (change === null) return ignored('part');
  if (!change || !issue) return unsupported('state of an issue');
  if (issue.confidential) return ignored('confidential');
  const { id, kind, at, by: actor } = change;
  const told = { key: ['issue', String(issue.id), kind, String(id)], actor };
  return { kind: 'events', events: [issueEvent({ kind, at }, issue, told, project, sighting)] };
}
