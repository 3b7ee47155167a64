import type { Collect, JsonValue, Page } from '@painchain/connector-sdk';
import type { Position, Reflected, Rhythm } from '../reflector/reflector.js';
import type { Timely } from '../reflector/timely.js';
import type { SnapshotFile } from '../snapshot/snapshot-file.js';
import { Snapshot } from '../snapshot/snapshot.js';
import { Batch } from './batch.js';
import { type Cursor, readCursor } from './cursor.js';
import { Draft } from './draft.js';
import { ListProgress } from './list-progress.js';
import { Teller, type Telling } from './teller.js';

/** By how much a watermark stays behind: clocks are known no better. */
const settleMs = 2_000;
/** By how much it moves at least for a page of its own. */
const watermarkMs = 30_000;
/** No watermark that was stored is so far behind what is known. */
const forgottenMs = 120_000;

/** What a source keeps from run to run. */
export interface Memory {
  /** The cluster's uid: another one may come under its name. */
  cluster?: string;
  snapshot?: Snapshot;
}

interface WatchingHost extends Omit<Telling, 'draft'> {
  run: Collect;
  rhythm: Rhythm;
  file: SnapshotFile;
  memory: Memory;
  /** The names of its scopes. */
  scopes: readonly string[];
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function millis(watermark: string | null): number {
  return watermark === null ? 0 : Date.parse(watermark);
}

/** One run of a kind's source: what it knows, what it is telling, and how far it has come. */
export class Watching {
  readonly #draft: Draft;
  readonly #teller: Teller;
  readonly #batch: Batch;
  readonly #progress: ListProgress;
  #watermark: number;
  /** What the cursor is once the first list of this snapshot is known. */
  #cursor: Cursor | undefined;

  private constructor(
    private readonly host: WatchingHost,
    private readonly snapshot: Snapshot,
    private readonly started: string,
    /** Since when nothing is known: a snapshot was lost, and that is not yet reported. */
    private blind: string | null,
  ) {
    this.#draft = new Draft(snapshot);
    this.#teller = new Teller({ ...host, draft: this.#draft });
    this.#batch = new Batch(() => host.rhythm.now());
    this.#progress = new ListProgress(host.run);
    this.#watermark = millis(host.run.watermark);
  }

  /** Takes up what is known. Without a cursor it is the first time ever, whatever lies on the disk. */
  static async begin(host: WatchingHost): Promise<Watching> {
    const { memory, file, run } = host;
    const cursor = readCursor(run.cursor);
    const fits = (snapshot: Snapshot | undefined) =>
      snapshot?.id === cursor?.snapshot ? snapshot : undefined;
    const held = memory.cluster === host.facts.uid ? memory.snapshot : undefined;
    const known = cursor === null ? undefined : (fits(held) ?? fits(await file.load()));
    const snapshot = known ?? new Snapshot();
    Object.assign(memory, { cluster: host.facts.uid, snapshot });
    const started = cursor?.started ?? instant(host.now());
    const lost = cursor !== null && known === undefined ? run.watermark : null;
    const watching = new Watching(host, snapshot, started, cursor?.blind ?? lost);
    if (known !== undefined) watching.#goOn();
    watching.#readFold();
    return watching;
  }

  #goOn(): void {
    const { scopes, run } = this.host;
    this.snapshot.keepScopes(scopes);
    const told = millis(run.watermark);
    for (const [scope, { version, heard }] of Object.entries(this.positions())) {
      this.#draft.reach(scope, { version, heard: Math.max(heard, told) });
    }
    this.#draft.commit();
    this.#reportForgotten();
    this.#reportLoss();
    this.#cursor = this.#cursorNow();
  }

