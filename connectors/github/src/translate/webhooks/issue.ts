import type { Translation } from '@painchain/connector-sdk';
import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Issue, issueEvent, openedKey } from '../issue-facts.js';
import { Login, reading, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';

const IssueWebhook = reading<components['schemas']['webhook-issues-opened']>()(
  z.object({
    action: z.string(),
    issue: Issue,
    sender: Login,
    /** Of one that comes from another repository, where it was opened long ago. */
    changes: z.object({ old_issue: z.unknown().optional() }).optional().catch(undefined),
  }),
);

/** What has an event of its own in the list of issue events, by whose id it is told. */
const polled = new Set(['closed', 'reopened', 'labeled', 'unlabeled']);

/** The webhook `issues`. */
export function issueWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = IssueWebhook.safeParse(payload);
  if (!repository || !data) return unsupported('issues');
  const { action, issue, sender, changes } = data;
  if (polled.has(action)) return ignored('polled');
  if (action !== 'opened' || changes?.old_issue !== undefined) return ignored('noChange');
  const told = { key: openedKey(issue), actor: sender };
  return { kind: 'events', events: [issueEvent({ kind: 'opened' }, issue, told, repository, {})] };
}
