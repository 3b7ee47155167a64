import type { Trouble } from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import { type Clock, instant } from '../clock.js';
import type { GivenSources, Source, SourceLists } from '../connector.js';
import { byName } from '../schedule/source-list.js';
import { troubleOf } from '../schedule/trouble.js';
import { asSourceError } from '../source-error.js';

const askAgainMs = 60_000;

/** What a connector was asked for, with what it has opened. */
export interface Asked {
  sources: GivenSources;
  close(): Promise<void>;
}

export interface SupplyHost {
  clock: Clock;
  log: Logger;
  /** Aborted when nobody needs sources any more. */
  signal: AbortSignal;
  /** Asks the connector. */
  ask(): Promise<Asked>;
  /** Takes a list of sources in the place of the one before. */
  replace(sources: ReadonlyMap<string, Source>): void;
  /** Shows what keeps the sources from being told; null when they were. */
  trouble(trouble: Trouble | null): void;
}

function listsOf(given: GivenSources): SourceLists {
  return Symbol.asyncIterator in given ? given : once(given);
}

async function* once(sources: readonly Source[]): AsyncGenerator<readonly Source[], void, void> {
  yield sources;
}

/** A generator gives what it gives only once. */
function isSpent(lists: SourceLists): boolean {
  const again: unknown = lists[Symbol.asyncIterator]();
  return again === lists;
}

/** The sources, or the first list of them. */
export async function firstList(given: GivenSources): Promise<readonly Source[]> {
  for await (const sources of listsOf(given)) return sources;
  return [];
}

/**
 * Brings the sources of an integration, for as long as it takes and however often their list changes. Resolves when the
 * last list has come or nobody needs them any more; never rejects.
 */
export async function supply(host: SupplyHost): Promise<void> {
  const { signal } = host;
  let since: string | undefined;
  let opened: { lists: SourceLists; used: boolean; close: () => Promise<void> } | undefined;
  while (!signal.aborted) {
    try {
      if (!opened) {
        const { sources, close } = await host.ask();
        opened = { lists: listsOf(sources), used: false, close };
      }
      for await (const sources of opened.lists) {
        host.replace(byName(sources));
        opened.used = true;
        since = undefined;
        host.trouble(null);
        if (signal.aborted) return;
      }
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (opened && isSpent(opened.lists)) {
        // Sources that run already may be using what was opened for them.
        if (!opened.used) await opened.close();
        opened = undefined;
      }
      since ??= instant(host.clock.now());
      await rest(host, thrown, since);
    }
  }
}

/** Shows what went wrong and waits until it is worth asking again. */
async function rest({ clock, log, signal, trouble }: SupplyHost, thrown: unknown, since: string) {
  const error = asSourceError(thrown);
  const shown = troubleOf(error, since);
  log.warn({ ...shown, err: error.cause }, 'the sources of an integration need somebody');
  trouble(shown);
  const pause = Math.max(error.retryAfterMs ?? 0, askAgainMs);
  await clock.sleep(pause, signal).catch(() => undefined);
}
