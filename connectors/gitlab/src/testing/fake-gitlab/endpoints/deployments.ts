import type { Deployment, Environment } from '../world/deployments.js';
import type { Project } from '../world/project.js';
import { maybe, userOf, written } from '../written.js';
import { commitOf } from './git.js';
import {
  type ProjectAsk,
  type Reply,
  type Route,
  isRefused,
  json,
  list,
  notFound,
  refused,
  windowed,
} from './reply.js';

function environmentOf({ id, name, state, createdAt, updatedAt }: Environment, { world }: Project): object {
  return {
    id,
    name,
    slug: name,
    description: null,
    external_url: `https://${name}.example.com`,
    state,
    tier: name,
    created_at: written(world, createdAt),
    updated_at: written(world, updatedAt),
    auto_stop_at: null,
  };
}

function deploymentOf(deployment: Deployment, project: Project): object {
  const { id, iid, ref, sha, status, by, environment, pipeline } = deployment;
  const { world, webUrl } = project;
  return {
    id,
    iid,
    ref,
    sha,
    created_at: written(world, deployment.createdAt),
    updated_at: written(world, deployment.updatedAt),
    status,
    user: userOf(by),
    environment: environmentOf(environment, project),
    deployable: {
      id: id + 7_000_000,
      status,
      stage: 'deploy',
      name: `deploy ${environment.name}`,
      ref,
      tag: project.tags.has(ref),
      coverage: null,
      created_at: written(world, deployment.createdAt),
      started_at: maybe(world, deployment.startedAt),
      finished_at: maybe(world, deployment.finishedAt),
      user: userOf(by),
      commit: commitOf(sha, project),
      pipeline: pipeline === undefined ? null : { id: pipeline, project_id: project.id, sha, ref, status },
      web_url: `${webUrl}/-/jobs/${id + 7_000_000}`,
    },
  };
}

/** A window of time goes with the order of that time only: https://docs.gitlab.com/api/deployments/ */
function deployments(ask: ProjectAsk): Reply {
  const { project, query } = ask;
  const order = query.get('order_by') ?? 'id';
  const byChange = query.has('updated_after') || query.has('updated_before');
  if (byChange && order !== 'updated_at') {
    return refused(400, '400 (Bad request) "`updated_at` filter requires `updated_at` sort" not given');
  }
  if (query.has('finished_after') && order !== 'finished_at') {
    return refused(400, '400 (Bad request) "`finished_at` filter requires `finished_at` sort" not given');
  }
  const orders = ['id', 'iid', 'created_at', 'updated_at', 'finished_at', 'ref'];
  const found = windowed(project.deployments, ask, orders);
  if (isRefused(found)) return found;
  const [status, environment] = [query.get('status'), query.get('environment')];
  const wanted = found
    .filter((each) => status === null || each.status === status)
    .filter((each) => environment === null || each.environment.name === environment);
  return list(wanted.map((each) => deploymentOf(each, project)));
}

export const deploymentRoutes: Route<ProjectAsk>[] = [
  [/^deployments$/, deployments],
  [
    /^deployments\/(\d+)$/,
    ({ project }, id) => {
      const found = project.deployments.find((other) => other.id === Number(id));
      return found ? json({ ...deploymentOf(found, project), approvals: [] }) : notFound();
    },
  ],
  [
    /^environments$/,
    ({ project, query }) => {
      const states = query.get('states');
      const found = project.environments.filter(({ state }) => states === null || state === states);
      return list(found.map((environment) => environmentOf(environment, project)));
    },
  ],
  [
    /^environments\/(\d+)$/,
    ({ project }, id) => {
      const found = project.environments.find((other) => other.id === Number(id));
      return found ? json(environmentOf(found, project)) : notFound();
    },
  ],
];
