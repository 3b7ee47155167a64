import { matchesPatterns } from '../config/name-patterns.js';
import type { Collect, Page, Source } from '../connector.js';
import { SourceError } from '../source-error.js';
import { withRetry } from '../upstream/gate.js';
import type { Upstream } from '../upstream/upstream.js';
import { type RightWords, eventsFailing, eventsNotPermitted } from './access.js';
import { type Memory, fromCursor } from './cursor.js';
import { type Directory, type Identity, replaced } from './identity.js';
import { type Surroundings, kindsOf } from './look.js';
import { Rhythm } from './rhythm.js';
import { type LookAt, Notes, type Refusals, Round } from './round.js';
import { Whereabouts } from './whereabouts.js';

/** One thing that is to be watched. */
export interface Watched {
  /** Its source's name: what its cursor is kept under. */
  name: string;
  /** As configured or as listed. */
  fullName: string;
  /** Which one it is, where that is known. */
  id?: number | undefined;
  tags?: readonly string[] | undefined;
  /** Patterns of branches. Absent: all of them. */
  branches?: readonly string[] | undefined;
}

/** Where vendors differ: how they know their things, what their looks share, what may be refused and by what words. */
export interface Vendor<Own extends object, Kind extends string> extends Directory, Refusals<Kind> {
  rights: RightWords<Kind>;
  /** What looks at a thing share, beside what all looks do. */
  ownOf(identity: Identity): Own;
  /** Whether nothing at all can be asked for with the credential until somebody mends it. */
  isCredentialFault(error: unknown): boolean;
}

/** What the things of an integration share. */
export interface Place<Own extends object, Kind extends string> {
  upstream: Upstream & { readonly baseUrl: string };
  vendor: Vendor<Own, Kind>;
  config: {
    events: readonly Kind[];
    polling: { enabled: boolean; interval: number };
    backfill: { days: number };
  };
  looks: readonly LookAt<Own, Kind>[];
}

/** No source is looked at less often, however little is left of a limit. */
const longestSeconds = 3_600;

/** Whoever comes by this share of the interval, and this time, later than planned has stood in a queue. */
const queueingShare = 0.2;
const queueingMs = 5_000;

/** Faults of a round that was taken for the rest. */
const partly = ['events-not-permitted', 'events-failing'];

/** About how long an outage is let alone before the next try, at pace 1. */
const retryMs = 30_000;

/** One thing, such as a repository, as a source: each run is one round of looks at it. */
export class ThingSource<Own extends object, Kind extends string> implements Source {
  readonly name: string;
  tags: readonly string[] | undefined;
  readonly #whereabouts: Whereabouts;
  readonly #rhythm: Rhythm;
  readonly #looks: readonly LookAt<Own, Kind>[];
  readonly #notes = new Notes<Kind>();
  /** When the next round should begin, in milliseconds since 1970. */
  #due: number | undefined;

  constructor(
    private readonly watched: Watched,
    private readonly place: Place<Own, Kind>,
  ) {
    const { upstream, vendor, config, looks } = place;
    this.name = watched.name;
    this.tags = watched.tags;
    this.#whereabouts = new Whereabouts(upstream, vendor, watched.fullName, watched.id);
    this.#rhythm = new Rhythm(config.polling.enabled ? config.polling.interval : undefined);
    this.#looks = looks.filter((look) => kindsOf(look).some((kind) => config.events.includes(kind)));
  }

  /** It is listed anew: its labels and its name may be others. */
  listedAs({ tags, fullName }: Watched): void {
    this.tags = tags;
    this.#whereabouts.name = fullName;
  }

  get project(): string {
    return this.#whereabouts.known?.fullName ?? this.watched.fullName;
  }

  get intervalSeconds(): number {
    return Math.min(
      this.#rhythm.seconds * this.place.upstream.pace(),
      Math.max(longestSeconds, this.#rhythm.seconds),
    );
  }

  async *collect(run: Collect): AsyncGenerator<Page, void, void> {
    const began = run.now();
    const crowded = this.#isCrowded(began);
    try {
      yield* this.#round(run, crowded);
    } catch (error) {
      throw this.#inRhythm(error);
    } finally {
      this.#due = began + this.intervalSeconds * 1000;
      const limit = this.place.upstream.limit();
      if (limit) {
        const resets_at = new Date(limit.resetsAt).toISOString();
        run.rateLimit({ limit: limit.limit, remaining: limit.remaining, resets_at });
      }
    }
  }

  /** Whether quiet things should make room: for the limit's sake, or because this process can't keep up. */
  #isCrowded(now: number): boolean {
    if (this.place.upstream.pace() > 1) return true;
    const planned = this.intervalSeconds * 1000;
    return this.#due !== undefined && now - this.#due > planned * queueingShare + queueingMs;
  }

