import { configuration } from './configuration/configuration.js';
import { deployments } from './deployments/deployments.js';
import { environments } from './deployments/environments.js';
import { images } from './images/images.js';
import { issues } from './issues/issues.js';
import type { Look } from './look.js';
import { mergeRequests } from './merge-requests/merge-requests.js';
import { pipelines } from './pipelines/pipelines.js';
import { refs } from './refs/refs.js';
import { releases } from './releases/releases.js';

/** All kinds of requests by which changes are found, in the order they are asked. */
export const looks: readonly Look<unknown>[] = [
  refs,
  mergeRequests,
  issues,
  pipelines,
  deployments,
  environments,
  releases,
  images,
  configuration,
];
