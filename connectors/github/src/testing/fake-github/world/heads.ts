import type { Pull } from './pulls.js';
import type { Repository } from './repository.js';

/** What comes from a branch has another head now. */
export function headMoved(repository: Repository, branch: string, sha: string): void {
  for (const pull of repository.pulls) {
    if (pull.head.branch === branch && !pull.head.fork && pull.closedAt === undefined)
      moveHead(repository, pull, sha);
  }
}

export function moveHead(repository: Repository, pull: Pull, sha: string): void {
  if (pull.head.sha === sha) return;
  const { world } = repository;
  pull.head.sha = sha;
  pull.updatedAt = world.now();
  const from = Math.max(world.now(), pull.visibleFrom);
  const standing = repository.stand(`head ${pull.number}`, sha, { from });
  repository.fact('pull_request_updated', `pull/${pull.number}`, sha, from, standing);
}
