import type { TimelineRow } from '@painchain/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveTail, type TailState } from './live-tail.js';
import { rowAt } from './testing.js';

class FakeSource extends EventTarget {
  closed = false;
  constructor(readonly address: string) {
    super();
  }
  close(): void {
    this.closed = true;
  }
  opens(): void {
    this.dispatchEvent(new Event('open'));
  }
  fails(): void {
    this.dispatchEvent(new Event('error'));
  }
  sends(kind: string, message: object, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify({ kind, ...message }), lastEventId }));
  }
}

function setUp() {
  const sources: FakeSource[] = [];
  const states: TailState[] = [];
  const rows: string[] = [];
  const seen = { resets: 0, polls: 0 };
  const tail = new LiveTail({
    cursor: 'start',
    address: (cursor) => `/stream?cursor=${cursor}`,
    open: (address) => {
      const source = new FakeSource(address);
      sources.push(source);
      return source;
    },
    poll: () => {
      seen.polls += 1;
      return Promise.resolve([rowAt('new', 2), rowAt('old', 1)]);
    },
    events: {
      rows: (given: TimelineRow[]) => rows.push(...given.map((row) => row.id)),
      reset: () => (seen.resets += 1),
      lag: () => undefined,
      state: (state) => states.push(state),
    },
  });
  const last = () => sources.at(-1) as FakeSource;
  return { tail, sources, states, rows, seen, last };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('LiveTail', () => {
  it('begins at the page’s cursor and hands on what it is sent', () => {
    const { tail, states, rows, last } = setUp();
    tail.start();
    expect(last().address).toBe('/stream?cursor=start');
    last().opens();
    last().sends('rows', { rows: [rowAt('a', 1)] }, 'c1');
    expect(rows).toEqual(['a']);
    expect(states).toEqual(['connecting', 'live']);
  });

  it('reconnects from the last cursor that it saw, one connection at a time', () => {
    const { tail, sources, last } = setUp();
    tail.start();
    last().opens();
    last().sends('rows', { rows: [] }, 'c7');
    last().fails();
    expect(sources[0]?.closed).toBe(true);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(2);
    expect(last().address).toBe('/stream?cursor=c7');
  });

  it('rests while hidden and goes on from its cursor', () => {
    const { tail, sources, states, last } = setUp();
    tail.start();
    last().sends('rows', { rows: [] }, 'c3');
    tail.pause();
    expect(last().closed).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
    tail.start();
    expect(last().address).toBe('/stream?cursor=c3');
    expect(states).toEqual(['connecting', 'hidden', 'connecting']);
  });

  it('polls when the stream keeps failing, and stops polling when it is back', async () => {
    const { tail, states, rows, seen, last } = setUp();
    tail.start();
    for (let failure = 0; failure < 3; failure += 1) {
      last().fails();
      await vi.advanceTimersByTimeAsync(3_999);
    }
    expect(states.at(-1)).toBe('polling');
    expect(rows.slice(0, 2)).toEqual(['old', 'new']);
    await vi.advanceTimersByTimeAsync(1_000);
    last().opens();
    const polled = seen.polls;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.polls).toBe(polled);
    expect(states.at(-1)).toBe('live');
  });

  it('gives up its place when it is told to, and asks for a new page', () => {
    const { tail, sources, seen, last } = setUp();
    tail.start();
    last().sends('reset', { reason: 'too far behind' });
    vi.advanceTimersByTime(60_000);
    expect(seen.resets).toBe(1);
    expect(sources).toHaveLength(1);
  });

  it('does not mind a message that it can’t read', () => {
    const { tail, rows, last } = setUp();
    tail.start();
    last().dispatchEvent(new MessageEvent('rows', { data: '{"kind":' }));
    last().sends('rows', { rows: [rowAt('a', 1)] });
    expect(rows).toEqual(['a']);
  });

  it('hears nothing after it was stopped', () => {
    const { tail, sources, rows, last } = setUp();
    tail.start();
    tail.stop();
    last().sends('rows', { rows: [rowAt('a', 1)] });
    last().fails();
    vi.advanceTimersByTime(60_000);
    expect(rows).toEqual([]);
    expect(sources).toHaveLength(1);
  });
});
