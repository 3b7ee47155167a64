import type { Chance } from '@painchain/connector-sdk/testing';
import { type Deed as DeedOf, type Deeds, nothing } from '@painchain/connector-sdk/testing/pretend';
import { deploy, say } from '../world/deployments.js';
import { createBranch, moveBranch, push, rewrite, setTag } from '../world/git.js';
import { closeIssue, openIssue, relabel, reopenIssue } from '../world/issues.js';
import { publishImage, tagImage } from '../world/packages.js';
import { type Pull, closePull, comment, mergePull, openPull, pushToFork } from '../world/pulls.js';
import { reopenPull, retarget, review } from '../world/pulls.js';
import { deleteRelease, editRelease, publish } from '../world/releases.js';
import type { Repository } from '../world/repository.js';
import { endAttempt, latest, startAttempt, startRun } from '../world/runs.js';
import { someone } from './people.js';

type Deed = DeedOf<Repository>;

const minute = 60_000;

const aside = ({ branches, defaultBranch }: Repository) =>
  [...branches.keys()].filter((name) => name !== defaultBranch && name !== 'release');

function runs(repository: Repository, branch: string, chance: Chance, by: string): void {
  const run = startRun(repository, branch, by);
  const end = () => endAttempt(repository, run, chance.happens(0.75) ? 'success' : 'failure');
  repository.world.soon(chance.between(20_000, 6 * minute), () => {
    end();
    if (latest(run).conclusion === 'success' || chance.happens(0.4)) return;
    repository.world.soon(chance.between(30_000, 8 * minute), () => {
      startAttempt(repository, run, someone(chance));
      repository.world.soon(chance.between(5_000, 3 * minute), end);
    });
  });
}

const pushes: Deed = (repository, chance) => {
  const branch = chance.happens(0.6) ? repository.defaultBranch : chance.pick(aside(repository));
  if (branch === undefined) return;
  const by = someone(chance);
  push(repository, branch, by, 1 + chance.below(4));
  if (chance.happens(0.6)) runs(repository, branch, chance, by);
};

/** How long something stays as it is that goes to and fro: too short for a look to see it, or long enough. */
const stays = (chance: Chance) => (chance.happens(0.5) ? 40_000 : 8 * minute);

/** A→B→A→B. */
const pushesBackAndForth: Deed = (repository, chance) => {
  const branch = chance.pick(aside(repository));
  const before = branch === undefined ? undefined : repository.branches.get(branch);
  if (branch === undefined || before === undefined) return;
  const by = someone(chance);
  rewrite(repository, branch, by);
  const after = repository.branches.get(branch) ?? nothing;
  const move = (to: string) => () => {
    if (repository.branches.has(branch)) moveBranch(repository, branch, to, 'force_push', by);
  };
  const stay = stays(chance);
  repository.world.soon(stay, move(before));
  repository.world.soon(2 * stay, move(after));
};

const branches: Deed = (repository, chance) => {
  const free = aside(repository).filter((name) => repository.pulls.every(({ head }) => head.branch !== name));
  const gone = chance.happens(0.4) ? chance.pick(free) : undefined;
  if (gone === undefined) createBranch(repository, `topic-${repository.number()}`, someone(chance));
  else moveBranch(repository, gone, nothing, 'branch_deletion', someone(chance));
};

const proposes: Deed = (repository, chance) => {
  const by = someone(chance);
  const branch = `change-${repository.number()}`;
  if (chance.happens(0.75)) {
    createBranch(repository, branch, by);
    push(repository, branch, by);
  }
  openPull(repository, { branch, by, title: `Make it better (${branch})` });
};

const isOpen = ({ closedAt }: Pull) => closedAt === undefined;

const worksOnAPull: Deed = (repository, chance) => {
  const pull = chance.pick(repository.pulls.filter(isOpen));
  if (!pull) return;
  const deeds: (() => void)[] = [
    () => comment(repository, pull),
    () => review(repository, pull, someone(chance), chance.happens(0.7) ? 'APPROVED' : 'COMMENTED'),
    () => {
      if (pull.head.fork) pushToFork(repository, pull);
      else if (repository.branches.has(pull.head.branch)) push(repository, pull.head.branch, pull.by);
    },
    () => retarget(repository, pull, pull.base === 'release' ? repository.defaultBranch : 'release', pull.by),
  ];
  chance.pick(deeds)?.();
};

const endsAPull: Deed = (repository, chance) => {
  const pull = chance.pick(repository.pulls.filter(isOpen));
  if (!pull) return;
  const by = someone(chance);
  if (chance.happens(0.4)) closePull(repository, pull, by);
  else mergePull(repository, pull, by);
  // A comment later moves `updated_at` of what is long told.
  repository.world.soon(chance.between(20_000, 10 * minute), () => comment(repository, pull));
};