  async *#round(run: Collect, crowded: boolean): AsyncGenerator<Page, void, void> {
    const { upstream, vendor, config } = this.place;
    const known = fromCursor(run.cursor);
    const identity = await this.#whereabouts.find(known?.thing, run.signal);
    const at = new Date(upstream.now()).toISOString();
    const memory = this.#recall(known, identity, at, run);
    const surroundings = { ...this.#surroundings(run), ...vendor.ownOf(identity) };
    const round = new Round(this.#looks, surroundings, memory, this.#notes, {
      at,
      days: config.backfill.days,
      upstream,
      run,
      isNothingToSee: (kinds, error) =>
        vendor.isNothingToSee(kinds, error) ||
        (vendor.isRefusal(error) && kinds.every((kind) => identity.lacks?.includes(kind))),
      isRefusal: (error) => vendor.isRefusal(error),
      lookAfter: () => this.#lookAfter(memory, run),
    });
    yield* round.pages();
    this.#rhythm.ended({ alive: round.alive, archived: identity.archived, crowded });
    const { fullName } = memory.thing;
    if (round.refusals.length > 0) throw eventsNotPermitted(fullName, round.refusals, vendor.rights);
    if (round.failures.length > 0) throw eventsFailing(fullName, round.failures, vendor.rights);
  }

  /**
   * A failure with the time until it is worth coming back: each refusal is counted, and a thousand things may fail by
   * the same. What a human has to mend at one is asked for no more often than any other; an outage, which is retried
   * sooner, at the pace that the limit leaves. A credential and a limit are asked about by their gate.
   */
  #inRhythm(error: unknown): unknown {
    if (!(error instanceof SourceError) || this.place.vendor.isCredentialFault(error)) return error;
    if (partly.includes(error.code)) return withRetry(error, this.intervalSeconds * 1000);
    if (error.kind === 'upstream') {
      const stretchedMs = (this.place.upstream.pace() - 1) * retryMs;
      return error.retryAfterMs === undefined && stretchedMs > 0 ? withRetry(error, stretchedMs) : error;
    }
    this.#rhythm.ended({ alive: false, archived: false, crowded: true });
    return withRetry(error, this.intervalSeconds * 1000);
  }

  /** What is known of the thing; of another one under the same name nothing is. */
  #recall(known: Memory | undefined, { id, fullName }: Identity, at: string, run: Collect): Memory {
    const memory: Memory = { thing: { id, fullName }, started: at, looks: new Map() };
    if (!known) return memory;
    if (known.thing.id !== id) {
      const from = run.watermark ?? known.started;
      const { noun } = this.place.vendor;
      const reason = `Another ${noun} has this name now: the one before was deleted or renamed.`;
      if (from < at) run.coverage({ from, to: at, kind: 'blind', reason });
      return memory;
    }
    for (const [name, look] of known.looks) {
      const asked = this.#notes.asked.get(name);
      memory.looks.set(name, asked !== undefined && asked > look.asked ? { ...look, asked } : look);
    }
    return { ...memory, started: known.started };
  }

  #surroundings({ take, progress, log, signal }: Collect): Surroundings<Kind> {
    return {
      watches: (branch) => matchesPatterns(branch, this.watched.branches),
      collects: (kind) => this.place.config.events.includes(kind),
      take,
      progress,
      log,
      signal,
    };
  }

  /** Where the thing is now, if that is elsewhere than it was. */
  async #lookAfter(memory: Memory, run: Collect): Promise<Own | undefined> {
    const { vendor } = this.place;
    const before = memory.thing;
    const identity = await this.#whereabouts.ask(before, run.signal);
    if (identity.id !== before.id) throw replaced(vendor, identity.fullName);
    if (identity.fullName === before.fullName) return undefined;
    memory.thing = { id: before.id, fullName: identity.fullName };
    return vendor.ownOf(identity);
  }
}
