import type { Chance } from '@painchain/connector-sdk/testing';
import type { Deed, Deeds } from '@painchain/connector-sdk/testing/pretend';
import { createPipeline, endPipeline, runPipeline } from '../world/pipelines.js';
import type { Project } from '../world/project.js';
import { someone } from './people.js';

const minute = 60_000;

/** A pipeline from its waiting to its end; of those that fail some are retried. */
export function runs(project: Project, branch: string, chance: Chance, by: string): void {
  const { world } = project;
  const pipeline = createPipeline(project, branch, by);
  const end = () => endPipeline(project, pipeline, chance.happens(0.75) ? 'success' : 'failed');
  world.soon(chance.between(0, 30_000), () => {
    runPipeline(project, pipeline);
    world.soon(chance.between(20_000, 6 * minute), () => {
      end();
      if (pipeline.status === 'success' || chance.happens(0.4)) return;
      world.soon(chance.between(30_000, 8 * minute), () => {
        runPipeline(project, pipeline);
        world.soon(chance.between(5_000, 3 * minute), end);
      });
    });
  });
}

const skips: Deed<Project> = (project, chance) => {
  createPipeline(project, project.defaultBranch, someone(chance), 'skipped');
};

/** As many pipelines as one page shows that nobody asks more of. */
const onAPage = 20;

/** An old pipeline, run again and over before anybody may have looked. */
const runsAgain: Deed<Project> = (project, chance) => {
  const behind = project.pipelines.slice(0, -onAPage);
  const pipeline = chance.pick(behind.filter(({ status }) => status === 'failed' || status === 'success'));
  if (!pipeline) return;
  runPipeline(project, pipeline);
  project.world.soon(chance.between(3_000, 15_000), () => endPipeline(project, pipeline, 'success'));
};

export const pipelineDeeds: Deeds<Project> = [
  [runsAgain, 2],
  [skips, 0.5],
];
