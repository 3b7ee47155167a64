import { setTag } from './git.js';
import type { Project } from './project.js';

export interface Release {
  tag: string;
  name: string;
  notes: string;
  by: string;
  sha: string;
  createdAt: number;
  releasedAt: number;
  visibleFrom: number;
}

const subjectOf = ({ tag }: Release) => `release/${tag}`;

/** Publishes a release, and makes its tag where there is none. */
export function publish(project: Project, tag: string, by: string): Release {
  const { world } = project;
  const main = project.branches.get(project.defaultBranch);
  if (!project.tags.has(tag) && main !== undefined) setTag(project, tag, main, by);
  const release: Release = {
    tag,
    name: `Version ${tag}`,
    notes: 'What is in it.',
    by,
    sha: project.tags.get(tag)?.commit ?? world.sha(),
    createdAt: world.now(),
    releasedAt: world.now(),
    visibleFrom: world.visibleFrom(),
  };
  project.releases.push(release);
  const { notes, visibleFrom: from } = release;
  project.stand(`notes ${tag}`, notes, { from, first: true });
  const there = project.stand(`release ${tag}`, 'there', { from, first: true });
  project.fact('release_published', subjectOf(release), '', from, there);
  return release;
}

export function editRelease(project: Project, release: Release, notes: string): void {
  release.notes = notes;
  const from = Math.max(release.visibleFrom, project.world.now());
  const standing = project.stand(`notes ${release.tag}`, notes, { from });
  project.fact('release_edited', subjectOf(release), notes, from, standing);
}

export function deleteRelease(project: Project, release: Release): void {
  const { tag } = release;
  project.releases = project.releases.filter((other) => other !== release);
  project.stand(`notes ${tag}`, '');
  const gone = project.stand(`release ${tag}`, '');
  project.fact('release_deleted', subjectOf(release), '', project.world.now(), gone);
}
