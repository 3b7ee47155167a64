import type { Translation } from '@painchain/connector-sdk';
import { type Reason, ignored, unsupported } from './reasons.js';
import { deployKeyWebhook, memberWebhook, teamAddWebhook, teamWebhook } from './webhooks/access.js';
import type { Delivery } from './webhooks/delivery.js';
import { deploymentStatusWebhook, deploymentWebhook } from './webhooks/deployment.js';
import { issueWebhook } from './webhooks/issue.js';
import { packageWebhook } from './webhooks/package.js';
import { metaWebhook, rulesetWebhook } from './webhooks/protection.js';
import { pullRequestWebhook } from './webhooks/pull-request.js';
import { pushWebhook } from './webhooks/push.js';
import { releaseWebhook } from './webhooks/release.js';
import { publicWebhook, repositoryWebhook } from './webhooks/repository.js';
import { workflowRunWebhook } from './webhooks/workflow-run.js';

/**
 * What reads one kind of webhook. `translateWebhook` is the translator of all of them; those it hands over to are
 * called `…Webhook` and stand in `webhooks/`.
 */
type WebhookReader = (payload: unknown, host: string, delivery: Delivery) => Translation;

const readers: Readonly<Record<string, WebhookReader>> = {
  push: pushWebhook,
  release: releaseWebhook,
  pull_request: pullRequestWebhook,
  issues: issueWebhook,
  workflow_run: workflowRunWebhook,
  deployment: deploymentWebhook,
  deployment_status: deploymentStatusWebhook,
  package: packageWebhook,
  registry_package: packageWebhook,
  repository: repositoryWebhook,
  public: publicWebhook,
  repository_ruleset: rulesetWebhook,
  meta: metaWebhook,
  member: memberWebhook,
  team_add: teamAddWebhook,
  team: teamWebhook,
  deploy_key: deployKeyWebhook,
};

/** Events that are no changes of a repository, by the reason. */
const unwanted: Readonly<Partial<Record<Reason, readonly string[]>>> = {
  ping: ['ping'],
  // GitHub tells each of them as a push, too, which says more.
  push: ['create', 'delete'],
  // What protects a branch looks otherwise by a webhook than when it is asked for.
  fuller: ['branch_protection_rule', 'branch_protection_configuration', 'security_and_analysis'],
  part: ['deployment_protection_rule', 'deployment_review', 'pull_request_review', 'workflow_job'],
  check: ['check_run', 'check_suite', 'status'],
  conversation: [
    'commit_comment',
    'discussion',
    'discussion_comment',
    'issue_comment',
    'pull_request_review_comment',
    'pull_request_review_thread',
  ],
  popularity: ['fork', 'star', 'watch'],
  planning: [
    'issue_dependencies',
    'issue_relates_to',
    'label',
    'milestone',
    'project',
    'project_card',
    'project_column',
    'projects_v2',
    'projects_v2_item',
    'projects_v2_status_update',
    'sub_issues',
  ],
  alert: [
    'code_scanning_alert',
    'dependabot_alert',
    'repository_advisory',
    'repository_vulnerability_alert',
    'secret_scanning_alert',
    'secret_scanning_alert_location',
    'secret_scanning_scan',
    'security_advisory',
  ],
  trigger: ['merge_group', 'page_build', 'repository_dispatch', 'workflow_dispatch'],
  words: ['custom_property_values', 'gollum', 'repository_import'],
  foreign: [
    'custom_property',
    'github_app_authorization',
    'installation',
    'installation_repositories',
    'installation_target',
    'integration_installation',
    'integration_installation_repositories',
    'marketplace_purchase',
    'membership',
    'org_block',
    'organization',
    'personal_access_token_request',
    'sponsorship',
    'user',
  ],
};

const reasonOf = new Map<string, Reason>(
  Object.entries(unwanted).flatMap(([reason, events]) =>
    events.map((event) => [event, reason as Reason] as const),
  ),
);

/** What GitHub tells by itself, by the name that it gives in `X-GitHub-Event`. */
export function translateWebhook(
  event: string,
  payload: unknown,
  host: string,
  delivery: Delivery,
): Translation {
  if (Object.hasOwn(readers, event)) {
    return readers[event]?.(payload, host, delivery) ?? unsupported(event);
  }
  const reason = reasonOf.get(event);
  // The name is foreign, and what is unsupported is counted by its name.
  return reason === undefined ? unsupported('an unknown webhook') : ignored(reason);
}
