import type { Source, SourceLists } from '../connector.js';
import type { SourceError } from '../source-error.js';
import { withRetry } from '../upstream/gate.js';
import { type Place, ThingSource, type Watched } from './thing-source.js';

/** What is meant right now, and why some of it can't be told. */
export interface Meant {
  watched: Watched[];
  faults: SourceError[];
}

interface Options {
  /** @param now the names of sources that are watched already */
  meant(now: ReadonlySet<string>): Promise<Meant>;
  /** Whether there may be more of them later, so that they are listed again. */
  grows: boolean;
  sleep(ms: number): Promise<void>;
  /** What will need a human soon: it is shown while everything goes on. Absent: nothing is known to. */
  warning?(): Promise<SourceError | undefined>;
}

/** How often to ask for things that are new. */
const listedEveryMs = 15 * 60_000;
/** And where some of it could not be listed, while the rest is watched. */
const listedInPartEveryMs = 5 * 60_000;

/**
 * The things of an integration as sources, all of which share one credential and its limit. Those that stay keep their
 * source when they are listed anew.
 */
export class WatchedThings<Own extends object, Kind extends string> implements SourceLists {
  #sources = new Map<string, ThingSource<Own, Kind>>();

  constructor(
    private readonly place: Place<Own, Kind>,
    private readonly options: Options,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Source[], void, void> {
    for (;;) {
      const { watched, faults } = await this.meant();
      const [fault] = faults;
      // What can't be listed keeps nothing else from being watched; what is watched stays.
      if (!fault) yield this.#sourcesOf(watched);
      else if (watched.some(({ name }) => !this.#sources.has(name))) yield this.#withNew(watched);
      if (fault) throw this.#sources.size === 0 ? fault : withRetry(fault, listedInPartEveryMs);
      const { grows, warning } = this.options;
      if (!grows && !warning) return;
      const warned = await warning?.();
      if (warned) throw withRetry(warned, listedEveryMs);
      await this.options.sleep(listedEveryMs);
    }
  }

  meant(): Promise<Meant> {
    return this.options.meant(new Set(this.#sources.keys()));
  }

  #sourcesOf(watched: readonly Watched[]): Source[] {
    const sources = watched.map((one) => {
      const source = this.#sources.get(one.name) ?? new ThingSource(one, this.place);
      source.listedAs(one);
      return source;
    });
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    return sources;
  }

  #withNew(watched: readonly Watched[]): Source[] {
    for (const one of watched) {
      if (!this.#sources.has(one.name)) this.#sources.set(one.name, new ThingSource(one, this.place));
    }
    return [...this.#sources.values()];
  }
}
