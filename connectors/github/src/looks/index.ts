import { activity } from './activity/activity.js';
import { configuration } from './configuration/configuration.js';
import { deployments } from './deployments/deployments.js';
import { issueEvents } from './issues/issue-events.js';
import { issues } from './issues/issues.js';
import type { Look } from './look.js';
import { packages } from './packages/packages.js';
import { pulls } from './pulls/pulls.js';
import { releases } from './releases/releases.js';
import { runs } from './runs/runs.js';
import { tags } from './tags/tags.js';

/** All kinds of requests by which changes are found, in the order they are asked. */
export const looks: readonly Look<unknown>[] = [
  activity,
  tags,
  pulls,
  issues,
  issueEvents,
  runs,
  deployments,
  releases,
  packages,
  configuration,
];
