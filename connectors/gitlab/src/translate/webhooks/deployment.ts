import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { translateDeployment, translateDeploymentStatus } from '../deployment.js';
import { Id, projectOf } from '../payload.js';
import { unsupported } from '../reasons.js';

const Word = z.string().nullish().catch(null);

/** https://docs.gitlab.com/user/project/integrations/webhook_events/ */
const Payload = z.object({
  deployment_id: Id,
  deployable_id: Id.nullish().catch(null),
  deployable_url: z.unknown().optional(),
  status: z.string(),
  status_changed_at: z.unknown().optional(),
  environment: Word,
  environment_external_url: z.unknown().optional(),
  environment_tier: z.unknown().optional(),
  ref: Word,
  user: z.unknown().optional(),
  commit_url: Word,
  commit_title: Word,
});

/** The whole name of a commit, which only the address of its page has. */
function shaOf(page: string | null | undefined): string | undefined {
  return page?.split('/').at(-1);
}

/** The webhook `deployment`: sent for each status but the one that it is created with. */
export function deploymentWebhook(payload: unknown, host: string): Translation {
  const project = projectOf(payload, host);
  const { data } = Payload.safeParse(payload);
  if (!project || !data) return unsupported('deployment');
  const { environment, deployable_id: job } = data;
  const deployment = {
    id: data.deployment_id,
    ref: data.ref,
    sha: shaOf(data.commit_url),
    status: data.status,
    updated_at: data.status_changed_at,
    user: data.user,
    environment: environment && {
      name: environment,
      external_url: data.environment_external_url,
      tier: data.environment_tier,
    },
    deployable: job && { id: job, web_url: data.deployable_url, commit: { title: data.commit_title } },
  };
  const translate = data.status === 'created' ? translateDeployment : translateDeploymentStatus;
  return translate(deployment, project, {});
}
