// A GitHub of its own process, for measurements.
import { type Hold, addCommit, serve } from '@painchain/connector-sdk/testing/pretend';
import { FakeGitHub, type Repository, World } from './fake-github/index.js';
import { createBranch, push } from './fake-github/world/git.js';
import { deploy, say } from './fake-github/world/deployments.js';
import { openIssue } from './fake-github/world/issues.js';
import { mergePull, openPull } from './fake-github/world/pulls.js';
import { publish } from './fake-github/world/releases.js';
import { endAttempt, startRun } from './fake-github/world/runs.js';

/** Enough for anything that is measured: limits are not. */
const plenty = 1_000_000;

const world = new World(() => Date.now());

/** As many things as a small repository has of the last days. */
function furnish(repository: Repository): void {
  const by = 'ada';
  createBranch(repository, 'main', by, addCommit(repository, { by, parents: [], message: 'Begin' }));
  push(repository, 'main', by);
  mergePull(repository, openPull(repository, { branch: 'fix', by, title: 'Fix it' }), by);
  endAttempt(repository, startRun(repository, 'main', by), 'success');
  publish(repository, 'v1.0.0', by);
  say(repository, deploy(repository, 'main', 'production', by), 'success', by);
}

/** Owners `org-<n>` with repositories `repo-<n>`, each with a token `token-of-org-<n>`. */
function hold({ owners, repositories, from }: Hold): void {
  for (let owner = from; owner < from + owners; owner += 1) {
    const login = `org-${owner}`;
    world.addToken(`token-of-${login}`, [login], plenty);
    for (let index = 0; index < repositories; index += 1)
      furnish(world.addRepository(login, `repo-${index}`));
  }
}

await serve({
  world,
  start: (options) => FakeGitHub.start(world, options),
  hold,
  find: (name) => world.find(name)?.repository,
  changes: [
    (repository: Repository, name) => createBranch(repository, name, 'ada'),
    (repository, name) => openPull(repository, { branch: name, by: 'ada', title: name }),
    (repository) => startRun(repository, 'main', 'ada'),
    (repository) => deploy(repository, 'main', 'staging', 'ada'),
    (repository, name) => publish(repository, name, 'ada'),
    (repository, name) => openIssue(repository, 'ada', name),
    (repository, name) =>
      mergePull(repository, openPull(repository, { branch: name, by: 'ada', title: name }), 'ada'),
  ],
  kindOf: (target) =>
    target
      .replace(/\?.*/, '')
      .replace(/^\/repos\/[^/]+\/[^/]+/, '')
      .replaceAll(/\/(?:\d+|[0-9a-f]{40}|(?:thing-|v)[0-9.]+)(?=\/|$)/g, '/…'),
});
