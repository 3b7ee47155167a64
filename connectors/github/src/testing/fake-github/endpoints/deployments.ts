import { type Shape, userOf, written } from '../shape.js';
import type { Deployment } from '../world/deployments.js';
import type { Repository } from '../world/repository.js';
import { type Reply, type RepositoryAsk, type Route, json, list, notFound, shown } from './reply.js';

function deploymentOf(deployment: Deployment, api: string, { fullName }: Repository): Shape<'deployment'> {
  const { id, sha, ref, environment, by } = deployment;
  const url = `${api}/repos/${fullName}/deployments/${id}`;
  return {
    id,
    node_id: `DE_${id}`,
    url,
    sha,
    ref,
    task: 'deploy',
    payload: {},
    original_environment: environment,
    environment,
    description: null,
    creator: userOf(by),
    created_at: written(deployment.createdAt),
    updated_at: written(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: `${api}/repos/${fullName}`,
    transient_environment: false,
    production_environment: environment === 'production',
  };
}

function deployments(ask: RepositoryAsk): Reply {
  const { query, repository, api } = ask;
  const environment = query.get('environment');
  const found = shown(repository.deployments, ask, ({ createdAt }) => createdAt);
  const wanted = found.filter((each) => environment === null || each.environment === environment);
  return list(wanted.map((deployment) => deploymentOf(deployment, api, repository)));
}

function statuses(ask: RepositoryAsk, id: string): Reply {
  const { repository, api } = ask;
  const deployment = repository.deployments.find((other) => other.id === Number(id));
  if (!deployment) return notFound;
  const url = `${api}/repos/${repository.fullName}/deployments/${id}`;
  return list(
    shown(deployment.statuses, ask, ({ at }) => at).map((status): Shape<'deployment-status'> => ({
      id: status.id,
      node_id: `DES_${status.id}`,
      url: `${url}/statuses/${status.id}`,
      state: status.state,
      creator: userOf(status.by),
      description: '',
      environment: deployment.environment,
      target_url: '',
      log_url: '',
      created_at: written(status.at),
      updated_at: written(status.at),
      deployment_url: url,
    })),
  );
}

export const deploymentRoutes: Route<RepositoryAsk>[] = [
  [/^deployments$/, deployments],
  [
    /^deployments\/(\d+)$/,
    ({ repository, api }, id) => {
      const found = repository.deployments.find((other) => other.id === Number(id));
      return found ? json(deploymentOf(found, api, repository)) : notFound;
    },
  ],
  [/^deployments\/(\d+)\/statuses$/, statuses],
];
