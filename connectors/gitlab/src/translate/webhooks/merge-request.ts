import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { MergeRequest, type ShownFact, mergeRequestEvent, mergeRequestKey } from '../merge-request-facts.js';
import { Id, Sha, projectOf } from '../payload.js';
import { type Reason, ignored, unsupported } from '../reasons.js';
import { Flag } from '../ticket.js';

const Attributes = z.record(z.string(), z.unknown());

const MergeRequestWebhook = z.object({
  object_attributes: Attributes,
  /** Whoever did it; old servers don't say the id. */
  user: z
    .object({ id: Id.nullish().catch(null), username: z.string().nullish().catch(null) })
    .nullish()
    .catch(null)
    .transform((user) => ({ id: user?.id ?? undefined, username: user?.username?.trim() || undefined })),
  assignees: z.unknown().optional(),
  assignee: z.unknown().optional(),
  reviewers: z.unknown().optional(),
  labels: z.unknown().optional(),
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
type Action = z.output<typeof Action>;
const LastCommit = z.object({ id: z.unknown().optional() }).nullish().catch(null);

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

function updatesOf(
  { oldrev }: Action,
  { changes }: MergeRequestWebhook,
  { sha, updated_at: at }: MergeRequest,
): ShownFact[] {
  const facts: ShownFact[] = [];
  if (oldrev !== undefined && sha !== undefined) facts.push({ kind: 'updated', at, before: oldrev });
  const target = changes?.target_branch;
  if (target) facts.push({ kind: 'retargeted', at, before: target.previous });
  return facts;
}

/** None: no fact, or one that a webhook can't name. */
function factsOf(action: Action, webhook: MergeRequestWebhook, mergeRequest: MergeRequest): ShownFact[] {
  const { updated_at: at, merged_at } = mergeRequest;
  const { id, username } = webhook.user;
  switch (action.action) {
    case 'open':
      return [{ kind: 'opened' }];
    case 'merge':
      return [{ kind: 'merged', at: merged_at ?? at }];
    case 'update':
      return updatesOf(action, webhook, mergeRequest);
    case 'approved':
    case 'approval':
      return id === undefined ? [] : [{ kind: 'approved', at, by: { id, username } }];
    case 'unapproved':
    case 'unapproval':
      return id === undefined || action.system ? [] : [{ kind: 'unapproved', at, by: { id, username } }];
    default:
      return [];
  }
}

/** What has an id of its own, or a person whom the webhook doesn't name, is told by polling. */
function whyNot(action: string | undefined): Reason {
  const polled = /^(?:close|reopen|(?:un)?approv(?:ed|al))$/;
  return action !== undefined && polled.test(action) ? 'polled' : 'noChange';
}

/** Who opened or merged it is whoever the webhook is of. */
function withActor(
  mergeRequest: MergeRequest,
  action: string | undefined,
  actor: string | undefined,
): MergeRequest {
  if (action === 'open') return { ...mergeRequest, author: actor };
  return action === 'merge' ? { ...mergeRequest, merged_by: actor } : mergeRequest;
}

/** The webhook `merge_request`. How much it changes is told where polling has the fact first. */
export function mergeRequestWebhook(payload: unknown, host: string): Translation {
  const project = projectOf(payload, host);
  const { data } = MergeRequestWebhook.safeParse(payload);
  const read = data && mergeRequestIn(data);
  const { data: action } = Action.safeParse(data?.object_attributes);
  if (!project || !read || !action) return unsupported('merge_request');
  const facts = factsOf(action, data, read);
  if (facts.length === 0) return ignored(whyNot(action.action));
  const actor = data.user.username;
  const mergeRequest = withActor(read, action.action, actor);
  const events = facts.map((fact) => {
    const told = { key: mergeRequestKey(fact, mergeRequest, {}), actor };
    return mergeRequestEvent(fact, mergeRequest, told, project, {});
  });
  return { kind: 'events', events };
}
