import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { type Reason, ignored, unsupported } from './reasons.js';
import type { Delivery } from './webhooks/delivery.js';
import { deploymentWebhook } from './webhooks/deployment.js';
import { issueWebhook } from './webhooks/issue.js';
import { jobWebhook } from './webhooks/job.js';
import { mergeRequestWebhook } from './webhooks/merge-request.js';
import { noteWebhook } from './webhooks/note.js';
import { pipelineWebhook } from './webhooks/pipeline.js';
import { projectWebhook } from './webhooks/project.js';
import { pushWebhook, repositoryUpdateWebhook } from './webhooks/push.js';
import { releaseWebhook } from './webhooks/release.js';

/**
 * What reads one kind of webhook. `translateWebhook` is the translator of all of them; those it hands over to are
 * called `…Webhook` and stand in `webhooks/`.
 */
type WebhookReader = (payload: unknown, host: string, delivery: Delivery) => Translation;

const readers: Readonly<Record<string, WebhookReader>> = {
  push: pushWebhook,
  tag_push: pushWebhook,
  repository_update: repositoryUpdateWebhook,
  merge_request: mergeRequestWebhook,
  issue: issueWebhook,
  pipeline: pipelineWebhook,
  build: jobWebhook,
  deployment: deploymentWebhook,
  release: releaseWebhook,
  note: noteWebhook,
  project_create: projectWebhook,
  project_destroy: projectWebhook,
  project_rename: projectWebhook,
  project_transfer: projectWebhook,
  project_update: projectWebhook,
};

/** Webhooks that are no changes of a project, by the reason. */
const unwanted: Readonly<Partial<Record<Reason, readonly string[]>>> = {
  // What it does, and for whom, only asking says.
  fuller: ['feature_flag'],
  access: [
    'user_access_request_denied_for_group',
    'user_access_request_denied_for_project',
    'user_access_request_revoked_for_group',
    'user_access_request_revoked_for_project',
    'user_access_request_to_group',
    'user_access_request_to_project',
    'user_add_to_group',
    'user_add_to_team',
    'user_remove_from_group',
    'user_remove_from_team',
    'user_update_for_group',
    'user_update_for_team',
  ],
  alert: ['access_token', 'vulnerability'],
  conversation: ['emoji', 'wiki_page'],
  planning: ['milestone', 'work_item'],
  foreign: [
    'gitlab_subscription_member_approval',
    'gitlab_subscription_member_approvals',
    'group_create',
    'group_destroy',
    'group_rename',
    'key_create',
    'key_destroy',
    'subgroup_create',
    'subgroup_destroy',
    'user_create',
    'user_destroy',
    'user_failed_login',
    'user_rename',
  ],
};

const reasonOf = new Map<string, Reason>(
  Object.entries(unwanted).flatMap(([reason, kinds]) =>
    kinds.map((kind) => [kind, reason as Reason] as const),
  ),
);

const Named = z.object({
  object_kind: z.string().nullish().catch(null),
  event_name: z.string().nullish().catch(null),
});

/** Hooks of projects and groups have an `object_kind`, those of a whole server and of members an `event_name`. */
function kindOf(payload: unknown): string | undefined {
  const { data } = Named.safeParse(payload);
  return data?.object_kind ?? data?.event_name ?? undefined;
}

/** What GitLab tells by itself: hooks of projects, of groups and of a whole server. */
export function translateWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const kind = kindOf(payload);
  if (kind === undefined) return unsupported('a webhook without a kind');
  if (Object.hasOwn(readers, kind)) return readers[kind]?.(payload, host, delivery) ?? unsupported(kind);
  const reason = reasonOf.get(kind);
  // The name is foreign, and what is unsupported is counted by its name.
  return reason === undefined ? unsupported('an unknown webhook') : ignored(reason);
}
