import { activity } from './activity.js';
import { configuration } from './configuration.js';
import { deployments } from './deployments.js';
import { issueEvents } from './issue-events.js';
import { issues } from './issues.js';
import type { Look } from './look.js';
import { packages } from './packages.js';
import { pulls } from './pulls.js';
import { releases } from './releases.js';
import { runs } from './runs.js';
import { tags } from './tags.js';

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
