import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { translateRunCompleted, translateRunStarted } from '../workflow-run.js';

/**
 * The webhook `workflow_run`. It knows nothing of the run's jobs: which of them failed is told where polling has the
 * fact first.
 */
export function workflowRunWebhook(payload: unknown, host: string): Translation {
  const repository = repositoryOf(payload, host);
  const { data } = z.object({ action: z.string(), workflow_run: z.unknown() }).safeParse(payload);
  if (!repository || !data) return unsupported('workflow_run');
  if (data.action === 'in_progress') return translateRunStarted(data.workflow_run, repository, {});
  if (data.action === 'completed') return translateRunCompleted(data.workflow_run, null, repository, {});
  return ignored('noChange');
}
