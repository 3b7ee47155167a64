import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { Issue, issueEvent, openedKey } from '../issue-facts.js';
import { Username, projectOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';

const IssueWebhook = z.object({
  object_attributes: z.record(z.string(), z.unknown()),
  user: Username,
  assignees: z.unknown().optional(),
  assignee: z.unknown().optional(),
  labels: z.unknown().optional(),
});

const Action = z.object({ action: z.string().optional() });

/** What has an event of its own in the list of state events, by whose id it is told. */
const polled = new Set(['close', 'reopen']);

/** The webhook `issue`, also of incidents and tasks. */
export function issueWebhook(payload: unknown, host: string): Translation {
  const project = projectOf(payload, host);
  const { data } = IssueWebhook.safeParse(payload);
  if (!project || !data) return unsupported('issue');
  const { object_attributes: attributes, user: actor, assignees, assignee, labels } = data;
  const { data: issue } = Issue.safeParse({
    ...attributes,
    web_url: attributes['url'],
    issue_type: attributes['type'],
    author: undefined,
    assignees,
    assignee,
    labels: labels ?? attributes['labels'],
    milestone: undefined,
  });
  const action = Action.safeParse(attributes).data?.action;
  if (!issue) return unsupported('issue');
  if (issue.confidential) return ignored('confidential');
  if (action !== undefined && polled.has(action)) return ignored('polled');
  if (action !== 'open') return ignored('noChange');
  const opened = { ...issue, author: actor };
  const told = { key: openedKey(opened), actor };
  return { kind: 'events', events: [issueEvent({ kind: 'opened' }, opened, told, project, {})] };
}
