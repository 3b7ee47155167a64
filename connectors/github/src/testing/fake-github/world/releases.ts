import { setTag } from './git.js';
import type { Repository } from './repository.js';

export interface Release {
  id: number;
  tag: string;
  name: string;
  notes: string;
  by: string;
  prerelease: boolean;
  createdAt: number;
  publishedAt: number;
  visibleFrom: number;
}

const subjectOf = ({ tag }: Release) => `release/${tag}`;

/** Publishes a release, and makes its tag where there is none. */
export function publish(repository: Repository, tag: string, by: string): Release {
  const { world } = repository;
  const main = repository.branches.get(repository.defaultBranch);
  if (!repository.tags.has(tag) && main !== undefined) setTag(repository, tag, main, by);
  const release: Release = {
    id: world.id(),
    tag,
    name: `Version ${tag}`,
    notes: 'What is in it.',
    by,
    prerelease: world.chance.happens(0.2),
    createdAt: world.now(),
    publishedAt: world.now(),
    visibleFrom: world.visibleFrom(),
  };
  repository.releases.push(release);
  const { id, notes, visibleFrom: from } = release;
  repository.stand(`notes ${id}`, notes, { from, first: true });
  const there = repository.stand(`release ${id}`, 'there', { from, first: true });
  repository.fact('release_published', subjectOf(release), '', from, there);
  return release;
}

export function editRelease(repository: Repository, release: Release, notes: string): void {
  release.notes = notes;
  const from = Math.max(release.visibleFrom, repository.world.now());
  const standing = repository.stand(`notes ${release.id}`, notes, { from });
  repository.fact('release_edited', subjectOf(release), notes, from, standing);
}

export function deleteRelease(repository: Repository, release: Release): void {
  const { id } = release;
  const now = repository.world.now();
  repository.releases = repository.releases.filter((other) => other !== release);
  repository.stand(`notes ${id}`, '');
  const gone = repository.stand(`release ${id}`, '');
  repository.fact('release_deleted', subjectOf(release), '', now, gone);
}
