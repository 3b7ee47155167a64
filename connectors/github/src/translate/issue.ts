import type { Translation } from '@painchain/connector-sdk';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Issue, issueEvent, openedKey } from './issue-facts.js';
import { ignored, unsupported } from './reasons.js';

/** That an issue was opened, from the list of issues, in which pull requests stand as well. */
export function translateIssue(
  payload: unknown,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: issue } = Issue.safeParse(payload);
  if (!issue) return unsupported('issue');
  if (issue.pull_request) return ignored('pullRequest');
  const told = { key: openedKey(issue), actor: issue.user };
  return { kind: 'events', events: [issueEvent({ kind: 'opened' }, issue, told, repository, sighting)] };
}
