import { HttpError, SourceError } from '@painchain/connector-sdk';
import { ThingSource, type Watched } from '@painchain/connector-sdk/rounds';
import { SourceScene, StubLook as StubLookOf } from '@painchain/connector-sdk/testing';
import type { GitLabConnection } from '../api/open-gitlab.js';
import { type EventKind, eventKinds } from '../config.js';
import type { AtProject } from '../looks/look.js';
import { projectsOf } from '../project/projects.js';
import { ScriptedGitLab } from './scripted-gitlab.js';

/** A connection without a network, on a clock that a test moves. */
class ScriptedConnection extends ScriptedGitLab implements GitLabConnection {
  readonly baseUrl = 'https://gitlab.test/api/v4';
  #ms = Date.UTC(2026, 10, 24, 10);

  override now(): number {
    return this.#ms;
  }

  pass(seconds: number): void {
    this.#ms += seconds * 1000;
  }

  limit() {
    return undefined;
  }

  pace(): number {
    return 1;
  }
}

/** A look at a project that finds what it is told to. */
export class StubLook extends StubLookOf<AtProject, EventKind> {}

/** A refusal of GitLab's, as the connection tells it. */
export function refusal(code: string, answer: { headers?: Record<string, string>; body?: string } = {}) {
  const cause = new HttpError('status', code, { status: 400, ...answer });
  return new SourceError({
    code,
    detail: `it is ${code}`,
    remedy: 'mend it',
    kind: 'configuration',
    cause,
  });
}

/** How GitLab describes the project. */
export const acme = {
  id: 7,
  path_with_namespace: 'acme/shop/api',
  web_url: 'https://gitlab.test/acme/shop/api',
  archived: false,
};

/** Where the project is asked for by its path. */
export const byPath = '/projects/acme%2Fshop%2Fapi';

/** A project under watch, with its GitLab. */
export class ProjectScene extends SourceScene<ThingSource<AtProject, EventKind>> {
  readonly gitlab: ScriptedConnection;

  constructor(stubs: StubLook[], given: Partial<Watched> = {}) {
    const gitlab = new ScriptedConnection().says(byPath, { json: acme });
    const config = {
      events: [...eventKinds],
      polling: { enabled: true, interval: 60 },
      backfill: { days: 7 },
    };
    const watched = { name: 'acme/shop/api', fullName: 'acme/shop/api', ...given };
    const place = { upstream: gitlab, vendor: projectsOf(gitlab), config };
    super(
      () => new ThingSource(watched, { ...place, looks: stubs.map((stub) => stub.look) }),
      () => gitlab.pass(60),
    );
    this.gitlab = gitlab;
  }
}
