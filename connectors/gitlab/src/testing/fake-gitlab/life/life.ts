import { type Lifetime, addCommit, liveBy } from '@painchain/connector-sdk/testing/pretend';
import { createBranch } from '../world/git.js';
import type { Project } from '../world/project.js';
import { deeds } from './deeds.js';

/** A first commit on `main`, and a branch for releases. */
function begin(project: Project): void {
  if (project.branches.size > 0) return;
  const by = 'ada';
  const first = addCommit(project, { by, parents: [], message: 'Begin' });
  createBranch(project, project.defaultBranch, by, first);
  createBranch(project, 'release', by, first);
}

/** Lets people work in a project. */
export function live(project: Project, lifetime: Lifetime): void {
  liveBy(deeds, project, lifetime, begin);
}
