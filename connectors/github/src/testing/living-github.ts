import { LivingUpstream, type World } from '@painchain/connector-sdk/testing';
import type { GitHub } from '../api/github.js';

export type { World } from '@painchain/connector-sdk/testing';

/** A GitHub without a network whose answers depend on the time. */
export class LivingGitHub extends LivingUpstream implements GitHub {
  readonly host = 'github.test';

  constructor(time: number, world: World) {
    super('https://api.github.test', time, world);
  }
}
