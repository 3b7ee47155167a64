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

export function publishImage(repository: Repository, name: string, tags: string[]): PackageVersion {
  const { world } = repository;
  const now = world.now();
  const known = repository.packages.find((other) => other.name === name);
  const image = known ?? { id: world.id(), name, createdAt: now, updatedAt: now, versions: [] };
  if (!known) repository.packages.push(image);
  // A tag is at one version only.
  for (const version of image.versions) {
    const left = version.tags.filter((tag) => !tags.includes(tag));
    if (left.length !== version.tags.length) setTags(repository, image, version, left);
  }
  const version = { id: world.id(), digest: `sha256:${world.chance.hex(64)}`, tags, at: now, updatedAt: now };
  image.versions.push(version);
  image.updatedAt = now;
  repository.stand(`tags ${version.id}`, tags.toSorted().join(','), { first: true });
  repository.fact('image_published', `package/${name}`, String(version.id), now);
  return version;
}

function setTags(
  repository: Repository,
  image: PackageRecord,
  version: PackageVersion,
  tags: string[],
): void {
  version.tags = tags;
  version.updatedAt = repository.world.now();
  const words = tags.toSorted().join(',');
  const standing = repository.stand(`tags ${version.id}`, words);
  const subject = `package/${image.name}`;
  repository.fact('image_tagged', subject, `${version.id} ${words}`, version.updatedAt, standing);
}
