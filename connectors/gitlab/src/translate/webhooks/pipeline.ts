import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { projectOf } from '../payload.js';
import { Pipeline, isCompleted, translatePipelineCompleted, translatePipelineStarted } from '../pipeline.js';
import { ignored, unsupported } from '../reasons.js';

/**
 * Its variables are left alone: they may be secrets. https://docs.gitlab.com/user/project/integrations/webhook_events/
 */
const Payload = z.object({
  object_attributes: z.object({ url: z.unknown().optional() }).loose(),
  user: z.unknown().optional(),
  commit: z.unknown().optional(),
  merge_request: z.unknown().optional(),
  source_pipeline: z.unknown().optional(),
  builds: z.array(z.unknown()).nullish().catch(null),
});

/** The webhook `pipeline`: sent for every status that one comes to. */
export function pipelineWebhook(payload: unknown, host: string): Translation {
  const project = projectOf(payload, host);
  const { data } = Payload.safeParse(payload);
  if (!project || !data) return unsupported('pipeline');
  const { object_attributes: attributes, builds, ...beside } = data;
  const told = { ...attributes, web_url: attributes.url, ...beside };
  const { data: pipeline } = Pipeline.safeParse(told);
  if (!pipeline) return unsupported('pipeline');
  // No list shows the children of a pipeline: their failed jobs are told with it.
  if (pipeline.source === 'parent_pipeline') return ignored('part');
  if (isCompleted(pipeline)) return translatePipelineCompleted(told, builds ?? null, project, {});
  // One that has completed before runs again: that it had started is known.
  const starts = pipeline.status === 'running' && !pipeline.finished_at;
  return starts ? translatePipelineStarted(told, project, {}) : ignored('noChange');
}
