import { type Shape, written } from '../shape.js';
import type { PackageRecord, PackageVersion } from '../world/packages.js';
import type { Repository } from '../world/repository.js';
import { type Ask, type Reply, type Route, list, notFound } from './reply.js';

function packageOf(image: PackageRecord, repository: Repository): Shape<'package'> {
  return {
    id: image.id,
    name: image.name,
    package_type: 'container',
    owner: { login: repository.owner.login, id: repository.owner.id },
    version_count: image.versions.length,
    visibility: 'private',
    html_url: `${repository.webUrl}/pkgs/container/${encodeURIComponent(image.name)}`,
    created_at: written(image.createdAt),
    updated_at: written(image.updatedAt),
    repository: { id: repository.id, name: repository.name, full_name: repository.fullName },
  };
}

function versionOf({ id, digest, tags, at, updatedAt }: PackageVersion): Shape<'package-version'> {
  return {
    id,
    name: digest,
    url: '',
    package_html_url: '',
    created_at: written(at),
    updated_at: written(updatedAt),
    metadata: { package_type: 'container', container: { tags } },
  };
}

function images({ world, account }: Ask, login: string): { image: PackageRecord; repository: Repository }[] {
  const wanted = decodeURIComponent(login).toLowerCase();
  if (!account.owners.has(wanted)) return [];
  return [...world.repositories.values()]
    .filter(({ owner }) => owner.login.toLowerCase() === wanted)
    .flatMap((repository) => repository.packages.map((image) => ({ image, repository })));
}

function versions(ask: Ask, login: string, name: string): Reply {
  const found = images(ask, login).find(({ image }) => image.name === decodeURIComponent(name));
  return found ? list(found.image.versions.toReversed().map(versionOf)) : notFound;
}

export const packageRoutes: Route<Ask>[] = [
  [
    /^(?:orgs|users)\/([^/]+)\/packages$/,
    (ask, login) => {
      if (ask.query.get('package_type') !== 'container') return list([]);
      return list(images(ask, login).map(({ image, repository }) => packageOf(image, repository)));
    },
  ],
  [/^(?:orgs|users)\/([^/]+)\/packages\/container\/([^/]+)\/versions$/, versions],
];
