import type { components } from '@octokit/openapi-types';
import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { RepositoryFacts, Sighting } from './facts.js';
import { Id, Instant, Link, Login, Sha, actorOf, reading, urlOf } from './payload.js';
import { unsupported } from './reasons.js';
import { backfillOf, commitRef, pageOf, refsOf, short, versionRef, whenSeen } from './wording.js';

type Schemas = components['schemas'];

export const Deployment = reading<Schemas['deployment']>()(
  z.object({
    id: Id,
    sha: Sha,
    ref: z.string().nullish(),
    task: z.string().nullish(),
    environment: z.string().nullish(),
    original_environment: z.string().nullish(),
    description: z.string().nullish(),
    creator: Login,
    created_at: Instant,
    updated_at: Instant,
    transient_environment: z.boolean().nullish(),
    production_environment: z.boolean().nullish(),
  }),
);
export type Deployment = z.output<typeof Deployment>;

export const DeploymentStatus = reading<Schemas['deployment-status']>()(
  z.object({
    id: Id,
    state: z.string(),
    environment: z.string().nullish(),
    description: z.string().nullish(),
    creator: Login,
    created_at: Instant,
    environment_url: Link,
    log_url: Link,
    // The same under its old name.
    target_url: Link,
  }),
);
export type DeploymentStatus = z.output<typeof DeploymentStatus>;

const endings: Readonly<Record<string, string>> = {
  pending: 'is pending',
  queued: 'is queued',
  in_progress: 'is in progress',
  failure: 'failed',
  error: 'ended with an error',
  inactive: 'is inactive',
};

/** Where it goes; a deployment without an environment has none that could be named. */
function placeOf(environment: string | undefined): string {
  return environment === undefined ? '' : ` to ${environment}`;
}

function statusTitle(state: string, environment: string | undefined): string {
  const place = placeOf(environment);
  if (state === 'success') return `Deployed${place}`;
  const ending = Object.hasOwn(endings, state) ? endings[state] : undefined;
  return ending === undefined ? `Deployment${place}: ${state}` : `Deployment${place} ${ending}`;
}

/** What both of its facts share: where, what, and how it is found again. */
function commonOf(deployment: Deployment, environment: string | undefined, repository: RepositoryFacts) {
  const { id, sha, ref } = deployment;
  const tag = ref?.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : undefined;
  return {
    project: repository.fullName,
    ...(environment !== undefined && { environment }),
    subject: `${repository.fullName}/deployment/${id}`,
    refs: refsOf(
      commitRef(sha),
      environment === undefined ? undefined : `env:${environment}`,
      tag === undefined ? undefined : versionRef(repository, tag),
    ),
  };
}

function deploymentData(deployment: Deployment, environment: string | undefined): object {
  const { ref, sha, task, creator, original_environment: original } = deployment;
  const { production_environment: production, transient_environment: transient } = deployment;
  return {
    ...(environment !== undefined && { environment }),
    ...(original && original !== environment && { original_environment: original }),
    ...(ref && { ref }),
    commit: sha,
    ...(task && { task }),
    ...(creator && { creator }),
    ...(typeof production === 'boolean' && { production }),
    ...(typeof transient === 'boolean' && { transient }),
  };
}

/** That a deployment was asked for. It says nothing yet of how it goes. */
export function translateDeployment(
  payload: unknown,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: deployment } = Deployment.safeParse(payload);
  if (!deployment) return unsupported('deployment');
  const { id, sha, ref, description, created_at: createdAt, creator } = deployment;
  const environment = deployment.environment?.trim() || undefined;
  const what = ref && ref !== sha ? ref.replace(/^refs\/(?:heads|tags)\//, '') : short(sha);
  return {
    kind: 'events',
    events: [
      {
        ...commonOf(deployment, environment, repository),
        key_parts: [repository.host, 'deployment', String(id)],
        title: `Deployment of ${what}${placeOf(environment)} created`,
        type: 'deployment',
        ...whenSeen(createdAt, sighting),
        status: 'pending',
        ...actorOf(creator),
        ...pageOf(repository, 'deployments'),
        ...backfillOf(sighting),
        data: {
          state: 'pending',
          ...deploymentData(deployment, environment),
          ...(description?.trim() && { description }),
        },
      },
    ],
  };
}

/** A state that a deployment has come to; `previous` is the one before, undefined where nobody knows. */
export function translateDeploymentStatus(
  payload: unknown,
  of: unknown,
  previous: string | null,
  repository: RepositoryFacts,
  sighting: Sighting,
): Translation {
  const { data: status } = DeploymentStatus.safeParse(payload);
  const { data: deployment } = Deployment.safeParse(of);
  if (!status || !deployment) return unsupported('deployment_status');
  const { id, state, created_at: createdAt, creator, log_url: log, target_url: target } = status;
  const environment = status.environment?.trim() || deployment.environment?.trim() || undefined;
  const description = status.description?.trim() || deployment.description?.trim();
  const logUrl = log ?? target;
  return {
    kind: 'events',
    events: [
      {
        ...commonOf(deployment, environment, repository),
        key_parts: [repository.host, 'deployment_status', String(id)],
        title: statusTitle(state, environment),
        type: 'deployment_status',
        ...whenSeen(createdAt, sighting),
        status: state,
        ...actorOf(creator),
        ...urlOf(logUrl ?? status.environment_url),
        ...backfillOf(sighting),
        data: {
          state,
          ...(previous !== null && { previous_state: previous }),
          ...deploymentData(deployment, environment),
          ...(description && { description }),
          ...(logUrl !== undefined && { log_url: logUrl }),
          ...(status.environment_url !== undefined && { environment_url: status.environment_url }),
          created_at: deployment.created_at,
        },
      },
    ],
  };
}
