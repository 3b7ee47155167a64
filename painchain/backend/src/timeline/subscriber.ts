import type { TimelineRow } from '@painchain/contract';
import type { Query } from '@painchain/query';
import type { Column } from './columns/column.js';
import type { EventStream } from './event-stream.js';
import { decodeLiveCursor, encodeLiveCursor, type LiveCursor } from './live-cursor.js';
import type { LiveState } from './live-state.js';

export interface Subscription {
  query: Query;
  columns: readonly Column[];
  /** The cursor to go on from; without one it starts now. */
  from: string | undefined;
  stream: Pick<EventStream, 'send' | 'mark' | 'end' | 'onClose' | 'isBehind'>;
}

// A transaction elsewhere may hold the tail back for this long before it is worth a word.
const lagShownSeconds = 2;
const lagRepeatedMs = 2_000;
const heartbeatMs = 15_000;

// How long a client may take for what it has been sent, before it is sent more.
const patienceMs = 10_000;

/** One reader of the tail and its place in it. */
export class Subscriber {
  readonly query: Query;
  readonly columns: readonly Column[];
  /** The same for all who ask for the same. */
  readonly askedName: string;
  readonly #stream: Subscription['stream'];
  #from: string | undefined;
  #place: LiveCursor | undefined;
  #isLagging = false;
  #lagSaidAt = 0;
  #saidAt = 0;
  #behindSince: number | undefined;

  constructor({ query, columns, from, stream }: Subscription) {
    this.query = query;
    this.columns = columns;
    this.askedName = JSON.stringify([query, columns]);
    this.#stream = stream;
    this.#from = from;
  }

  /** Where it reads on. What can't be continued from is told, and continues from now. */
  placeIn(state: LiveState): LiveCursor {
    const fault = this.#faultIn(state);
    this.#from = undefined;
    if (this.#place && fault === undefined) return this.#place;
    this.#place = state.now;
    if (fault !== undefined) this.#stream.send({ kind: 'reset', reason: fault }, encodeLiveCursor(state.now));
    else this.#mark();
    return this.#place;
  }

  #faultIn({ now, next, horizon }: LiveState): string | undefined {
    if (this.#from !== undefined) {
      this.#place = decodeLiveCursor(this.#from);
      if (!this.#place) return 'the cursor is not one of ours';
    }
    if (!this.#place) return undefined;
    const { cluster, xid } = this.#place;
    if (cluster !== now.cluster || xid > next) return 'the database is another one or was restored';
    if (xid <= horizon) return 'too much time has passed';
    return undefined;
  }

  /** Takes the rows between its place and `end` that match its query. */
  deliver(rows: TimelineRow[], end: LiveCursor): void {
    this.#place = end;
    if (rows.length === 0) {
      if (Date.now() - this.#saidAt >= heartbeatMs) this.#mark();
      return;
    }
    this.#stream.send({ kind: 'rows', rows }, encodeLiveCursor(end));
    this.#saidAt = Date.now();
  }

  /** Tells when events are held back, every now and then while they are, and once when that is over. */
  tellLag(seconds: number): void {
    const isLagging = seconds > lagShownSeconds;
    const isDue = isLagging ? Date.now() - this.#lagSaidAt >= lagRepeatedMs : this.#isLagging;
    this.#isLagging = isLagging;
    if (!isDue || !this.#place) return;
    this.#lagSaidAt = Date.now();
    const lag_seconds = isLagging ? Math.round(seconds * 10) / 10 : 0;
    this.#stream.send({ kind: 'lag', lag_seconds }, encodeLiveCursor(this.#place));
  }

  /** Whether much of what it was sent is still unread: until it is not, it gets no more. */
  get isBehind(): boolean {
    return this.#stream.isBehind;
  }

  /** Ends a reader that does not keep up. It may come back with its place, or load the page anew. */
  dropIfBehind(): void {
    this.#behindSince = this.isBehind ? (this.#behindSince ?? Date.now()) : undefined;
    if (this.#behindSince === undefined || Date.now() - this.#behindSince < patienceMs) return;
    this.drop('the connection was too slow for what happened');
  }

  /** Ends a reader that can't be served. */
  drop(reason: string): void {
    if (this.#place) this.#stream.send({ kind: 'reset', reason }, encodeLiveCursor(this.#place));
    this.#stream.end();
  }

  end(): void {
    this.#stream.end();
  }

  #mark(): void {
    if (this.#place) this.#stream.mark(encodeLiveCursor(this.#place));
    this.#saidAt = Date.now();
  }
}
