import type { Translation } from '@painchain/connector-sdk';
import { deployKeyWebhook, memberWebhook, teamAddWebhook, teamWebhook } from './access.js';
import type { Delivery } from './delivery.js';
import { deploymentWebhooks } from './deployment-webhook.js';
import { translateIssueWebhook } from './issue-webhook.js';
import { packageWebhook } from './package.js';
import { metaWebhook, rulesetWebhook } from './protection-webhook.js';
import { translatePullRequestWebhook } from './pull-webhook.js';
import { pushWebhook, refWebhook } from './push-webhook.js';
import { type Reason, ignored, unsupported } from './reasons.js';
import { releaseWebhook } from './release-webhook.js';
import { publicWebhook, repositoryWebhook } from './repository.js';
import { runWebhooks } from './run-webhook.js';

type Builder = (payload: unknown, host: string, delivery: Delivery) => Translation;

const builders: Readonly<Record<string, Builder>> = {
  push: pushWebhook,
  create: refWebhook,
  delete: refWebhook,
  release: releaseWebhook,
  pull_request: translatePullRequestWebhook,
  issues: translateIssueWebhook,
  ...runWebhooks,
  ...deploymentWebhooks,
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
  // What protects a branch looks otherwise by a webhook than when it is asked for.
  polled: ['branch_protection_rule', 'branch_protection_configuration', 'security_and_analysis'],
  part: ['pull_request_review'],
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
  if (Object.hasOwn(builders, event)) {
    return builders[event]?.(payload, host, delivery) ?? unsupported(event);
  }
  const reason = reasonOf.get(event);
  // The name is foreign, and what is unsupported is counted by its name.
  return reason === undefined ? unsupported('an unknown webhook') : ignored(reason);
}
