import { HttpError, type JsonValue, SourceError } from '@painchain/connector-sdk';
import { type Clock, runSourceOnce } from '@painchain/connector-sdk/testing';
import { z } from 'zod';
import { type EventKind, eventKinds } from '../config.js';
import { type Found, type Look, type Round, defineLook } from '../looks/look.js';
import { RepositorySource, type Watched } from '../repository/source.js';
import { ScriptedConnection } from './scripted-connection.js';

type Answer = Found<unknown>[] | Error;

/** A look that finds what it is told to, and remembers the rounds that it was in. */
export class StubLook {
  readonly rounds: { round: Round; known: unknown }[] = [];
  answers: Answer[] = [];
  /** What it finds when nothing else is said. */
  usual: Answer = [{ events: [], state: 'quiet' }];

  constructor(
    readonly kind: EventKind,
    readonly everySeconds?: number,
  ) {}

  get look(): Look<unknown> {
    const { rounds, kind, everySeconds } = this;
    const answer = () => this.answers.shift() ?? this.usual;
    return defineLook<unknown>({
      name: kind,
      kind,
      state: z.string(),
      ...(everySeconds !== undefined && { everySeconds }),
      async *look(round, known) {
        rounds.push({ round: { ...round }, known });
        const found = answer();
        if (found instanceof Error) throw found;
        yield* found;
        await Promise.resolve();
      },
    });
  }
}

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

/** A repository under watch: its source, its GitHub, and its cursor as a backend would keep it. */
export class RepositoryScene {
  readonly github = new ScriptedConnection().says('/repos/acme/api', { json: acme });
  cursor: JsonValue = null;
  watermark: string | null = null;
  source: RepositorySource;

  constructor(
    private readonly stubs: StubLook[],
    private readonly watched: Partial<Watched> = {},
    private readonly polling = { enabled: true, interval: 60 },
  ) {
    this.source = this.restarted();
  }

  restarted(): RepositorySource {
    const config = { events: [...eventKinds], polling: this.polling, backfill: { days: 7 } };
    const looks = this.stubs.map((stub) => stub.look);
    const watched = { name: 'acme/api', fullName: 'acme/api', ...this.watched };
    this.source = new RepositorySource(watched, { github: this.github, config, looks });
    return this.source;
  }

  async round(clock?: Clock) {
    const run = await runSourceOnce(this.#remembering(), {
      ...(clock && { clock }),
      cursor: this.cursor,
      ...(this.watermark !== null && { watermark: this.watermark }),
    });
    this.github.pass(60);
    return run;
  }

  /** What a backend has of a run that broke off stays. */
  #remembering() {
    const { source } = this;
    const keep = (page: { cursor?: JsonValue | undefined; watermark?: string | undefined }) => {
      this.cursor = page.cursor ?? this.cursor;
      this.watermark = page.watermark ?? this.watermark;
    };
    return {
      name: source.name,
      project: source.project,
      intervalSeconds: source.intervalSeconds,
      async *collect(run: Parameters<RepositorySource['collect']>[0]) {
        for await (const page of source.collect(run)) {
          keep(page);
          yield page;
        }
      },
    };
  }
}
