import { type LookRun, ScriptedUpstream, runLook as runLookOf } from '@painchain/connector-sdk/testing';
import type { GitLab } from '../api/gitlab.js';
import type { Look, Round } from '../looks/look.js';

export type { LookRun, Script } from '@painchain/connector-sdk/testing';

/** A GitLab without a network: it says what it was told to, and remembers what it was asked. */
export class ScriptedGitLab extends ScriptedUpstream implements GitLab {
  readonly host = 'gitlab.test';

  constructor(private time = Date.UTC(2026, 10, 24, 10)) {
    super('https://gitlab.test');
  }

  now(): number {
    return this.time;
  }
}

/** Runs a look once, in a round at `at` (default: the scripted clock's now). Paths begin with `/projects/7`. */
export function runLook<State>(
  look: Look<State>,
  gitlab: GitLab,
  known?: State,
  round: Partial<Round> = {},
): Promise<LookRun<State>> {
  return runLookOf(look, gitlab.now(), known, {
    gitlab,
    project: {
      host: gitlab.host,
      id: 7,
      fullPath: 'acme/shop/api',
      webUrl: 'https://gitlab.test/acme/shop/api',
    },
    path: '/projects/7',
    watches: () => true,
    collects: () => true,
    ...round,
  });
}
