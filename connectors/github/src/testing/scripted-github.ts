import { type LookRun, ScriptedUpstream, runLook as runLookOf } from '@painchain/connector-sdk/testing';
export type { LookRun, Script } from '@painchain/connector-sdk/testing';
import type { GitHub } from '../api/github.js';
import type { Look, Round } from '../looks/look.js';

/** A GitHub without a network: it says what it was told to, and remembers what it was asked. */
export class ScriptedGitHub extends ScriptedUpstream implements GitHub {
  readonly host = 'github.test';

  constructor(private time = Date.UTC(2026, 10, 24, 10)) {
    super('https://api.github.test');
  }

  now(): number {
    return this.time;
  }
}

/** Runs a look once, in a round at `at` (default: the scripted clock's now). */
export function runLook<State>(
  look: Look<State>,
  github: GitHub,
  known?: State,
  round: Partial<Round> = {},
): Promise<LookRun<State>> {
  return runLookOf(look, github.now(), known, {
    github,
    repository: { host: github.host, id: 7, fullName: 'acme/api', webUrl: 'https://github.test/acme/api' },
    path: '/repos/acme/api',
    watches: () => true,
    collects: () => true,
    ...round,
  });
}
