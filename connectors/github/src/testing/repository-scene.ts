import { HttpError, SourceError } from '@painchain/connector-sdk';
import { ThingSource, type Watched } from '@painchain/connector-sdk/rounds';
import { SourceScene, StubLook as StubLookOf } from '@painchain/connector-sdk/testing';
import { type EventKind, eventKinds } from '../config.js';
import type { AtRepository } from '../looks/look.js';
import { repositoriesOf } from '../repository/repositories.js';
import { ScriptedConnection } from './scripted-connection.js';

/** A look at a repository that finds what it is told to. */
export class StubLook extends StubLookOf<AtRepository, EventKind> {}

let count = 0;
/** A change, another one each time. */
export function event() {
  count += 1;
  return {
    key_parts: ['github.test', 'push', String(count)],
    title: `change ${count}`,
    project: 'acme/api',
    timestamp: '2026-11-24T09:59:00Z',
    data: {},
  };
}

/** How GitHub describes the repository. */
export const acme = {
  id: 7,
  full_name: 'acme/api',
  html_url: 'https://github.test/acme/api',
  archived: false,
};

/** What GitHub says at an address that is a former one. */
export function moved(location: string): SourceError {
  const cause = new HttpError('status', 'moved', { status: 301, headers: { location } });
  return new SourceError({ code: 'moved', detail: 'd', remedy: 'r', kind: 'upstream', cause });
}

/** A repository under watch, with its GitHub. */
export class RepositoryScene extends SourceScene<ThingSource<AtRepository, EventKind>> {
  readonly github: ScriptedConnection;

  constructor(stubs: StubLook[], given: Partial<Watched> = {}, polling = { enabled: true, interval: 60 }) {
    const github = new ScriptedConnection().says('/repos/acme/api', { json: acme });
    const config = { events: [...eventKinds], polling, backfill: { days: 7 } };
    const watched = { name: 'acme/api', fullName: 'acme/api', ...given };
    const place = { upstream: github, vendor: repositoriesOf(github), config };
    super(
      () => new ThingSource(watched, { ...place, looks: stubs.map((stub) => stub.look) }),
      () => github.pass(60),
    );
    this.github = github;
  }
}
