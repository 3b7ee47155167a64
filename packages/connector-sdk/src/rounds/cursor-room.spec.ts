import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { type LookMemory, fromCursor, toCursor } from './cursor.js';

const at = '2026-11-24T10:00:00.000Z';
const hex = (text: string, length: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, length);
const many = <Item>(length: number, item: (index: number) => Item) =>
  Array.from({ length }, (_, n) => item(n));
const idOf = (index: number) => 17_000_000_000 + index * 977;
const told = many(200, (n) => [hex(`told ${n}`, 10), 1]);

/** What the looks keep of a repository that has a lot of everything. */
const states: Record<string, unknown> = {
  activity: { seen: many(200, idOf), rewound: many(300, (n) => hex(`ref ${n}`, 8)) },
  tags: { tags: randomBytes(15_000).toString('base64'), told },
  pulls: { high: at, heads: many(1_000, (n) => [n + 1, hex(`head ${n}`, 12)]), told },
  issues: { seen: many(300, (n) => n + 4_000) },
  issue_events: { seen: many(300, idOf) },
  runs: { horizon: 1, runs: many(400, (n) => [idOf(n), 1, 2]) },
  deployments: many(80, (n) => ({
    id: idOf(n),
    touched: at,
    environment: 'production',
    state: 'success',
    told: many(3, (status) => idOf(n + status)),
    etag: `W/"${hex(`etag ${n}`, 64)}"`,
  })),
  releases: many(30, (n) => ({
    id: idOf(n),
    tag: `v1.${n}`,
    fields: many(7, (field) => hex(`${n} ${field}`, 14)),
  })),
};

it('a repository that has a lot of everything is remembered whole', () => {
  const look = (state: unknown): LookMemory => ({ started: at, beginning: at, asked: at, state });
  const looks = new Map(Object.entries(states).map(([name, state]) => [name, look(state)]));
  const memory = { thing: { id: 7, fullName: 'acme/api' }, started: at, looks };
  const cursor = toCursor(memory, at, (name) => expect.unreachable(`${name} has to be forgotten`));
  expect(fromCursor(cursor)).toEqual(memory);
});
