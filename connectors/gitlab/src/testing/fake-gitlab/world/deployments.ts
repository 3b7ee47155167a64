import type { Project } from './project.js';

export type DeploymentStatus =
  'created' | 'running' | 'success' | 'failed' | 'canceled' | 'skipped' | 'blocked';

export interface Environment {
  id: number;
  name: string;
  state: 'available' | 'stopped';
  createdAt: number;
  updatedAt: number;
}

export interface Deployment {
  id: number;
  iid: number;
  sha: string;
  ref: string;
  environment: Environment;
  by: string;
  status: DeploymentStatus;
  createdAt: number;
  updatedAt: number;
  /** When its job began and ended. */
  startedAt: number | undefined;
  finishedAt: number | undefined;
  pipeline: number | undefined;
  visibleFrom: number;
}

const subjectOf = ({ id }: Deployment) => `deployment/${id}`;

function environmentNamed(project: Project, name: string): Environment {
  const { world, environments } = project;
  const known = environments.find((other) => other.name === name);
  if (known) {
    if (known.state === 'stopped') project.stand(`environment/${name}`, 'available');
    known.state = 'available';
    known.updatedAt = world.now();
    return known;
  }
  const [createdAt, updatedAt] = [world.now(), world.now()];
  const environment: Environment = { id: world.id(), name, state: 'available', createdAt, updatedAt };
  environments.push(environment);
  project.stand(`environment/${name}`, 'available');
  return environment;
}

export function deploy(project: Project, ref: string, name: string, by: string): Deployment {
  const { world } = project;
  const deployment: Deployment = {
    id: world.id(),
    iid: project.iid('deployment'),
    sha: project.branches.get(ref) ?? project.tags.get(ref)?.commit ?? world.sha(),
    ref,
    environment: environmentNamed(project, name),
    by,
    status: 'created',
    createdAt: world.now(),
    updatedAt: world.now(),
    startedAt: undefined,
    finishedAt: undefined,
    pipeline: project.pipelines.at(-1)?.id,
    visibleFrom: world.visibleFrom(),
  };
  project.deployments.push(deployment);
  project.fact('deployment', subjectOf(deployment), '', deployment.visibleFrom);
  return deployment;
}

/** Says how a deployment fares. That it has been running its job still says afterwards. */
export function say(project: Project, deployment: Deployment, status: DeploymentStatus): void {
  const { world } = project;
  deployment.status = status;
  deployment.updatedAt = world.now();
  if (status === 'running') deployment.startedAt = world.now();
  else deployment.finishedAt = world.now();
  const from = Math.max(world.now(), deployment.visibleFrom);
  project.fact('deployment_status', subjectOf(deployment), status, from);
}

export function stopEnvironment(project: Project, environment: Environment): void {
  environment.state = 'stopped';
  environment.updatedAt = project.world.now();
  const subject = `environment/${environment.name}`;
  const standing = project.stand(subject, 'stopped');
  project.fact('environment_stopped', subject, '', project.world.now(), standing);
}