const reopensAPull: Deed = (repository, chance) => {
  const pull = chance.pick(repository.pulls.filter((each) => each.closedAt !== undefined && !each.merged));
  if (pull) reopenPull(repository, pull, someone(chance));
};

const tags: Deed = (repository, chance) => {
  const released = new Set(repository.releases.map(({ tag }) => tag));
  const free = [...repository.tags.keys()].filter((name) => !released.has(name));
  const main = repository.branches.get(repository.defaultBranch);
  const known = chance.happens(0.5) ? chance.pick(free) : undefined;
  const by = someone(chance);
  if (known === undefined) setTag(repository, `v0.${repository.number()}`, main, by, chance.happens(0.5));
  else if (chance.happens(0.3)) setTag(repository, known, undefined, by);
  else if (repository.tags.get(known)?.commit !== main) setTag(repository, known, main, by);
};

/** A tag that follows the newest build, as `nightly` does, and is taken back and put there again. */
const tagsBackAndForth: Deed = (repository, chance) => {
  const main = repository.branches.get(repository.defaultBranch);
  const before = repository.tags.get('nightly')?.commit;
  if (main === undefined || before === main) return;
  const by = someone(chance);
  const move = (to: string) => () => {
    if (repository.tags.get('nightly')?.commit !== to) setTag(repository, 'nightly', to, by);
  };
  move(main)();
  if (before === undefined) return;
  const stay = stays(chance);
  repository.world.soon(stay, move(before));
  repository.world.soon(2 * stay, move(main));
};

const notes = { short: 'What is in it.', long: 'What is in it, and what it took.' };

const releases: Deed = (repository, chance) => {
  const known = chance.happens(0.6) ? chance.pick(repository.releases) : undefined;
  const old = known && repository.world.now() - known.publishedAt > 15 * minute;
  if (known === undefined) publish(repository, `v1.${repository.number()}`, someone(chance));
  else if (old && chance.happens(0.5)) deleteRelease(repository, known);
  else editRelease(repository, known, known.notes === notes.short ? notes.long : notes.short);
};

/** As many runs as one page shows. */
const runsOnAPage = 30;

/** A run behind the first page, run again and over before anybody may have looked: it keeps its place in every list. */
const runsAgain: Deed = (repository, chance) => {
  const behind = repository.runs.slice(0, -runsOnAPage);
  const run = chance.pick(behind.filter((each) => latest(each).endedAt !== undefined));
  if (!run) return;
  startAttempt(repository, run, someone(chance));
  repository.world.soon(chance.between(3_000, 15_000), () => endAttempt(repository, run, 'success'));
};

const deploys: Deed = (repository, chance) => {
  const by = someone(chance);
  const environment = chance.happens(0.5) ? 'production' : 'staging';
  const deployment = deploy(repository, repository.defaultBranch, environment, by);
  repository.world.soon(chance.between(1_000, 20_000), () => {
    say(repository, deployment, 'in_progress', by);
    const outcome = chance.happens(0.8) ? 'success' : 'failure';
    repository.world.soon(chance.between(10_000, 5 * minute), () => say(repository, deployment, outcome, by));
  });
};

const issues: Deed = (repository, chance) => {
  const issue = chance.happens(0.7) ? chance.pick(repository.issues) : undefined;
  const by = someone(chance);
  if (!issue) return void openIssue(repository, by, `It is slow (${repository.number()})`);
  if (chance.happens(0.4)) relabel(repository, issue, chance.happens(0.5) ? 'bug' : 'urgent', by);
  else if (issue.closed) reopenIssue(repository, issue, by);
  else closeIssue(repository, issue, by);
};

const images: Deed = (repository, chance) => {
  const [image] = repository.packages;
  const version = chance.happens(0.5) ? chance.pick(image?.versions ?? []) : undefined;
  const untold = version && version.tags.length > 0 && !version.tags.includes('stable');
  if (image && untold) tagImage(repository, image.name, version, 'stable');
  else publishImage(repository, repository.name, [`1.${repository.number()}`, 'latest']);
};

/** How often each is done beside the others. */
export const deeds: Deeds<Repository> = [
  [pushes, 10],
  [runsAgain, 2],
  [pushesBackAndForth, 1],
  [branches, 2],
  [proposes, 4],
  [worksOnAPull, 8],
  [endsAPull, 4],
  [reopensAPull, 2],
  [tags, 2],
  [tagsBackAndForth, 2],
  [releases, 2],
  [deploys, 3],
  [issues, 4],
  [images, 2],
];
