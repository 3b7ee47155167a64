import type { Project } from '../world/project.js';
import { configurationRoutes } from './configuration.js';
import { deploymentRoutes } from './deployments.js';
import { gitRoutes } from './git.js';
import { issueRoutes } from './issues.js';
import { mergeRequestRoutes } from './merge-requests.js';
import { pipelineRoutes } from './pipelines.js';
import { outsideRoutes, projectRoutes } from './projects.js';
import { registryRoutes, releaseRoutes } from './releases.js';
import { type Ask, type ProjectAsk, type Reply, type Route, notFound, refused } from './reply.js';

const insideProject: Route<ProjectAsk>[] = [
  ...projectRoutes,
  ...gitRoutes,
  ...mergeRequestRoutes,
  ...issueRoutes,
  ...pipelineRoutes,
  ...deploymentRoutes,
  ...releaseRoutes,
  ...registryRoutes,
  ...configurationRoutes,
];

/** Where a project that was asked for by a former path is found now. */
export interface Moved {
  kind: 'moved';
  to: string;
}

function route<A extends Ask>(routes: readonly Route<A>[], path: string, ask: A): Reply {
  for (const [pattern, answer] of routes) {
    const [whole, ...found] = pattern.exec(path) ?? [];
    if (whole !== undefined) return answer(ask, ...found.map(decodeURIComponent));
  }
  return notFound();
}

function inProject(ask: Ask, project: Project, rest: string): Reply {
  if (!ask.account.groups.has(project.topGroup)) return notFound('404 Project Not Found');
  if (project.refused === 403) return refused(403, '403 Forbidden');
  if (project.refused === 404) return notFound('404 Project Not Found');
  return route(insideProject, rest, { ...ask, project });
}

/** The answer to a path under `/api/v4`, without the slash it begins with. */
export function answer(path: string, ask: Ask): Reply | Moved {
  const [, named, rest = ''] = /^projects\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  if (named === undefined) return route(outsideRoutes, path, ask);
  const { world, query, api } = ask;
  const byId = /^\d+$/.test(named) ? world.projects.get(Number(named)) : undefined;
  const found = byId ? { project: byId, moved: false } : world.find(decodeURIComponent(named));
  if (!found) return notFound('404 Project Not Found');
  if (!found.moved) return inProject(ask, found.project, rest);
  const inside = rest === '' ? '' : `/${rest}`;
  const question = query.size > 0 ? `?${query.toString()}` : '';
  return { kind: 'moved', to: `${api}/projects/${found.project.id}${inside}${question}` };
}
