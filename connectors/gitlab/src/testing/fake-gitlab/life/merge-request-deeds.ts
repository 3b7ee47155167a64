import type { Deed as DeedOf, Deeds } from '@painchain/connector-sdk/testing/pretend';
import { createBranch, push } from '../world/git.js';
import {
  approve,
  closeMergeRequest,
  comment,
  merge,
  openMergeRequest,
  pushToFork,
  reopenMergeRequest,
  retarget,
} from '../world/merge-requests.js';
import type { Project } from '../world/project.js';
import { someone } from './people.js';

type Deed = DeedOf<Project>;

const minute = 60_000;

const proposes: Deed = (project, chance) => {
  const by = someone(chance);
  const branch = `change-${project.iid('branch')}`;
  if (chance.happens(0.75)) {
    createBranch(project, branch, by);
    push(project, branch, by);
  }
  openMergeRequest(project, { branch, by, title: `Make it better (${branch})` });
};

const openOnes = ({ mergeRequests }: Project) => mergeRequests.filter(({ state }) => state === 'opened');

const worksOnOne: Deed = (project, chance) => {
  const one = chance.pick(openOnes(project));
  if (!one) return;
  const { source, by, target } = one;
  const deeds: (() => void)[] = [
    () => comment(project, one),
    () => approve(project, one, chance.happens(0.5) ? 'grace' : 'linus'),
    () => {
      if (source.fork) pushToFork(project, one);
      else if (project.branches.has(source.branch)) push(project, source.branch, by);
    },
    () => retarget(project, one, target === 'release' ? project.defaultBranch : 'release', by),
  ];
  chance.pick(deeds)?.();
};

const endsOne: Deed = (project, chance) => {
  const one = chance.pick(openOnes(project));
  if (!one) return;
  const by = someone(chance);
  if (chance.happens(0.4)) closeMergeRequest(project, one, by);
  else merge(project, one, by);
  // A comment later moves `updated_at` of what is long told.
  project.world.soon(chance.between(20_000, 10 * minute), () => comment(project, one));
};

const reopensOne: Deed = (project, chance) => {
  const one = chance.pick(project.mergeRequests.filter(({ state }) => state === 'closed'));
  if (one) reopenMergeRequest(project, one, someone(chance));
};

export const mergeRequestDeeds: Deeds<Project> = [
  [proposes, 4],
  [worksOnOne, 8],
  [endsOne, 4],
  [reopensOne, 2],
];
