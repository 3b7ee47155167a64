import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { translateDeployment, translateDeploymentStatus } from '../deployment.js';
import { repositoryOf } from '../payload.js';
import { unsupported } from '../reasons.js';

const Payload = z.object({ deployment: z.unknown(), deployment_status: z.unknown() }).partial();

/** The webhook `deployment`: GitHub sends it when one is created, and for nothing else. */
export function deploymentWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = Payload.safeParse(payload);
  if (!repository || !data) return unsupported('deployment');
  return translateDeployment(data.deployment, repository, {});
}

/** The webhook `deployment_status`. It doesn't know the state before. */
export function deploymentStatusWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = Payload.safeParse(payload);
  if (!repository || !data) return unsupported('deployment_status');
  return translateDeploymentStatus(data.deployment_status, data.deployment, null, repository, {});
}
