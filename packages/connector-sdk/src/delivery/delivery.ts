import type { BatchAnswer, LeaseProof, NewEvent, SourceProgress } from '@painchain/contract';
import type { Logger } from '@painchain/runtime';
import type { BackendClient } from '../backend/backend-client.js';
import { backendTrouble } from '../backend/backend-trouble.js';
import type { Clock } from '../clock.js';
import type { ConnectorMetrics } from '../metrics.js';
import { fullJitter } from '../schedule/backoff.js';
import { SourceError } from '../source-error.js';
import { cutBatches } from './cut-batches.js';
import { type Outcome, deliver } from './deliver.js';
import { LeaseLostError } from './lease-lost-error.js';

const refusedPauseMs = 60_000;
/** How often the backend may fail over a batch before the batch is suspected. */
const crashesBeforeSuspicion = 3;
/** How often the backend may fail over a single event before it is judged. */
const crashesBeforeVerdict = 5;
/** That many events failing one by one, while none has ever passed, mean that it is the backend. */
const suspectsBeforeDoubt = 8;

/** What keeps a delivery waiting, to be shown; undefined once it passes. */
export type DeliveryTrouble = { code: string; detail: string; remedy: string; action: boolean };

export interface DeliveryHost {
  client: BackendClient;
  lease: LeaseProof;
  clock: Clock;
  log: Logger;
  metrics: ConnectorMetrics;
}

/** Who is told what happens to the deliveries of one source. */
export interface DeliveryWatcher {
  waiting(trouble: DeliveryTrouble | undefined): void;
  /** An event was left out for good, because the backend can't take it. */
  poisoned(event: NewEvent, detail: string): void;
}

type Taken = { taken: true; answer: BatchAnswer } | { taken: false; outcome: Outcome & { kind: 'failure' } };

/**
 * Brings pages of events to the backend under one lease, for as long as it takes. What passes by itself is
 * waited for; an event that the backend can't take is isolated by halving, reported and left out, but only
 * when another event passes meanwhile: a backend that takes nothing is no fault of the event's.
 */
export class Delivery {
  /** An event that has been taken. Sent again it is a duplicate: a harmless way to see if the backend stores. */
  #known: NewEvent | undefined;

  constructor(private readonly host: DeliveryHost) {}

  /**
   * Delivers one page. The progress goes with the last of its batches, so the cursor never gets ahead.
   * Resolves with the new version of the source's cursor.
   *
   * @throws LeaseLostError when the lease or the cursor is somebody else's by now.
   * @throws SourceError when the progress itself is refused.
   */
  async page(
    events: readonly NewEvent[],
    progress: SourceProgress | undefined,
    watcher: DeliveryWatcher,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const batches = cutBatches(events);
    const last = batches.pop() ?? [];
    for (const batch of batches) await this.#send(batch, undefined, watcher, signal);
    const answer = await this.#send(last, progress, watcher, signal);
    watcher.waiting(undefined);
    return answer?.sources.find(({ source }) => source === progress?.source)?.version;
  }

