import { type Shape, userOf, written } from '../shape.js';
import type { Repository } from '../world/repository.js';
import type { Account, Owner, World } from '../world/world.js';
import { type Ask, type Reply, type RepositoryAsk, type Route, json, list, notFound } from './reply.js';

function repositoryOf(repository: Repository, api: string): Shape<'full-repository'> {
  const { id, name, fullName, owner, archived } = repository;
  const pushed = repository.activities.at(-1)?.at ?? repository.createdAt;
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    private: true,
    visibility: 'private',
    owner: { ...userOf(owner.login), id: owner.id, type: owner.type },
    html_url: repository.webUrl,
    url: `${api}/repos/${fullName}`,
    description: null,
    fork: false,
    archived,
    disabled: false,
    default_branch: repository.defaultBranch,
    created_at: written(repository.createdAt),
    pushed_at: written(pushed),
    updated_at: written(pushed),
    topics: [],
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
  };
}

const canRead = (account: Account, { owner, refused }: Repository) =>
  account.owners.has(owner.login.toLowerCase()) && refused === undefined;

function visible({ world, account }: Ask, owner?: Owner): Repository[] {
  return [...world.repositories.values()].filter(
    (repository) => canRead(account, repository) && (!owner || repository.owner === owner),
  );
}

function ownerNamed(world: World, login: string, type?: Owner['type']): Owner | undefined {
  const owner = world.owners.get(login.toLowerCase());
  return owner && (type === undefined || owner.type === type) ? owner : undefined;
}

function repositoriesOf(ask: Ask, login: string, type: Owner['type']): Reply {
  const owner = ownerNamed(ask.world, login, type);
  if (!owner) return notFound;
  return list(visible(ask, owner).map((repository) => repositoryOf(repository, ask.api)));
}

export const repositoryRoutes: Route<RepositoryAsk>[] = [
  [/^$/, ({ repository, api }) => json(repositoryOf(repository, api))],
];

export const accountRoutes: Route<Ask>[] = [
  [/^orgs\/([^/]+)\/repos$/, (ask, login) => repositoriesOf(ask, login, 'Organization')],
  [/^users\/([^/]+)\/repos$/, (ask, login) => repositoriesOf(ask, login, 'User')],
  [
    /^(?:users|orgs)\/([^/]+)$/,
    ({ world }, login) => {
      const owner = ownerNamed(world, login);
      return owner ? json({ ...userOf(owner.login), id: owner.id, type: owner.type }) : notFound;
    },
  ],
  [
    /^user$/,
    ({ account }) => {
      const message = 'Resource not accessible by integration';
      if (account.app) return { kind: 'refused', status: 403, message };
      return json({ ...userOf(account.login), id: account.id });
    },
  ],
  [/^user\/repos$/, (ask) => list(visible(ask).map((repository) => repositoryOf(repository, ask.api)))],
  [
    /^installation\/repositories$/,
    (ask) => {
      if (!ask.account.app) return { kind: 'refused', status: 403, message: 'Must be an installation' };
      return list(
        visible(ask).map((repository) => repositoryOf(repository, ask.api)),
        { field: 'repositories' },
      );
    },
  ],
];
