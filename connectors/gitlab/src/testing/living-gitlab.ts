import { LivingUpstream, type World } from '@painchain/connector-sdk/testing';
import type { GitLab } from '../api/gitlab.js';

export type { World } from '@painchain/connector-sdk/testing';

/** A GitLab without a network whose answers depend on the time. */
export class LivingGitLab extends LivingUpstream implements GitLab {
  readonly host = 'gitlab.test';

  constructor(time: number, world: World) {
    super('https://gitlab.test', time, world);
  }
}
