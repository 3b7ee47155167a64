import type { Translation } from '@painchain/connector-sdk';
import type { ProjectFacts, Sighting } from './facts.js';
import { Issue, issueEvent, openedKey } from './issue-facts.js';
import { ignored, unsupported } from './reasons.js';

/** That an issue was opened, from the list of issues. */
export function translateIssue(payload: unknown, project: ProjectFacts, sighting: Sighting): Translation {
  const { data: issue } = Issue.safeParse(payload);
  if (!issue) return unsupported('issue');
  if (issue.confidential) return ignored('confidential');
  const told = { key: openedKey(issue), actor: issue.author };
  return { kind: 'events', events: [issueEvent({ kind: 'opened' }, issue, told, project, sighting)] };
}
