import type { Repository } from '../world/repository.js';
import { configurationRoutes } from './configuration.js';
import { deploymentRoutes } from './deployments.js';
import { gitRoutes } from './git.js';
import { issueRoutes } from './issues.js';
import { packageRoutes } from './packages.js';
import { pullRoutes } from './pulls.js';
import { releaseRoutes } from './releases.js';
import { type Ask, type Reply, type RepositoryAsk, type Route, notFound } from './reply.js';
import { accountRoutes, repositoryRoutes } from './repositories.js';
import { runRoutes } from './runs.js';

const insideRepository: Route<RepositoryAsk>[] = [
  ...repositoryRoutes,
  ...gitRoutes,
  ...pullRoutes,
  ...issueRoutes,
  ...runRoutes,
  ...deploymentRoutes,
  ...releaseRoutes,
  ...configurationRoutes,
];
const outside: Route<Ask>[] = [...accountRoutes, ...packageRoutes];

/** Where a repository that was asked for by a former name is found now. */
export interface Moved {
  kind: 'moved';
  to: string;
}

function route<A extends Ask>(routes: readonly Route<A>[], path: string, ask: A): Reply {
  for (const [pattern, answer] of routes) {
    const [whole, ...found] = pattern.exec(path) ?? [];
    if (whole !== undefined) return answer(ask, ...found);
  }
  return notFound;
}

const refusals: Record<NonNullable<Repository['refused']>, string> = {
  403: 'Resource not accessible by personal access token',
  404: 'Not Found',
  410: 'Issues are disabled for this repo',
  451: 'Repository access blocked',
};

function inRepository(ask: Ask, repository: Repository, rest: string): Reply {
  if (!ask.account.owners.has(repository.owner.login.toLowerCase())) return notFound;
  const { refused: status } = repository;
  if (status !== undefined) return { kind: 'refused', status, message: refusals[status] };
  return route(insideRepository, rest, { ...ask, repository });
}

/** The answer to a path under the base URL, without the slash it begins with. */
export function answer(path: string, ask: Ask): Reply | Moved {
  const [, id, byId = ''] = /^repositories\/(\d+)(?:\/(.*))?$/.exec(path) ?? [];
  if (id !== undefined) {
    const repository = ask.world.repositories.get(Number(id));
    return repository ? inRepository(ask, repository, byId) : notFound;
  }
  const [, fullName, rest = ''] = /^repos\/([^/]+\/[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  if (fullName === undefined) return route(outside, path, ask);
  const found = ask.world.find(decodeURIComponent(fullName));
  if (!found) return notFound;
  const { repository, moved } = found;
  if (!moved) return inRepository(ask, repository, rest);
  const query = ask.query.size > 0 ? `?${ask.query.toString()}` : '';
  const inside = rest === '' ? '' : `/${rest}`;
  return { kind: 'moved', to: `${ask.api}/repositories/${repository.id}${inside}${query}` };
}
