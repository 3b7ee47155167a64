// A GitLab of its own process, for measurements.
import { type Hold, addCommit, serve } from '@painchain/connector-sdk/testing/pretend';
import { FakeGitLab, type Project, World } from './fake-gitlab/index.js';
import { deploy, say } from './fake-gitlab/world/deployments.js';
import { createBranch, push } from './fake-gitlab/world/git.js';
import { openIssue } from './fake-gitlab/world/issues.js';
import { merge, openMergeRequest } from './fake-gitlab/world/merge-requests.js';
import { createPipeline, endPipeline, runPipeline } from './fake-gitlab/world/pipelines.js';
import { publish } from './fake-gitlab/world/releases.js';

const world = new World(() => Date.now());

function startPipeline(project: Project) {
  const pipeline = createPipeline(project, 'main', 'ada');
  runPipeline(project, pipeline);
  return pipeline;
}

/** As many things as a small project has of the last days. */
function furnish(project: Project): void {
  const by = 'ada';
  createBranch(project, 'main', by, addCommit(project, { by, parents: [], message: 'Begin' }));
  push(project, 'main', by);
  merge(project, openMergeRequest(project, { branch: 'fix', by, title: 'Fix it' }), by);
  endPipeline(project, startPipeline(project), 'success');
  publish(project, 'v1.0.0', by);
  say(project, deploy(project, 'main', 'production', by), 'success');
}

/** Groups `org-<n>` with projects `team/repo-<n>`, each with a token `token-of-org-<n>`. */
function hold({ owners, repositories, from }: Hold): void {
  for (let owner = from; owner < from + owners; owner += 1) {
    const group = `org-${owner}`;
    world.addToken(`token-of-${group}`, [group]);
    for (let index = 0; index < repositories; index += 1)
      furnish(world.addProject(`${group}/team/repo-${index}`));
  }
}

await serve({
  world,
  start: (options) => FakeGitLab.start(world, { ...options, subPath: '/gitlab' }),
  hold,
  find: (name) => world.find(name)?.project,
  changes: [
    (project: Project, name) => createBranch(project, name, 'ada'),
    (project, name) => openMergeRequest(project, { branch: name, by: 'ada', title: name }),
    (project) => startPipeline(project),
    (project) => deploy(project, 'main', 'staging', 'ada'),
    (project, name) => publish(project, name, 'ada'),
    (project, name) => openIssue(project, 'ada', name),
    (project, name) =>
      merge(project, openMergeRequest(project, { branch: name, by: 'ada', title: name }), 'ada'),
  ],
  kindOf: (target) =>
    target
      .replace(/\?.*/, '')
      .replace(/^\/api\/v4\/projects\/[^/]+/, '')
      .replaceAll(/\/(?:\d+|[0-9a-f]{40}|(?:thing-|v)[0-9.]+)(?=\/|$)/g, '/…'),
});
