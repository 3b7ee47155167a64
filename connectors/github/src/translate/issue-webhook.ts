import type { Translation } from '@painchain/connector-sdk';
import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Issue, type IssueFact, issueEvent } from './issue-facts.js';
import { Login, reading, repositoryOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';

const IssueWebhook = reading<components['schemas']['webhook-issues-closed']>()(
  z.object({ action: z.string(), issue: Issue, sender: Login }),
);

/** What has an event of its own in the list of issue events, by whose id it is told. */
const polled = new Set(['reopened', 'labeled', 'unlabeled']);

function factOf(action: string, issue: Issue): IssueFact | undefined {
  if (action === 'opened') return { kind: 'opened' };
  if (action !== 'closed' || !issue.closed_at) return undefined;
  return { kind: 'closed', at: issue.closed_at, reason: issue.state_reason ?? undefined };
}

/** An `issues` webhook. */
export function translateIssueWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = IssueWebhook.safeParse(payload);
  if (!repository || !data) return unsupported('issues');
  if (polled.has(data.action)) return ignored('polled');
  const fact = factOf(data.action, data.issue);
  if (!fact) return ignored('noChange');
  return { kind: 'events', events: [issueEvent(fact, data.issue, data.sender, repository, {})] };
}
