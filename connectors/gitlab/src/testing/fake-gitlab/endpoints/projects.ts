import type { Project } from '../world/project.js';
import type { Namespace, World } from '../world/world.js';
import { maybe, userOf, written } from '../written.js';
import { type Ask, type ProjectAsk, type Reply, type Route, json, list, notFound } from './reply.js';

function projectOf(project: Project, api: string): object {
  const { id, name, fullName, namespace, world, webUrl } = project;
  const last = project.events.at(-1)?.at ?? project.createdAt;
  return {
    id,
    description: null,
    name,
    name_with_namespace: fullName.split('/').join(' / '),
    path: name,
    path_with_namespace: fullName,
    created_at: written(world, project.createdAt),
    default_branch: project.branches.size === 0 ? null : project.defaultBranch,
    topics: [],
    ssh_url_to_repo: `git@gitlab.test:${fullName}.git`,
    http_url_to_repo: `${webUrl}.git`,
    web_url: webUrl,
    star_count: 0,
    forks_count: 0,
    // Moves by itself, as people come and look.
    last_activity_at: written(world, last),
    namespace: {
      id: namespace.id,
      kind: namespace.kind,
      path: namespace.fullPath.split('/').at(-1),
      full_path: namespace.fullPath,
    },
    _links: { self: `${api}/projects/${id}` },
    empty_repo: project.branches.size === 0,
    archived: project.archived,
    visibility: 'private',
    issues_enabled: true,
    merge_requests_enabled: true,
    jobs_enabled: true,
    container_registry_enabled: true,
    merge_method: 'merge',
    permissions: { project_access: { access_level: 20 }, group_access: null },
  };
}

const canRead = ({ account }: Ask, { topGroup, refused }: Project) =>
  account.groups.has(topGroup) && refused === undefined;

const inside = ({ fullPath }: Namespace, project: Project, deep: boolean) =>
  project.namespace.fullPath.toLowerCase() === fullPath.toLowerCase() ||
  (deep && project.namespace.fullPath.toLowerCase().startsWith(`${fullPath.toLowerCase()}/`));

function groupNamed(world: World, idOrPath: string): Namespace | undefined {
  const byPath = world.namespaces.get(idOrPath.toLowerCase());
  return byPath ?? [...world.namespaces.values()].find(({ id }) => String(id) === idOrPath);
}

function visible(ask: Ask): Project[] {
  const { query, world } = ask;
  const archived = query.get('archived');
  const after = Number(query.get('id_after') ?? 0);
  const found = [...world.projects.values()]
    .filter((project) => canRead(ask, project) && project.id > after)
    .filter((project) => archived === null || project.archived === (archived === 'true'))
    .toSorted((one, other) => one.id - other.id);
  return query.get('sort') === 'asc' ? found : found.reverse();
}

const toList = (projects: readonly Project[], { api }: Ask) =>
  list(
    projects.map((project) => projectOf(project, api)),
    'id',
  );

function projectsOf(ask: Ask, idOrPath: string, kind: Namespace['kind']): Reply {
  const namespace = groupNamed(ask.world, idOrPath);
  if (!namespace || namespace.kind !== kind || !seesGroup(ask, namespace))
    return notFound('404 Group Not Found');
  const deep = ask.query.get('include_subgroups') === 'true';
  return toList(
    visible(ask).filter((project) => inside(namespace, project, deep)),
    ask,
  );
}

const seesGroup = ({ account }: Ask, { fullPath }: Namespace) =>
  account.groups.has((fullPath.split('/')[0] ?? '').toLowerCase());

const groupOf = ({ id, fullPath, kind }: Namespace) => ({
  id,
  kind,
  name: fullPath.split('/').at(-1),
  path: fullPath.split('/').at(-1),
  full_path: fullPath,
  web_url: `https://gitlab.test/groups/${fullPath}`,
});

export const projectRoutes: Route<ProjectAsk>[] = [
  [/^$/, ({ project, api }) => json(projectOf(project, api))],
];

export const outsideRoutes: Route<Ask>[] = [
  [/^projects$/, (ask) => toList(visible(ask), ask)],
  [/^groups\/([^/]+)\/projects$/, (ask, group) => projectsOf(ask, group, 'group')],
  [/^users\/([^/]+)\/projects$/, (ask, user) => projectsOf(ask, user, 'user')],
  [
    /^(?:groups|namespaces)\/([^/]+)$/,
    (ask, group) => {
      const found = groupNamed(ask.world, group);
      return found && seesGroup(ask, found) ? json(groupOf(found)) : notFound('404 Group Not Found');
    },
  ],
  [
    /^groups\/([^/]+)\/(?:subgroups|descendant_groups)$/,
    (ask, group) => {
      const found = groupNamed(ask.world, group);
      if (!found || !seesGroup(ask, found)) return notFound('404 Group Not Found');
      const below = [...ask.world.namespaces.values()].filter(({ fullPath }) =>
        fullPath.startsWith(`${found.fullPath}/`),
      );
      return list(below.map(groupOf));
    },
  ],
  [/^user$/, ({ account }) => json({ ...userOf(account.username), id: account.id, bot: false })],
  [/^version$/, () => json({ version: '18.5.1-ee', revision: 'a1b2c3d4e5f' })],
  [
    /^metadata$/,
    () => json({ version: '18.5.1-ee', revision: 'a1b2c3d4e5f', kas: { enabled: false }, enterprise: true }),
  ],
  [
    /^personal_access_tokens\/self$/,
    ({ account, token, world }) =>
      json({
        id: token.id,
        name: token.name,
        revoked: false,
        created_at: written(world, world.now()),
        scopes: token.scopes,
        user_id: account.id,
        last_used_at: null,
        active: true,
        // A day, on which it works no more.
        expires_at: maybe(world, token.expires)?.slice(0, 10) ?? null,
      }),
  ],
];
