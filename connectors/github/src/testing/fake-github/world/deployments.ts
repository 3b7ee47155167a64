import type { Repository } from './repository.js';

export type DeploymentState =
  'pending' | 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

export interface DeploymentStatus {
  id: number;
  state: DeploymentState;
  by: string;
  at: number;
  visibleFrom: number;
}

export interface Deployment {
  id: number;
  sha: string;
  ref: string;
  environment: string;
  by: string;
  createdAt: number;
  updatedAt: number;
  statuses: DeploymentStatus[];
  visibleFrom: number;
}

export function deploy(repository: Repository, ref: string, environment: string, by: string): Deployment {
  const { world } = repository;
  const deployment: Deployment = {
    id: world.id(),
    sha: repository.branches.get(ref) ?? repository.tags.get(ref)?.commit ?? world.sha(),
    ref,
    environment,
    by,
    createdAt: world.now(),
    updatedAt: world.now(),
    statuses: [],
    visibleFrom: world.visibleFrom(),
  };
  repository.deployments.push(deployment);
  const { id, visibleFrom } = deployment;
  repository.fact('deployment', `deployment/${id}`, '', visibleFrom);
  return deployment;
}

/** Says how a deployment fares. One that succeeds makes those before it in its environment inactive. */
export function say(
  repository: Repository,
  deployment: Deployment,
  state: DeploymentState,
  by: string,
): void {
  const { world } = repository;
  const status = { id: world.id(), state, by, at: world.now(), visibleFrom: world.visibleFrom() };
  deployment.statuses.push(status);
  deployment.updatedAt = world.now();
  const visibleFrom = Math.max(status.visibleFrom, deployment.visibleFrom);
  repository.fact('deployment_status', `deployment/${deployment.id}`, state, visibleFrom);
  if (state !== 'success') return;
  const active = repository.deployments.filter(
    (other) =>
      other !== deployment &&
      other.environment === deployment.environment &&
      other.statuses.at(-1)?.state === 'success',
  );
  for (const other of active) say(repository, other, 'inactive', by);
}