  async #send(
    events: NewEvent[],
    progress: SourceProgress | undefined,
    watcher: DeliveryWatcher,
    signal: AbortSignal,
  ): Promise<BatchAnswer | undefined> {
    if (events.length === 0 && !progress) return undefined;
    const sent = await this.#attempt(events, progress, watcher, signal);
    if (sent.taken) return sent.answer;
    if (events.length === 0) throw refusedProgress(sent.outcome.error);
    await this.#isolate(events, watcher, signal);
    return progress ? this.#send([], progress, watcher, signal) : undefined;
  }

  /** Sends until it is taken, or certain that this very batch isn't. */
  async #attempt(
    events: NewEvent[],
    progress: SourceProgress | undefined,
    watcher: DeliveryWatcher,
    signal: AbortSignal,
    crashesAllowed = crashesBeforeSuspicion,
  ): Promise<Taken> {
    const { client, lease, clock } = this.host;
    const batch = { events, lease, ...(progress ? { sources: [progress] } : {}) };
    for (let attempt = 0, crashes = 0; ; attempt += 1) {
      const outcome = await deliver(client, batch, signal);
      this.#count(outcome);
      if (outcome.kind === 'success') {
        this.#note(events, outcome.answer);
        return { taken: true, answer: outcome.answer };
      }
      if (outcome.kind === 'failure') {
        if (outcome.problem === 'stale') throw new LeaseLostError(backendTrouble(outcome.error).detail);
        if (outcome.problem === 'unacceptable') return { taken: false, outcome };
        if (outcome.problem === 'crashed' && ++crashes >= crashesAllowed) return { taken: false, outcome };
      }
      const refused = outcome.kind === 'failure' && outcome.problem === 'refused';
      this.#sayWaiting(outcome.error, refused, watcher);
      const jitter = fullJitter(attempt, () => clock.random());
      const asked = outcome.kind === 'retryable' ? (outcome.afterMs ?? 0) : 0;
      await clock.sleep(refused ? refusedPauseMs : asked + jitter, signal);
    }
  }

  /** Delivers what can be delivered of a batch that isn't taken as a whole. */
  async #isolate(events: NewEvent[], watcher: DeliveryWatcher, signal: AbortSignal): Promise<void> {
    let open = events;
    for (let round = 0; ; round += 1) {
      const { suspects, complete } = await this.#split(open, watcher, signal);
      const leftOut = new Set<NewEvent>();
      let settled = complete;
      for (const suspect of suspects) {
        const verdict = await this.#judge(suspect, watcher, signal);
        if (verdict === 'poison') leftOut.add(suspect);
        if (verdict === 'unknown') settled = false;
      }
      if (settled) return;
      // Those that were taken are duplicates by now, so sending them again does no harm.
      open = open.filter((event) => !leftOut.has(event));
      await this.host.clock.sleep(
        fullJitter(round + 3, () => this.host.clock.random()),
        signal,
      );
    }
  }

  /** A suspect is poison only if it isn't taken while, right after it, a known event is. */
  async #judge(event: NewEvent, watcher: DeliveryWatcher, signal: AbortSignal) {
    const sent = await this.#attempt([event], undefined, watcher, signal, crashesBeforeVerdict);
    if (sent.taken) return 'taken';
    if (!(await this.#passes(watcher, signal))) return 'unknown';
    this.#leaveOut(event, sent.outcome.error, watcher);
    return 'poison';
  }

  /** Whether the backend takes an event that is known to be good. */
  async #passes(watcher: DeliveryWatcher, signal: AbortSignal): Promise<boolean> {
    if (!this.#known) return false;
    return (await this.#attempt([this.#known], undefined, watcher, signal, 1)).taken;
  }

  /** Halves until what isn't taken stands alone. Ends early, incomplete, when nothing at all is taken. */
  async #split(events: NewEvent[], watcher: DeliveryWatcher, signal: AbortSignal) {
    const suspects: NewEvent[] = [];
    const waiting = [events];
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      if (suspects.length >= suspectsBeforeDoubt && !(await this.#passes(watcher, signal))) {
        return { suspects: [], complete: false };
      }
      if ((await this.#attempt(part, undefined, watcher, signal, 1)).taken) continue;
      const half = part.length >> 1;
      if (half === 0) suspects.push(...part);
      else waiting.push(part.slice(half), part.slice(0, half));
    }
    return { suspects, complete: true };
  }

  #leaveOut(event: NewEvent, error: unknown, watcher: DeliveryWatcher): void {
    const { detail, code } = backendTrouble(error);
    this.host.metrics.events.inc({ result: 'poison' });
    this.host.log.error(
      { key: event.key, title: event.title, code, detail },
      'the backend cannot take an event',
    );
    watcher.poisoned(event, detail);
  }

  #sayWaiting(error: unknown, refused: boolean, watcher: DeliveryWatcher): void {
    const trouble = backendTrouble(error);
    this.host.log[refused ? 'error' : 'warn'](
      trouble,
      refused ? 'delivery is paused' : 'delivery is delayed',
    );
    watcher.waiting({ ...trouble, action: refused });
  }

  #count(outcome: Outcome): void {
    this.host.metrics.deliveries.inc({
      outcome: outcome.kind === 'failure' ? outcome.problem : outcome.kind,
    });
  }

  #note(events: NewEvent[], answer: BatchAnswer): void {
    answer.results.forEach((result, index) => {
      const event = events[index];
      this.host.metrics.events.inc({ result: result.status });
      if (result.status !== 'rejected') this.#known = event ?? this.#known;
      if (result.code === undefined) return;
      const level = result.status === 'rejected' ? 'warn' : 'debug';
      const { status, code, detail } = result;
      this.host.log[level]({ key: event?.key, status, code, detail }, `an event was answered with ${code}`);
    });
  }
}

function refusedProgress(error: unknown): SourceError {
  return new SourceError({
    code: 'cursor-refused',
    detail: backendTrouble(error).detail,
    remedy: 'This is a bug of the connector: the backend does not take its cursor. It keeps trying.',
    kind: 'upstream',
    cause: error,
  });
}
