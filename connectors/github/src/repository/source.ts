import {
  type Collect,
  type Page,
  type Source,
  SourceError,
  matchesPatterns,
  withRetry,
} from '@painchain/connector-sdk';
import { type GitHubConnection, isCredentialFault } from '../api/open-github.js';
import type { GitHubConfig } from '../config.js';
import type { Look } from '../looks/look.js';
import { type Memory, fromCursor } from './cursor.js';
import { type Identity, Whereabouts } from './identity.js';
import { Rhythm } from './rhythm.js';
import { refusedEvents } from './rights.js';
import { Notes, RepositoryRound, type Surroundings, kindsOf } from './round.js';

/** One repository that is to be watched. */
export interface Watched {
  /** Its source's name: what its cursor is kept under. */
  name: string;
  /** `owner/repo`, as configured or as listed. */
  fullName: string;
  /** Which one it is, where that is known. */
  id?: number | undefined;
  tags?: readonly string[] | undefined;
  /** Patterns of branches. Absent: all of them. */
  branches?: readonly string[] | undefined;
}

/** What the repositories of an integration share. */
export interface Place {
  github: GitHubConnection;
  config: Pick<GitHubConfig, 'events' | 'polling' | 'backfill'>;
  looks: readonly Look<unknown>[];
}

/** No source is looked at less often, however little is left of a limit. */
const longestSeconds = 3_600;

/** Whoever comes by this share of the interval, and this time, later than planned has stood in a queue. */
const queueingShare = 0.2;
const queueingMs = 5_000;

/** About how long an outage is let alone before the next try, at pace 1. */
const retryMs = 30_000;

/** One repository as a source: each run is one round of looks at it. */
export class RepositorySource implements Source {
  readonly name: string;
  tags: readonly string[] | undefined;
  readonly #whereabouts: Whereabouts;
  readonly #rhythm: Rhythm;
  readonly #looks: readonly Look<unknown>[];
  readonly #notes = new Notes();
  /** When the next round should begin, in milliseconds since 1970. */
  #due: number | undefined;

  constructor(
    private readonly watched: Watched,
    private readonly place: Place,
  ) {
    const { github, config, looks } = place;
    this.name = watched.name;
    this.tags = watched.tags;
    this.#whereabouts = new Whereabouts(github, watched.fullName, watched.id);
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
      this.#rhythm.seconds * this.place.github.pace(),
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
      const limit = this.place.github.limit();
      if (limit) {
        const resets_at = new Date(limit.resetsAt).toISOString();
        run.rateLimit({ limit: limit.limit, remaining: limit.remaining, resets_at });
      }
    }
  }

  /** Whether quiet repositories should make room: for the limit's sake, or because this process can't keep up. */
  #isCrowded(now: number): boolean {
    if (this.place.github.pace() > 1) return true;
    const planned = this.intervalSeconds * 1000;
    return this.#due !== undefined && now - this.#due > planned * queueingShare + queueingMs;
  }

  async *#round(run: Collect, crowded: boolean): AsyncGenerator<Page, void, void> {
    const { github, config } = this.place;
    const known = fromCursor(run.cursor);
    const identity = await this.#whereabouts.find(known?.repository.fullName, run.signal);
    const at = new Date(github.now()).toISOString();
    const memory = this.#recall(known, identity, at, run);
    const surroundings = this.#surroundings(identity, at, run);
    const round = new RepositoryRound(this.#looks, surroundings, memory, this.#notes, {
      days: config.backfill.days,
      run,
      lookAfter: () => this.#lookAfter(memory, run),
    });
    yield* round.pages();
    this.#rhythm.ended({ alive: round.alive, archived: identity.archived, crowded });
    if (round.refusals.length > 0) throw refusedEvents(memory.repository.fullName, round.refusals);
  }

  /**
   * A failure with the time until it is worth coming back: each refusal is counted, and a thousand repositories may fail
   * by the same. What a human has to mend at one is asked for no more often than any other; an outage, which is
   * retried sooner, at the pace that the limit leaves. A credential and a limit are asked about by their gate.
   */
  #inRhythm(error: unknown): unknown {
    if (!(error instanceof SourceError) || isCredentialFault(error)) return error;
    if (error.kind === 'upstream') {
      const stretchedMs = (this.place.github.pace() - 1) * retryMs;
      return error.retryAfterMs === undefined && stretchedMs > 0 ? withRetry(error, stretchedMs) : error;
    }
    if (error.code !== 'events-not-permitted')
      this.#rhythm.ended({ alive: false, archived: false, crowded: true });
    return withRetry(error, this.intervalSeconds * 1000);
  }

  /** What is known of the repository; of another one under the same name nothing is. */
  #recall(known: Memory | undefined, { id, fullName }: Identity, at: string, run: Collect): Memory {
    const memory: Memory = { repository: { id, fullName }, started: at, looks: new Map() };
    if (!known) return memory;
    if (known.repository.id !== id) {
      const from = run.watermark ?? known.started;
      const reason = 'Another repository has this name now: the one before was deleted or renamed.';
      if (from < at) run.coverage({ from, to: at, kind: 'blind', reason });
      return memory;
    }
    for (const [name, look] of known.looks) {
      const asked = this.#notes.asked.get(name);
      memory.looks.set(name, asked !== undefined && asked > look.asked ? { ...look, asked } : look);
    }
    return { ...memory, started: known.started };
  }

  #surroundings(identity: Identity, at: string, run: Collect): Surroundings {
    const { github, config } = this.place;
    const { take, progress, log, signal } = run;
    return {
      github,
      ...this.#addressOf(identity),
      at,
      watches: (branch) => matchesPatterns(branch, this.watched.branches),
      collects: (kind) => config.events.includes(kind),
      take,
      progress,
      log,
      signal,
    };
  }

  #addressOf({ id, fullName, webUrl }: Identity): Pick<Surroundings, 'repository' | 'path'> {
    return { repository: { host: this.place.github.host, id, fullName, webUrl }, path: `/repos/${fullName}` };
  }

  /** Where the repository is now, if that is elsewhere than it was. */
  async #lookAfter(memory: Memory, run: Collect) {
    const { id, fullName } = memory.repository;
    const identity = await this.#whereabouts.ask(fullName, run.signal);
    if (identity.id !== id) {
      throw new SourceError({
        code: 'repository-replaced',
        detail: `Another repository is called ${identity.fullName} now.`,
        remedy: 'Nothing to do: it is looked at from the beginning at once.',
        kind: 'upstream',
      });
    }
    if (identity.fullName === fullName) return undefined;
    memory.repository = { id, fullName: identity.fullName };
    return this.#addressOf(identity);
  }
}
