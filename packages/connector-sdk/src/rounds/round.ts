import { HttpError } from '@painchain/runtime/http';
import type { Collect, Page } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { Upstream } from '../upstream/upstream.js';
import type { Refusal } from './access.js';
import { type LookMemory, type Memory, toCursor } from './cursor.js';
import { type Look, type RoundOf, type RoundTimes, type Surroundings, kindsOf } from './look.js';

/** One look of a vendor's. */
export type LookAt<Own, Kind extends string> = Look<RoundOf<Own, Kind>, Kind, unknown>;

/** What a look may be refused by, and what that means. */
export interface Refusals<Kind extends string> {
  /** Whether the thing can be read and just doesn't have this, so that there is nothing to see and nothing wrong. */
  isNothingToSee(kinds: readonly Kind[], error: unknown): boolean;
  /** Whether only what was asked for is refused, while the rest may well be read. */
  isRefusal(error: unknown): error is SourceError;
}

const dayMs = 86_400_000;
/**
 * Between two questions for what a thing just doesn't have, for what may not be read, and for what fails while the rest
 * doesn't: each one is counted.
 */
const restMs = { absent: 15 * 60_000, refused: 5 * 60_000, failing: 60_000 };
/** So often in a row the upstream may fail over one look before the others go on without it. */
const givenUpAfter = 5;
/** Lists may lag a little behind what has happened. */
const settleMs = 15_000;
/** What only says when looks were taken is written so often. */
const writtenEveryMs = 10 * 60_000;

function earlier(instant: string, ms: number): string {
  return new Date(Date.parse(instant) - ms).toISOString();
}

/** Why a look is not taken for a while. */
type Rest<Kind extends string> = { since: number } & (
  { why: 'absent' } | { why: 'refused' | 'failing'; refusal: Refusal<Kind> }
);

/** Whether the upstream is there, and has failed over what it was asked for. */
function isFailure(error: unknown): error is SourceError {
  if (!(error instanceof SourceError) || error.kind !== 'upstream' || error.retryAfterMs !== undefined)
    return false;
  return error.cause instanceof HttpError && error.cause.kind !== 'network';
}

/** What is kept between the rounds of one process, beside the cursor. */
export class Notes<Kind extends string> {
  /** When looks were taken, which is not worth a cursor each time. */
  readonly asked = new Map<string, string>();
  /** How often in a row the upstream has failed over a look. */
  readonly failed = new Map<string, number>();
  /** Looks that found nothing to see, were refused or fail. */
  readonly resting = new Map<string, Rest<Kind>>();
  writtenAt: number | undefined;
}

interface Options<Own, Kind extends string> extends Refusals<Kind> {
  /** When it begins, by the upstream's clock. */
  at: string;
  /** How far back a first look goes. */
  days: number;
  upstream: Pick<Upstream, 'now'>;
  run: Pick<Collect, 'coverage' | 'watermark'>;
  /** Tells where the thing is, if that is elsewhere than it was; throws when it isn't there any more. */
  lookAfter(): Promise<Own | undefined>;
}

/** One round: all looks that are due, one after the other. */
export class Round<Own extends object, Kind extends string> {
  readonly refusals: Refusal<Kind>[] = [];
  /** Over these looks the upstream fails again and again. */
  readonly failures: Refusal<Kind>[] = [];
  /** Whether anything happened, or is under way. */
  alive = false;
  #unwritten: boolean;

  constructor(
    private readonly looks: readonly LookAt<Own, Kind>[],
    private surroundings: Surroundings<Kind> & Own,
    private readonly memory: Memory,
    private readonly notes: Notes<Kind>,
    private readonly options: Options<Own, Kind>,
  ) {
    const { writtenAt } = notes;
    this.#unwritten = writtenAt === undefined || this.#now - writtenAt > writtenEveryMs;
  }

