import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { MergeRequest, type ShownFact, mergeRequestEvent, mergeRequestKey } from '../merge-request-facts.js';
import { Id, Sha, Username, projectOf } from '../payload.js';
import { type Reason, ignored, unsupported } from '../reasons.js';
import { Flag } from '../ticket.js';

const Attributes = z.record(z.string(), z.unknown());

const MergeRequestWebhook = z.object({
  object_attributes: Attributes,
  user: z
    .object({ id: Id.nullish().catch(null) })
    .nullish()
    .catch(null),
  assignees: z.unknown(),
  assignee: z.unknown(),
  reviewers: z.unknown(),
  labels: z.unknown(),
  changes: z
    .object({ target_branch: z.object({ previous: z.string() }).optional().catch(undefined) })
    .nullish()
    .catch(null),
});
type MergeRequestWebhook = z.output<typeof MergeRequestWebhook>;

const Action = z.object({
  action: z.string().optional(),
  /** The head that was there before; given where it has moved. */
  oldrev: Sha.optional().catch(undefined),
  /** GitLab did it by itself: the user is whoever gave it a reason to. */
  system: Flag,
});
const LastCommit = z.object({ id: z.unknown() }).nullish().catch(null);
const Actor = z.object({ user: Username });

/** A webhook's payload in the shape of the API's. What webhooks know by ids only (author, milestone) is left out. */
function mergeRequestIn(webhook: MergeRequestWebhook): MergeRequest | undefined {
  const { object_attributes: attributes, assignees, assignee, reviewers, labels } = webhook;
  return MergeRequest.safeParse({
    ...attributes,
    web_url: attributes['url'],
    sha: LastCommit.parse(attributes['last_commit'])?.id,
    assignees,
    assignee,
    reviewers,
    labels: labels ?? attributes['labels'],
    milestone: undefined,
  }).data;
}

/** Undefined: no fact, or one that a webhook can't name. */
function factOf(
  { action, oldrev, system }: z.output<typeof Action>,
  { user, changes }: MergeRequestWebhook,
  mergeRequest: MergeRequest,
  username: string | undefined,
): ShownFact[] {
  const { updated_at: at } = mergeRequest;
  switch (action) {
    case 'open':
      return [{ kind: 'opened' }];
    case 'merge':
      return [{ kind: 'merged', at: mergeRequest.merged_at ?? at }];
    case 'update':
      return [
        ...(oldrev !== undefined && mergeRequest.sha !== undefined
          ? [{ kind: 'updated' as const, at, before: oldrev }]
          : []),
        ...(changes?.target_branch
          ? [{ kind: 'retargeted' as const, at, before: changes.target_branch.previous }]
          : []),
      ];
    case 'approved':
    case 'approval':
    case 'unapproved':
    case 'unapproval': {
      const kind = action.startsWith('un') ? 'unapproved' : 'approved';
      return user?.id == null || system ? [] : [{ kind, at, by: { id: user.id, username } }];
    }
    default:
      return [];
  }
}

/** What has an id of its own, or a person whom the webhook doesn't name, is told by polling. */
function whyNot(action: string | undefined): Reason {
  const polled = /^(?:close|reopen|(?:un)?approv(?:ed|al))$/;
  return action !== undefined && polled.test(action) ? 'polled' : 'noChange';
}

/** The webhook `merge_request`. How much it changes is told where polling has the fact first. */
export function mergeRequestWebhook(payload: unknown, host: string): Translation {
  const project = projectOf(payload, host);
  const { data } = MergeRequestWebhook.safeParse(payload);
  const mergeRequest = data && mergeRequestIn(data);
  const { data: action } = Action.safeParse(data?.object_attributes);
  if (!project || !mergeRequest || !action) return unsupported('merge_request');
  const actor = Actor.safeParse(payload).data?.user;
  const facts = factOf(action, data, mergeRequest, actor);
  if (facts.length === 0) return ignored(whyNot(action.action));
  const by = { ...mergeRequest, ...(action.action === 'open' && { author: actor }) };
  const of = action.action === 'merge' ? { ...by, merged_by: actor } : by;
  const events = facts.map((fact) =>
    mergeRequestEvent(fact, of, { key: mergeRequestKey(fact, of, {}), actor }, project, {}),
  );
  return { kind: 'events', events };
}
