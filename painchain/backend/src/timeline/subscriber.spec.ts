import type { StreamMessage } from '@painchain/contract';
import { everything } from '@painchain/query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeLiveCursor, type LiveCursor } from './live-cursor.js';
import { Subscriber } from './subscriber.js';
import { type EventRecord, toTimelineRow } from '../event-rows/timeline-row.js';

const at = (xid: bigint): LiveCursor => ({ cluster: 'aaaaaaaaaaaa', xid, seq: 0n });
const stateAt = (xid: bigint) => ({ now: at(xid), next: xid + 5n, horizon: 0n });
const row = (status: string) => toTimelineRow({ seq: '1', integration_id: null, status } as EventRecord);

/** A stream that only remembers what it was told. */
class FakeStream {
  sent: { message: StreamMessage; id: string }[] = [];
  marks: string[] = [];
  isBehind = false;
  isEnded = false;
  send(message: StreamMessage, id: string): void {
    this.sent.push({ message, id });
  }
  mark(id: string): void {
    this.marks.push(id);
  }
  end(): void {
    this.isEnded = true;
  }
  onClose(): void {}
}

let stream: FakeStream;
const subscribe = (from?: string) => new Subscriber({ query: everything, columns: [], from, stream });

beforeEach(() => {
  vi.useFakeTimers();
  stream = new FakeStream();
});
afterEach(() => vi.useRealTimers());

describe('Subscriber', () => {
  it('starts now and tells its client where that is', () => {
    expect(subscribe().placeIn(stateAt(10n))).toEqual(at(10n));
    expect(stream.marks).toEqual([encodeLiveCursor(at(10n))]);
  });

  it('sends what matches, with the place that the client may come back to', () => {
    const subscriber = subscribe(encodeLiveCursor(at(7n)));
    expect(subscriber.placeIn(stateAt(10n))).toEqual(at(7n));
    subscriber.deliver([row('failure')], at(10n));
    expect(stream.sent).toEqual([
      { message: { kind: 'rows', rows: [row('failure')] }, id: encodeLiveCursor(at(10n)) },
    ]);
    expect(subscriber.placeIn(stateAt(12n))).toEqual(at(10n));
  });

  it('keeps a quiet connection alive and its place fresh every 15 seconds', () => {
    const subscriber = subscribe();
    subscriber.placeIn(stateAt(10n));
    for (let second = 1n; second <= 31n; second++) {
      vi.advanceTimersByTime(1_000);
      subscriber.deliver([], at(10n + second));
    }
    expect(stream.marks).toEqual([10n, 25n, 40n].map((xid) => encodeLiveCursor(at(xid))));
    expect(stream.sent).toEqual([]);
  });

  it('says once that it can not be continued when the database became another one meanwhile', () => {
    const subscriber = subscribe();
    subscriber.placeIn(stateAt(10n));
    const other = { ...stateAt(3n), now: { ...at(3n), cluster: 'bbbbbbbbbbbb' } };
    expect(subscriber.placeIn(other)).toEqual(other.now);
    subscriber.placeIn(other);
    expect(stream.sent.map(({ message }) => message.kind)).toEqual(['reset']);
  });

  it('tells lag every two seconds while it lasts, and its end once', () => {
    const subscriber = subscribe();
    subscriber.placeIn(stateAt(10n));
    for (const seconds of [0, 1.9, 2.1, 2.4, 4.2, 0, 0]) {
      subscriber.tellLag(seconds);
      vi.advanceTimersByTime(1_000);
    }
    const told = stream.sent.map(({ message }) => message.kind === 'lag' && message.lag_seconds);
    expect(told).toEqual([2.1, 4.2, 0]);
  });

  it('ends a client that does not keep up for ten seconds, with a reset', () => {
    const subscriber = subscribe();
    subscriber.placeIn(stateAt(10n));
    subscriber.dropIfBehind();
    expect(stream.isEnded).toBe(false);
    stream.isBehind = true;
    subscriber.dropIfBehind();
    vi.advanceTimersByTime(9_000);
    stream.isBehind = false;
    subscriber.dropIfBehind();
    stream.isBehind = true;
    subscriber.dropIfBehind();
    vi.advanceTimersByTime(9_999);
    subscriber.dropIfBehind();
    expect(stream.isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    subscriber.dropIfBehind();
    expect(stream.sent.at(-1)?.message.kind).toBe('reset');
    expect(stream.isEnded).toBe(true);
  });
});
