import type { Chance } from '@painchain/connector-sdk/testing';
import {
  type Deed as DeedOf,
  type Deeds,
  addCommit,
  nothing,
} from '@painchain/connector-sdk/testing/pretend';
import { deploy, say, stopEnvironment } from '../world/deployments.js';
import { createBranch, deleteBranch, moveBranches, push, rewrite, setTag } from '../world/git.js';
import { openIssue, relabel, turnIssue } from '../world/issues.js';
import type { Project } from '../world/project.js';
import { publishImage, tagImage } from '../world/registry.js';
import { deleteRelease, editRelease, publish } from '../world/releases.js';
import { mergeRequestDeeds } from './merge-request-deeds.js';
import { someone } from './people.js';
import { pipelineDeeds, runs } from './pipeline-deeds.js';

type Deed = DeedOf<Project>;

const minute = 60_000;

const aside = ({ branches, defaultBranch }: Project) =>
  [...branches.keys()].filter((name) => name !== defaultBranch && name !== 'release');

const pushes: Deed = (project, chance) => {
  const branch = chance.happens(0.6) ? project.defaultBranch : chance.pick(aside(project));
  if (branch === undefined) return;
  const by = someone(chance);
  push(project, branch, by, 1 + chance.below(4));
  if (chance.happens(0.6)) runs(project, branch, chance, by);
};

/** How long something stays as it is that goes to and fro: too short for a look to see it, or long enough. */
const stays = (chance: Chance) => (chance.happens(0.5) ? 40_000 : 8 * minute);

/** A→B→A→B. */
const pushesBackAndForth: Deed = (project, chance) => {
  const branch = chance.pick(aside(project));
  const before = branch === undefined ? undefined : project.branches.get(branch);
  if (branch === undefined || before === undefined) return;
  const by = someone(chance);
  rewrite(project, branch, by);
  const after = project.branches.get(branch) ?? nothing;
  const move = (to: string) => () => {
    if (project.branches.has(branch)) moveBranches(project, [{ name: branch, after: to, forced: true }], by);
  };
  const stay = stays(chance);
  project.world.soon(stay, move(before));
  project.world.soon(2 * stay, move(after));
};

/** Many branches by one push, which GitLab's activity names none of, as a mirror or a bot does it. */
const pushesMany: Deed = (project, chance) => {
  const by = someone(chance);
  const tip = addCommit(project, { by, parents: [project.branches.get(project.defaultBranch) ?? nothing] });
  const made = Array.from({ length: 4 + chance.below(3) }, () => `update-${project.iid('branch')}`);
  moveBranches(
    project,
    made.map((name) => ({ name, after: tip })),
    by,
  );
};

const branches: Deed = (project, chance) => {
  const sources = new Set(project.mergeRequests.map(({ source }) => source.branch));
  const free = aside(project).filter((name) => !sources.has(name));
  const gone = chance.happens(0.4) ? chance.pick(free) : undefined;
  if (gone === undefined) createBranch(project, `topic-${project.iid('branch')}`, someone(chance));
  else deleteBranch(project, gone, someone(chance));
};

const tags: Deed = (project, chance) => {
  const released = new Set(project.releases.map(({ tag }) => tag));
  const free = [...project.tags.keys()].filter((name) => !released.has(name));
  const main = project.branches.get(project.defaultBranch);
  const known = chance.happens(0.5) ? chance.pick(free) : undefined;
  const by = someone(chance);
  if (known === undefined) setTag(project, `v0.${project.iid('tag')}`, main, by, chance.happens(0.5));
  else if (chance.happens(0.3)) setTag(project, known, undefined, by);
  else if (project.tags.get(known)?.commit !== main) setTag(project, known, main, by);
};

/** A tag that follows the newest build, as `nightly` does, and is taken back and put there again. */
const tagsBackAndForth: Deed = (project, chance) => {
  const main = project.branches.get(project.defaultBranch);
  const before = project.tags.get('nightly')?.commit;
  if (main === undefined || before === main) return;
  const by = someone(chance);
  const move = (to: string) => () => {
    if (project.tags.get('nightly')?.commit !== to) setTag(project, 'nightly', to, by);
  };
  move(main)();
  if (before === undefined) return;
  const stay = stays(chance);
  project.world.soon(stay, move(before));
  project.world.soon(2 * stay, move(main));
};

const notes = { short: 'What is in it.', long: 'What is in it, and what it took.' };

const releases: Deed = (project, chance) => {
  const known = chance.happens(0.6) ? chance.pick(project.releases) : undefined;
  const old = known && project.world.now() - known.releasedAt > 15 * minute;
  if (known === undefined) publish(project, `v1.${project.iid('release')}`, someone(chance));
  else if (old && chance.happens(0.5)) deleteRelease(project, known);
  else editRelease(project, known, known.notes === notes.short ? notes.long : notes.short);
};

const deploys: Deed = (project, chance) => {
  const by = someone(chance);
  const environment = chance.happens(0.5) ? 'production' : `review-${1 + chance.below(4)}`;
  const deployment = deploy(project, project.defaultBranch, environment, by);
  project.world.soon(chance.between(1_000, 20_000), () => {
    say(project, deployment, 'running');
    const outcome = chance.happens(0.8) ? 'success' : 'failed';
    project.world.soon(chance.between(10_000, 5 * minute), () => say(project, deployment, outcome));
  });
};

const stops: Deed = (project, chance) => {
  const environment = chance.pick(
    project.environments.filter(({ name, state }) => name.startsWith('review') && state === 'available'),
  );
  if (environment) stopEnvironment(project, environment);
};

const issues: Deed = (project, chance) => {
  const issue = chance.happens(0.7) ? chance.pick(project.issues) : undefined;
  const by = someone(chance);
  if (!issue) return void openIssue(project, by, `It is slow (${project.iid('title')})`);
  if (chance.happens(0.3)) relabel(project, issue, 'bug');
  else turnIssue(project, issue, by);
};

const images: Deed = (project, chance) => {
  const [image] = project.images;
  const tag = chance.happens(0.4) ? chance.pick([...(image?.tags.values() ?? [])]) : undefined;
  if (image && tag && tag.name !== 'stable') tagImage(project, image.name, 'stable', tag);
  else publishImage(project, '', [`1.${project.iid('image')}`, 'latest']);
};

/** How often each is done beside the others. */
export const deeds: Deeds<Project> = [
  [pushes, 10],
  [pushesBackAndForth, 1],
  [pushesMany, 0.5],
  [branches, 2],
  ...mergeRequestDeeds,
  ...pipelineDeeds,
  [tags, 2],
  [tagsBackAndForth, 2],
  [releases, 2],
  [deploys, 3],
  [stops, 0.5],
  [issues, 4],
  [images, 2],
];
