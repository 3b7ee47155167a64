import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../event-rows/timeline-row.js';
import { toRelated } from './chain.js';
import { gather } from './gather.js';
import type { RelatedReader } from './related.repository.js';

const event = (seq: string, refs: string[] = []): EventRecord => ({
  seq,
  integration_id: null,
  timestamp: `2026-01-31T10:0${seq}:00.000000Z`,
  received_at: '2026-01-31T10:35:00.000000Z',
  title: seq,
  connector: 'ci',
  project: 'acme/api',
  type: null,
  status: null,
  actor: 'ada',
  url: null,
  environment: null,
  severity: null,
  subject: 's',
  refs,
  tags: [],
  time_gap: false,
  backfill: false,
});

/** Reads from memory, and counts how often it is asked. */
function readerOf(events: readonly EventRecord[], hubs: readonly string[] = []) {
  const asked: string[] = [];
  const reader: RelatedReader = {
    event: async (seq) => events.find((each) => each.seq === seq),
    events: async (seqs) => events.filter(({ seq }) => seqs.includes(seq)),
    namingAny: async (refs, { seq: start }) => {
      asked.push(`keys ${refs.join(' ')}`);
      return refs.flatMap((ref) =>
        events
          .filter(({ seq, refs: named }) => seq !== start && named.includes(ref))
          .map(({ seq }) => ({ ref, seq, distance: Number(seq), is_hub: hubs.includes(ref) })),
      );
    },
    ofSubject: async () => {
      asked.push('subject');
      return [];
    },
    byActor: async () => {
      asked.push('actor');
      return { events: [], isCut: false };
    },
  };
  return { reader, asked };
}

const inTime = () => false;

describe('gathering', () => {
  it('asks for each key once, in the order of closeness', async () => {
    const start = event('1', ['a', 'b', 'env:x']);
    const { reader, asked } = readerOf([start, event('2', ['a', 'c']), event('3', ['b', 'c', 'd'])]);
    const { events, askedFor } = await gather(reader, start, inTime);
    expect(asked).toEqual(['keys a b', 'keys c d', 'subject', 'actor']);
    expect([...events.keys()]).toEqual(['1', '2', '3']);
    expect(Object.fromEntries(askedFor)).toEqual({ a: '1', b: '1', c: '2', d: '3' });
  });

  it('goes on from what a hub led to only when another key leads there too', async () => {
    const start = event('1', ['hub', 'a']);
    const there = [event('2', ['hub', 'c', 'b']), event('3', ['a', 'b']), event('4', ['hub', 'd'])];
    const { reader, asked } = readerOf([start, ...there, event('5', ['c']), event('6', ['d'])], ['hub']);
    const { events, hubs } = await gather(reader, start, inTime);
    expect(asked.slice(0, 3)).toEqual(['keys hub a', 'keys b', 'keys c']);
    expect([...events.keys()]).toEqual(['1', '3', '2', '4', '5']);
    expect([...hubs]).toEqual(['hub']);
  });

  it('stops when the time is over, with what there is, and says so', async () => {
    const start = event('1', ['a']);
    const { reader, asked } = readerOf([start, event('2', ['a', 'b']), event('3', ['b'])]);
    const gathered = await gather(reader, start, () => asked.length > 0);
    expect(asked).toEqual(['keys a']);
    expect([...gathered.events.keys()]).toEqual(['1', '2']);
    const { capped } = toRelated(gathered, () => null);
    expect(capped).toMatchObject({ reason: 'time', detail: expect.stringContaining('the time') });
  });
});
