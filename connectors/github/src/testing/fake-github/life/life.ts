import { type Lifetime, liveBy, addCommit } from '@painchain/connector-sdk/testing/pretend';
import { createBranch } from '../world/git.js';
import type { Repository } from '../world/repository.js';
import { deeds } from './deeds.js';

/** A first commit on `main`, and a branch for releases. */
function begin(repository: Repository): void {
  if (repository.branches.size > 0) return;
  const by = repository.owner.login;
  const first = addCommit(repository, { by, parents: [], message: 'Begin' });
  createBranch(repository, repository.defaultBranch, by, first);
  createBranch(repository, 'release', by, first);
}

/** Lets people work in a repository. */
export function live(repository: Repository, lifetime: Lifetime): void {
  liveBy(deeds, repository, lifetime, begin);
}
