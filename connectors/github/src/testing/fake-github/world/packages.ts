import type { Repository } from './repository.js';

export interface PackageVersion {
  id: number;
  digest: string;
  tags: string[];
  at: number;
  updatedAt: number;
}

/** A container image that belongs to a repository. */
export interface PackageRecord {
  id: number;
  name: string;
  createdAt: number;
  updatedAt: number;
  versions: PackageVersion[];
}

function imageNamed(repository: Repository, name: string): PackageRecord {
  const known = repository.packages.find((other) => other.name === name);
  if (known) return known;
  const now = repository.world.now();
  const image = { id: repository.world.id(), name, createdAt: now, updatedAt: now, versions: [] };
  repository.packages.push(image);
  return image;
}

/** A tag is at one version only. */
function takeFromOthers(repository: Repository, name: string, tags: readonly string[]): void {
  for (const version of imageNamed(repository, name).versions) {
    if (!version.tags.some((tag) => tags.includes(tag))) continue;
    version.tags = version.tags.filter((tag) => !tags.includes(tag));
    version.updatedAt = repository.world.now();
    repository.stand(`tags ${version.id}`, version.tags.toSorted().join(','));
  }
}

export function publishImage(repository: Repository, name: string, tags: string[]): PackageVersion {
  const { world } = repository;
  const now = world.now();
  const image = imageNamed(repository, name);
  takeFromOthers(repository, name, tags);
  const version = { id: world.id(), digest: `sha256:${world.chance.hex(64)}`, tags, at: now, updatedAt: now };
  image.versions.push(version);
  image.updatedAt = now;
  repository.stand(`tags ${version.id}`, tags.toSorted().join(','), { first: true });
  repository.fact('image_published', `package/${name}`, '', now);
  return version;
}

/** Puts a tag at a version that is there, such as `stable`. */
export function tagImage(repository: Repository, name: string, version: PackageVersion, tag: string): void {
  const now = repository.world.now();
  takeFromOthers(repository, name, [tag]);
  imageNamed(repository, name).updatedAt = now;
  version.tags = [...version.tags, tag];
  version.updatedAt = now;
  const words = `${version.digest} ${version.tags.toSorted().join(',')}`;
  const standing = repository.stand(`tags ${version.id}`, version.tags.toSorted().join(','));
  repository.fact('image_tagged', `package/${name}`, words, now, standing);
}
