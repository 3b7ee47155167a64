import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { mergeRequestIn } from './merge-request-ref.js';
import { Id, Instant, Link, Sha, Username, actorOf } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import {
  backfillOf,
  changeRef,
  commitRef,
  firstLine,
  pageOf,
  refsOf,
  short,
  versionRef,
  whenSeen,
} from './wording.js';

const Word = z.string().nullish().catch(null);
const When = Instant.nullish().catch(null);

/** The job that deploys; none where somebody has told GitLab of a deployment. */
const Deployable = z.object({
  id: Id,
  status: Word,
  name: Word,
  tag: z.boolean().nullish().catch(null),
  started_at: When,
  finished_at: When,
  web_url: Link,
  commit: z.object({ title: Word, message: Word }).nullish().catch(null),
  pipeline: z.object({ id: Id }).nullish().catch(null),
});

/** https://docs.gitlab.com/api/deployments/ Old servers let its job tell its status. */
export const Deployment = z
  .object({
    id: Id,
    ref: Word,
    sha: Sha.nullish().catch(null),
    status: z.string().min(1).nullish(),
    created_at: When,
    updated_at: When,
    user: Username,
    environment: z.object({ name: z.string(), external_url: Link, tier: Word }).nullish().catch(null),
    deployable: Deployable.nullish().catch(null),
  })
  .transform((read) => ({ ...read, status: read.status ?? read.deployable?.status ?? 'created' }));
export type Deployment = z.output<typeof Deployment>;

const endings: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

/** Whether it goes on by itself: its job may wait for a human, or for its time, and it for an approval. */
export function goesOn({ status, deployable }: Pick<Deployment, 'status' | 'deployable'>): boolean {
  const waits = status === 'blocked' || ['manual', 'scheduled'].includes(deployable?.status ?? '');
  return !endings.has(status) && !waits;
}

/** Whether its job has begun, so that it has been running, whatever became of it. */
export function hasRun({ status, deployable }: Deployment): boolean {
  return status === 'running' || Boolean(deployable?.started_at);
}

/** When it came to a status: the job says it, else whatever has touched the deployment last. */
export function reachedAt(
  { deployable, updated_at, created_at }: Deployment,
  status: string,
): string | undefined {
  if (status === 'created') return created_at ?? updated_at ?? undefined;
  const byJob = status === 'running' ? deployable?.started_at : deployable?.finished_at;
  const isOfJob = status === 'running' || endings.has(status);
  return (isOfJob ? byJob : undefined) ?? updated_at ?? created_at ?? undefined;
}

function environmentOf({ environment }: Deployment): string | undefined {
  return environment?.name.trim() || undefined;
}

/** Where it goes; a deployment without an environment has none that could be named. */
function placeOf(deployment: Deployment): string {
  const environment = environmentOf(deployment);
  return environment === undefined ? '' : ` to ${environment}`;
}

const words: Readonly<Record<string, string>> = {
  running: 'is running',
  failed: 'failed',
  canceled: 'was cancelled',
  skipped: 'was skipped',
  blocked: 'waits for approval',
};

function statusTitle(deployment: Deployment): string {
  const { status } = deployment;
  const place = placeOf(deployment);
  if (status === 'success') return `Deployed${place}`;
  const ending = Object.hasOwn(words, status) ? words[status] : undefined;
  return ending === undefined ? `Deployment${place}: ${status}` : `Deployment${place} ${ending}`;
}

function dataOf(deployment: Deployment): object {
  const { ref, sha, user, environment, deployable, created_at: createdAt } = deployment;
  const name = environmentOf(deployment);
  const mergeRequest = mergeRequestIn(ref);
  const message = firstLine(deployable?.commit?.title ?? deployable?.commit?.message ?? '', '');
  return {
    ...(name !== undefined && { environment: name }),
    ...(environment?.tier && { tier: environment.tier }),
    ...(ref && { ref }),
    ...(sha && { commit: sha }),
    ...(mergeRequest !== undefined && { merge_requests: [mergeRequest] }),
    ...(message !== '' && { commit_message: message }),
    ...(user && { creator: user }),
    ...(deployable?.name && { job: deployable.name }),
    ...(deployable?.pipeline && { pipeline_id: deployable.pipeline.id }),
    ...(deployable?.web_url && { log_url: deployable.web_url }),
    ...(environment?.external_url && { environment_url: environment.external_url }),
    ...(createdAt && { created_at: createdAt }),
  };
}

/** What both of its facts share: where, what, and how it is found again. */
function commonOf(deployment: Deployment, project: ProjectFacts, sighting: Sighting) {
  const { id, ref, sha, user, deployable } = deployment;
  const environment = environmentOf(deployment);
  const mergeRequest = mergeRequestIn(ref);
  const page =
    deployable?.web_url ?? pageOf(project, deployable ? `jobs/${deployable.id}` : 'environments').url;
  return {
    project: project.fullPath,
    ...(environment !== undefined && { environment }),
    ...actorOf(user),
    ...(page !== undefined && { url: page }),
    subject: `${project.fullPath}/deployment/${id}`,
    refs: refsOf(
      sha ? commitRef(sha) : undefined,
      environment === undefined ? undefined : `env:${environment}`,
      deployable?.pipeline ? `run:${project.fullPath}/${deployable.pipeline.id}` : undefined,
      mergeRequest === undefined ? undefined : changeRef(project, '!', mergeRequest),
      deployable?.tag === true && ref ? versionRef(project, ref) : undefined,
    ),
    ...backfillOf(sighting),
  };
}

/** That there is a deployment. It says nothing yet of how it goes. */
export function translateDeployment(
  payload: unknown,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: deployment } = Deployment.safeParse(payload);
  const instant = deployment && reachedAt(deployment, 'created');
  if (!deployment || instant === undefined) return unsupported('deployment');
  const { id, ref, sha } = deployment;
  const mergeRequest = mergeRequestIn(ref);
  const what = mergeRequest === undefined ? (ref ?? (sha ? short(sha) : `#${id}`)) : `!${mergeRequest}`;
  return {
    kind: 'events',
    events: [
      {
        ...commonOf(deployment, project, sighting),
        key_parts: [project.host, 'deployment', String(id)],
        title: `Deployment of ${what}${placeOf(deployment)} created`,
        type: 'deployment',
        ...whenSeen(instant, sighting),
        status: 'created',
        data: { state: 'created', ...dataOf(deployment) },
      },
    ],
  };
}

/** A status that a deployment has come to. */
export function translateDeploymentStatus(
  payload: unknown,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: deployment } = Deployment.safeParse(payload);
  const instant = deployment && reachedAt(deployment, deployment.status);
  if (!deployment || instant === undefined) return unsupported('deployment');
  const { id, status } = deployment;
  if (status === 'created') return ignored('noChange');
  return {
    kind: 'events',
    events: [
      {
        ...commonOf(deployment, project, sighting),
        key_parts: [project.host, 'deployment_status', String(id), status],
        title: statusTitle(deployment),
        type: 'deployment_status',
        ...whenSeen(instant, sighting),
        status,
        data: { state: status, ...dataOf(deployment) },
      },
    ],
  };
}
