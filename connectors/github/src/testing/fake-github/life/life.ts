import { Chance } from '@painchain/connector-sdk/testing';
import { addCommit, createBranch } from '../world/git.js';
import type { Repository } from '../world/repository.js';
import { deeds } from './deeds.js';

export interface Lifetime {
  seed: number;
  /** In milliseconds since 1970. */
  from: number;
  until: number;
  /** Between two deeds, on average. */
  everyMs: number;
}

function doSomething(repository: Repository, chance: Chance): void {
  let left = chance.next() * deeds.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [deed, weight] of deeds) {
    left -= weight;
    if (left < 0) return deed(repository, chance);
  }
}

/** A first commit on `main`, and a branch for releases. */
function begin(repository: Repository): void {
  const by = repository.owner.login;
  const first = addCommit(repository, { by, parents: [], message: 'Begin' });
  createBranch(repository, repository.defaultBranch, by, first);
  createBranch(repository, 'release', by, first);
}

/** Lets people work in a repository, always the same way for one seed; what they have begun by the end they finish. */
export function live(repository: Repository, { seed, from, until, everyMs }: Lifetime): void {
  const { world } = repository;
  const chance = new Chance(seed);
  const next = () => {
    const at = Math.round((world.now() + chance.between(0.2, 1.8) * everyMs) / 1_000) * 1_000;
    if (at >= until) return;
    world.plan(at, () => {
      doSomething(repository, chance);
      next();
    });
  };
  world.plan(from, () => {
    if (repository.branches.size === 0) begin(repository);
    next();
  });
}
