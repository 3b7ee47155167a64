import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { translateDeployment, translateDeploymentStatus } from './deployment.js';
import { repositoryOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';

const Payload = z.object({ deployment: z.unknown(), deployment_status: z.unknown() }).partial();

/** A `deployment` webhook: GitHub sends it when one is created, and for nothing else. */
export function translateDeploymentWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = Payload.safeParse(payload);
  if (!repository || !data) return unsupported('deployment');
  return translateDeployment(data.deployment, repository, {});
}

/** A `deployment_status` webhook. It doesn't know the state before. */
export function translateDeploymentStatusWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = Payload.safeParse(payload);
  if (!repository || !data) return unsupported('deployment_status');
  return translateDeploymentStatus(data.deployment_status, data.deployment, null, repository, {});
}

/** Webhooks around deployments, by GitHub's name for them. */
export const deploymentWebhooks: Readonly<Record<string, (payload: unknown, host: string) => Translation>> = {
  deployment: translateDeploymentWebhook,
  deployment_status: translateDeploymentStatusWebhook,
  deployment_review: () => ignored('part'),
  deployment_protection_rule: () => ignored('part'),
};
