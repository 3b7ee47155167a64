import type { Related, Relation, TimelineRow } from '@painchain/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { createTestApp } from '../timeline/testing/test-app.js';
import { bounds } from './bounds.js';
import { RelatedModule } from './related.module.js';
import { RelatedService } from './related.service.js';
import { allOf, storeEvents, type TestEvent } from './testing/store-events.js';

let test: TestDatabase;
let related: RelatedService;
let close: () => Promise<void>;

beforeAll(async () => {
  test = await createTestDatabase();
  const app = await createTestApp(test.database, [RelatedModule]);
  related = app.get(RelatedService);
  close = () => app.close();
});
afterAll(async () => {
  await close();
  await test.drop();
});

const kinds = ['commit', 'change', 'run', 'image', 'env', 'x'];
const ref = fc.tuple(fc.constantFrom(...kinds), fc.nat(6)).map(([kind, n]) => `${kind}:${n}`);
const seconds = (most: number) => fc.integer({ min: -most, max: most });

const event = fc.record({
  timestamp: fc
    .oneof(fc.constant(0), seconds(4_000), seconds(40 * 86_400))
    .map((offset) => new Date(Date.UTC(2026, 0, 31) + offset * 1_000).toISOString()),
  type: fc.constantFrom('push', 'pull_request', 'run', 'image', 'deploy', 'other', undefined),
  refs: fc.uniqueArray(ref, { maxLength: 3 }),
  subject: fc.constantFrom(undefined, 's1', 's2'),
  actor: fc.constantFrom(undefined, 'ada', 'bob'),
});

/** Few enough that no bound but those of hops and time holds anything back. */
const store = fc
  .array(event, { minLength: 1, maxLength: 30 })
  .map((events) => events.map((each, n): TestEvent => withoutUndefined({ ...each, title: String(n) })));

function withoutUndefined(event: object): TestEvent {
  return JSON.parse(JSON.stringify(event)) as TestEvent;
}

const apart = (one: TestEvent, other: TestEvent) =>
  Math.abs(Date.parse(one.timestamp ?? '') - Date.parse(other.timestamp ?? '')) / 1_000;
const joins = (event: TestEvent) => (event.refs ?? []).filter((each) => !each.startsWith('env:'));

/** The titles of all that hangs together with an event, by the words of the specification. */
function expected(events: readonly TestEvent[], start: TestEvent): Set<string> {
  const near = events.filter((event) => apart(event, start) <= bounds.days * 86_400);
  const reached = new Set([start]);
  let front = [start];
  for (let hop = 0; hop < bounds.hops; hop++) {
    const refs = new Set(front.flatMap(joins));
    front = near.filter((event) => !reached.has(event) && joins(event).some((each) => refs.has(each)));
    for (const each of front) reached.add(each);
  }
  for (const each of near) {
    const isSameSubject = each.subject !== undefined && each.subject === start.subject;
    const isSameActor = each.actor !== undefined && each.actor === start.actor;
    if (isSameSubject || (isSameActor && apart(each, start) <= 3_600)) reached.add(each);
  }
  reached.delete(start);
  return new Set([...reached].map(({ title }) => title));
}

function isTrue(why: Relation, row: TimelineRow, rows: ReadonlyMap<string, TimelineRow>, start: TimelineRow) {
  if (why.kind === 'subject') return row.subject === why.subject && start.subject === why.subject;
  if (why.kind === 'actor') {
    const offset = (Date.parse(row.timestamp) - Date.parse(start.timestamp)) / 1_000;
    return row.actor === why.actor && start.actor === why.actor && why.seconds === offset;
  }
  const isNamedThere = rows.get(why.from)?.refs.includes(why.ref) === true;
  return why.from !== row.id && isNamedThere && row.refs.includes(why.ref);
}

const strength = ['ref', 'subject', 'actor'];

function check(found: Related, start: TimelineRow, wanted: Set<string>): void {
  const all = allOf(found);
  const others = all.filter(({ row }) => row.id !== start.id);
  expect(new Set(others.map(({ row }) => row.title))).toEqual(wanted);
  expect(new Set(all.map(({ row }) => row.id)).size).toBe(all.length);
  const rows = new Map([start, ...all.map(({ row }) => row)].map((row) => [row.id, row]));
  for (const { row, why } of others) {
    expect(why.length).toBeGreaterThan(0);
    expect(why.filter((each) => !isTrue(each, row, rows, start))).toEqual([]);
    const order = why.map(({ kind }) => strength.indexOf(kind));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  }
  for (const { stage, state, events } of found.chain) {
    expect(events.every((each) => each.stage === stage)).toBe(true);
    expect(state === 'seen').toBe(events.length > 0);
  }
}

describe('related events, whatever there is', () => {
  it('are exactly those that hang together, each once and for reasons that are true', async () => {
    const property = fc.asyncProperty(store, fc.nat(), async (events, n) => {
      await test.asOwner('truncate events, event_refs');
      const ids = await storeEvents(test, events);
      const start = events[n % events.length] as TestEvent;
      const found = await related.related(1, ids[start.title] ?? '');
      const row = {
        ...start,
        id: ids[start.title],
        refs: start.refs ?? [],
        subject: start.subject ?? null,
        actor: start.actor ?? null,
      } as TimelineRow;
      check(found, row, expected(events, start));
      expect(found.capped).toBeNull();
    });
    await fc.assert(property, { numRuns: 200, interruptAfterTimeLimit: 10_000 });
  }, 30_000);
});