  get #now(): number {
    return Date.parse(this.options.at);
  }

  /** Pages of all that is new. @throws SourceError when it makes no sense to go on. */
  async *pages(): AsyncGenerator<Page, void, void> {
    try {
      yield* this.#takeAll();
    } catch (error) {
      // What was seen before the outage is not to be asked for again.
      if (this.#unwritten) yield { events: [], cursor: this.#cursor() };
      throw error;
    }
    const watermark = this.#watermark();
    const cursor = this.#unwritten ? { cursor: this.#cursor() } : {};
    yield { events: [], ...cursor, ...(watermark !== undefined && { watermark }) };
    if (this.#unwritten) this.#isWritten();
  }

  async *#takeAll(): AsyncGenerator<Page, void, void> {
    const due = this.looks.filter((look) => this.#isDue(look));
    const first = this.memory.looks.size === 0;
    if (first && this.options.run.watermark === null) this.#reportPast();
    for (const [done, look] of due.entries()) {
      if (first) this.surroundings.progress({ done, total: due.length, unit: 'kinds of change' });
      yield* this.#take(look);
    }
  }

  /** What lies before the first look is made out of what is still to be seen of it. */
  #reportPast(): void {
    const { at, days, run } = this.options;
    const reason = 'Made out at the first look.';
    if (days > 0) run.coverage({ from: earlier(at, days * dayMs), to: at, kind: 'reconstructed', reason });
  }

  #isDue({ name, everySeconds = 0 }: LookAt<Own, Kind>): boolean {
    if (this.#rests(name)) return false;
    const asked = this.memory.looks.get(name)?.asked;
    // A round may come a little early, by its jitter; an instant in the future is from a clock that was wrong.
    const since = asked === undefined ? Infinity : Math.abs(this.#now - Date.parse(asked));
    return since >= everySeconds * 950;
  }

  #rests(name: string): boolean {
    const rest = this.notes.resting.get(name);
    if (!rest) return false;
    if (Math.abs(this.#now - rest.since) >= restMs[rest.why]) return false;
    if (rest.why === 'absent') this.#remember(name, {});
    else this.#complaintsOf(rest.why).push(rest.refusal);
    return true;
  }

  #complaintsOf(why: 'refused' | 'failing'): Refusal<Kind>[] {
    return why === 'refused' ? this.refusals : this.failures;
  }

  /** Where the thing has moved, a look is taken there; where only this look is refused or fails, the others go on. */
  async *#take(look: LookAt<Own, Kind>, again = true): AsyncGenerator<Page, void, void> {
    const kinds = kindsOf(look).filter((kind) => this.surroundings.collects(kind));
    try {
      yield* this.#tell(look);
    } catch (error) {
      if (again && (await this.#hasMoved(error))) yield* this.#take(look, false);
      else if (this.options.isNothingToSee(kinds, error)) this.#isAbsent(look);
      else if (this.options.isRefusal(error)) this.#letRest(look, 'refused', { kinds, error });
      else if (this.#failsAlone(look, error)) this.#letRest(look, 'failing', { kinds, error });
      else throw error;
    }
  }

  async #hasMoved(error: unknown): Promise<boolean> {
    if (!(error instanceof SourceError) || !['moved', 'not-found'].includes(error.code)) return false;
    const moved = await this.options.lookAfter();
    if (!moved) return false;
    this.surroundings = { ...this.surroundings, ...moved };
    this.#unwritten = true;
    return true;
  }

  #isAbsent({ name }: LookAt<Own, Kind>): void {
    this.notes.resting.set(name, { since: this.#now, why: 'absent' });
    this.#unwritten ||= !this.memory.looks.has(name);
    this.#remember(name, {});
  }

  #letRest({ name }: LookAt<Own, Kind>, why: 'refused' | 'failing', refusal: Refusal<Kind>): void {
    this.notes.resting.set(name, { since: this.#now, why, refusal });
    this.#complaintsOf(why).push(refusal);
  }

  /** In an outage all looks fail, and the round is over; over one look an upstream may fail for ever. */
  #failsAlone({ name }: LookAt<Own, Kind>, error: unknown): error is SourceError {
    if (!isFailure(error)) return false;
    const times = (this.notes.failed.get(name) ?? 0) + 1;
    this.notes.failed.set(name, times);
    return times >= givenUpAfter;
  }

  async *#tell(look: LookAt<Own, Kind>): AsyncGenerator<Page, void, void> {
    const { name } = look;
    const kept = this.memory.looks.get(name);
    const known = kept?.state === undefined ? undefined : look.state.safeParse(kept.state).data;
    if (kept) this.#reportLoss(name, kept, known !== undefined);
    const at = new Date(this.options.upstream.now()).toISOString();
    const round = { ...this.surroundings, at, ...this.#timesOf(kept, known !== undefined) };
    for await (const { events, state, busy } of look.look(round, known)) {
      this.alive ||= events.length > 0 || busy === true;
      if (state !== undefined) this.#remember(name, { state });
      this.#unwritten ||= JSON.stringify(state ?? kept?.state) !== JSON.stringify(kept?.state);
      if (events.length === 0) continue;
      yield state === undefined ? { events } : { events, cursor: this.#cursor() };
      if (state !== undefined) this.#isWritten();
    }
    this.#unwritten ||= look.everySeconds !== undefined || kept === undefined;
    this.#remember(name, {});
    this.notes.resting.delete(name);
    this.notes.failed.delete(name);
  }

  /** A look that no longer knows what it saw can't tell what shows as a difference only. */
  #reportLoss(name: string, { asked, state, forgot }: LookMemory, knows: boolean): void {
    const { at } = this.options;
    if (knows || (state === undefined && forgot !== true) || asked >= at) return;
    const reason =
      forgot === true
        ? `There is more to remember of ${name} than a cursor holds; some changes can't be told.`
        : `What was known of ${name} can't be read any more; some changes can't be told.`;
    this.options.run.coverage({ from: asked, to: at, kind: 'blind', reason });
  }

  /** Between which instants a look tells. One that has lost what it knew goes back to its last look, at least. */
  #timesOf(kept: LookMemory | undefined, knows: boolean): Omit<RoundTimes, 'at'> {
    const reachMs = this.options.days * dayMs;
    if (!kept) {
      const started = this.#startOf();
      return { before: null, beginning: earlier(started, reachMs), started };
    }
    const { asked, beginning, started } = kept;
    if (knows) return { before: asked, beginning, started };
    const reach = earlier(this.options.at, reachMs);
    const needed = asked < reach ? asked : reach;
    return { before: null, beginning: beginning > needed ? beginning : needed, started };
  }

  /** A word that is added to `events:` later makes a first look of its own; a first round that broke off goes on. */
  #startOf(): string {
    const { at } = this.options;
    const { started } = this.memory;
    return Date.parse(at) - Date.parse(started) < dayMs ? started : at;
  }

  #remember(name: string, { state }: { state?: unknown }): void {
    const kept = this.memory.looks.get(name);
    const { beginning, started } = this.#timesOf(kept, true);
    const { at } = this.options;
    const keeps = state === undefined ? kept : { state };
    this.memory.looks.set(name, { ...keeps, started, beginning, asked: at });
    this.notes.asked.set(name, at);
  }

  #cursor() {
    const { at } = this.options;
    const { log } = this.surroundings;
    return toCursor(this.memory, at, (look) => {
      log.warn({ look }, 'more is to be remembered than a cursor holds: a look begins anew');
    });
  }

  #isWritten(): void {
    this.#unwritten = false;
    this.notes.writtenAt = this.#now;
  }

  /** Up to when all looks have seen everything, if that is further than before. */
  #watermark(): string | undefined {
    const asked = this.looks.map(({ name }) => this.memory.looks.get(name)?.asked);
    const [oldest = '', ...rest] = asked.map((instant) => instant ?? '').sort();
    if (oldest === '' || rest.includes('')) return undefined;
    const seen = earlier(oldest, settleMs);
    const { watermark } = this.options.run;
    return watermark === null || Date.parse(seen) > Date.parse(watermark) ? seen : undefined;
  }
}
