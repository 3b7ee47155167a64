import { createLogger } from '@painchain/runtime';
import type { Collect, SourceEvent, Translation } from '../connector.js';
import type { Found, Look, RoundTimes } from '../rounds/look.js';

/** Everything that one look gave. */
export interface LookRun<State> {
  pages: Found<State>[];
  events: SourceEvent[];
  state: State | undefined;
  busy: boolean;
  skipped: Exclude<Translation, { kind: 'events' }>[];
}

type Common = RoundTimes & Pick<Collect, 'take' | 'progress' | 'log' | 'signal'>;

/**
 * Runs a look once, as the source of what it looks at does. `more` is what a connector's rounds have beside what all
 * rounds have, and what shall be otherwise than usual: seven days of backfill, an hour after the first look, a minute
 * after the one before.
 *
 * @param now in milliseconds since 1970
 */
export async function runLook<Round extends Common, Kind extends string, State>(
  look: Look<Round, Kind, State>,
  now: number,
  known: State | undefined,
  more: Omit<Round, keyof Common> & Partial<Round>,
): Promise<LookRun<State>> {
  const skipped: LookRun<State>['skipped'] = [];
  const at = new Date(now).toISOString();
  const common: Common = {
    at,
    before: known === undefined ? null : new Date(now - 60_000).toISOString(),
    beginning: new Date(now - 7 * 86_400_000).toISOString(),
    started: known === undefined ? at : new Date(now - 3_600_000).toISOString(),
    take: (translation) => {
      if (translation.kind === 'events') return translation.events;
      skipped.push(translation);
      return [];
    },
    progress: () => undefined,
    log: createLogger({ name: 'test', level: 'silent' }),
    signal: new AbortController().signal,
  };
  const pages: Found<State>[] = [];
  for await (const page of look.look({ ...common, ...more } as Round, known)) pages.push(page);
  const state = pages.findLast((page) => page.state !== undefined)?.state;
  // Whatever a cursor can't carry is lost here, too.
  const kept = state === undefined ? undefined : look.state.parse(JSON.parse(JSON.stringify(state)));
  return {
    pages,
    events: pages.flatMap(({ events }) => events),
    state: kept,
    busy: pages.some(({ busy }) => busy === true),
    skipped,
  };
}