  /** A backend that was set back to a backup has lost what it was told, which is news to nobody here. */
  #reportForgotten(): void {
    const { run, kind } = this.host;
    const heard = this.#heard();
    if (run.watermark === null || heard === undefined) return;
    if (heard - millis(run.watermark) < forgottenMs) return;
    const reason = `What was told of each ${kind.name} is no longer stored, and can't be told again.`;
    run.coverage({ from: run.watermark, to: instant(heard), kind: 'blind', reason });
  }

  #readFold(): void {
    const { fold } = this.host.kind;
    if (fold === undefined) return;
    const kept = fold.state.safeParse(this.snapshot.fold);
    this.snapshot.fold = (kept.success ? kept.data : fold.empty) as JsonValue;
  }

  /** From where on it has to be reflected. */
  positions(): Record<string, Position> {
    return this.snapshot.positions();
  }

  /** Tells what is reflected, for ever. */
  async *tell(items: Timely<Reflected>): AsyncGenerator<Page, void, void> {
    try {
      for (;;) {
        const next = await items.next(this.#batch.dueIn());
        this.host.run.signal.throwIfAborted();
        if (next?.done) return;
        if (next) {
          this.#batch.lives();
          yield* this.#take(next.value);
        }
        if (this.#batch.dueIn() === 0) yield* this.#flush();
        if (this.#cursor) void this.host.file.save(this.snapshot);
      }
    } finally {
      items.close();
    }
  }

  /** Of a kind that the cluster doesn't serve there is nothing, as far as one can see. */
  async *nothingThere(): AsyncGenerator<Page, void, void> {
    const first = this.#cursor === undefined || this.blind !== null;
    for (const scope of this.host.scopes) this.#draft.reach(scope, { heard: this.host.now() });
    this.#batch.lives();
    yield* this.#flush();
    if (first) yield* this.#firstSeen();
  }

  /** Writes what is known. What has been told and may not be stored is not. */
  async end(): Promise<void> {
    if (this.#cursor) await this.host.file.save(this.snapshot, true);
  }

  async *#take(reflected: Reflected): AsyncGenerator<Page, void, void> {
    const first = this.#draft.position(reflected.scope) === undefined;
    this.#progress.sees(reflected);
    for (const events of this.#teller.tell(reflected)) {
      this.#batch.add(events);
      if (this.#batch.isFull(this.#draft.size)) yield* this.#flush();
    }
    const borders = reflected.kind !== 'object' && reflected.kind !== 'deleted';
    if (borders || this.#batch.isFull(this.#draft.size)) yield* this.#flush();
    if (first && reflected.kind === 'listed') yield* this.#firstSeen();
  }

  /** The baseline is on the disk before a cursor names it. */
  async *#firstSeen(): AsyncGenerator<Page, void, void> {
    await this.host.file.save(this.snapshot, true);
    this.#reportLoss();
    this.#cursor = this.#cursorNow();
    yield* this.#flush(true);
  }

  #cursorNow(): Cursor {
    return { v: 1, started: this.started, snapshot: this.snapshot.id, blind: this.blind };
  }

  #reportLoss(): void {
    const { run, kind } = this.host;
    const heard = this.#heard();
    if (this.blind === null || heard === undefined) return;
    const from = Date.parse(this.blind) - (kind.fold?.heldSeconds ?? 0) * 1_000;
    this.blind = null;
    const reason = `What was known of each ${kind.name} is lost, or was kept in another way: what changed meanwhile can't be told.`;
    if (from < heard) run.coverage({ from: instant(from), to: instant(heard), kind: 'blind', reason });
  }

  /** Tells what there is to tell. Only behind it, when it is stored, it is known. */
  async *#flush(moves = false): AsyncGenerator<Page, void, void> {
    const heard = this.#heard();
    if (heard !== undefined) this.#batch.add(this.#teller.due(heard));
    const seen = heard === undefined ? 0 : heard - settleMs;
    const further = this.#cursor !== undefined && seen - this.#watermark >= watermarkMs;
    const pages = this.#batch.pages(moves || further);
    const last = pages.pop();
    yield* pages;
    if (last) {
      this.#watermark = Math.max(this.#watermark, seen);
      const watermark = this.#watermark === 0 ? undefined : instant(this.#watermark);
      yield { ...last, cursor: this.#cursor, watermark };
    }
    this.#draft.commit();
  }

  /** Up to where all scopes have been told; undefined when one has never been listed. */
  #heard(): number | undefined {
    const all = this.host.scopes.map((scope) => this.#draft.position(scope)?.heard);
    return all.includes(undefined) ? undefined : Math.min(...all.map((heard) => heard ?? 0));
  }
}
