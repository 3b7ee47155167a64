import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import { Instant, Link, reading } from './payload.js';

const Step = z.object({ name: z.string(), conclusion: z.string().nullish() });

const WorkflowJob = reading<components['schemas']['job']>()(
  z
    .object({
      name: z.string(),
      conclusion: z.string().nullish(),
      completed_at: Instant.nullish().catch(null),
      html_url: Link,
      steps: z.array(Step).nullish().catch(null),
    })
    .transform(({ html_url: url, steps, ...job }) => ({
      ...job,
      url,
      steps: steps ?? [],
      // What is skipped, refused by a reviewer, or cancelled while it waits for a runner, has no steps.
      ran: (steps ?? []).length > 0 || job.conclusion === 'success',
    })),
);
export type WorkflowJob = z.output<typeof WorkflowJob>;

/** The jobs that can be read. */
export function readJobs(payloads: readonly unknown[]): WorkflowJob[] {
  return payloads.flatMap((payload) => WorkflowJob.safeParse(payload).data ?? []);
}

/** Steps of a job that are named. */
const namedSteps = 20;

/** A job as the event of its run tells it. */
export interface FailedJob {
  name: string;
  conclusion: string;
  failed_steps: string[];
  url?: string;
}

/** What made a run end as it did: a job that is cancelled for taking too long is to blame, where nobody failed. */
export function failedJobs(jobs: readonly WorkflowJob[], conclusion: string | null | undefined): FailedJob[] {
  const blamed = new Set(['failure', 'timed_out']);
  if (conclusion === 'cancelled' || conclusion === 'timed_out') blamed.add('cancelled');
  return jobs
    .filter((job) => blamed.has(job.conclusion ?? '') && (job.ran || job.conclusion !== 'cancelled'))
    .map(({ name, conclusion: ended, steps, url }) => ({
      name,
      conclusion: ended ?? '',
      failed_steps: steps
        .filter((step) => blamed.has(step.conclusion ?? ''))
        .slice(0, namedSteps)
        .map((step) => step.name),
      ...(url !== undefined && { url }),
    }));
}
