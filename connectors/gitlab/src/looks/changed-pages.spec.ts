import { expect, it } from 'vitest';
import { LivingGitLab } from '../testing/living-gitlab.js';
import { runLook } from '../testing/scripted-gitlab.js';
import { z } from 'zod';
import { ChangedMark, changedPages, markFrom, windowStart } from './changed-pages.js';
import { defineLook } from './look.js';

const at = Date.UTC(2026, 10, 24, 10);
const iso = (ms: number) => new Date(ms).toISOString();

interface Thing {
  id: number;
  updated: number;
}

/** Things that may change each time that somebody looks. */
function thingsAt(things: Thing[], change: () => void = () => undefined) {
  return new LivingGitLab(at, (_path, query) => {
    const since = Date.parse(query.get('updated_after') ?? '');
    const list = things
      .filter(({ updated }) => updated >= since)
      .sort((one, other) => one.updated - other.updated)
      .map(({ id, updated }) => ({ id, updated_at: iso(updated) }));
    queueMicrotask(change);
    return { list };
  });
}

/** Reads what has changed, into the log of ids. */
function reader(ids: number[]) {
  return defineLook<ChangedMark>({
    name: 'things',
    kind: 'pipeline',
    state: ChangedMark,
    async *look(round, known) {
      for await (const { items, mark } of changedPages(round, { what: 'things', name: 'things' }, known)) {
        ids.push(
          ...z
            .array(z.object({ id: z.int() }))
            .parse(items)
            .map(({ id }) => id),
        );
        yield { events: [], state: mark };
      }
    },
  });
}

const many = (count: number, updated: (index: number) => number): Thing[] =>
  Array.from({ length: count }, (_, id) => ({ id, updated: updated(id) }));

it('skips nothing where what was read is changed while it goes on', async () => {
  const things = many(250, (index) => at - 3_600_000 + index * 1_000);
  const ids: number[] = [];
  const gitlab = thingsAt(things, () => {
    const [first] = things.filter(({ updated }) => updated < at - 3_000_000);
    if (first) first.updated = at - 1_000;
  });
  const { state } = await runLook(reader(ids), gitlab);
  expect(new Set(ids).size).toBe(250);
  expect(state?.high).toBe(iso(at - 1_000));
});

it('gets past an instant that fills more than a page', async () => {
  const ids: number[] = [];
  await runLook(reader(ids), thingsAt([...many(250, () => at - 5_000), { id: 999, updated: at - 1_000 }]));
  expect(new Set(ids).size).toBe(251);
});

it('asks again by the same address and its ETag as long as nothing is new', async () => {
  const gitlab = thingsAt(many(3, () => at - 3_600_000));
  const ids: number[] = [];
  const first = await runLook(reader(ids), gitlab);
  const second = await runLook(reader(ids), gitlab, first.state);
  const third = await runLook(reader(ids), gitlab, second.state);
  expect([ids.length, gitlab.free, third.state]).toEqual([6, 1, undefined]);
});

it('looks back a little, but not to what is not remembered, nor into the future', () => {
  const round = { at: iso(at), beginning: iso(at - 86_400_000) };
  const start = (known?: ChangedMark) => (at - windowStart(round, known)) / 60_000;
  expect(start()).toBe(24 * 60 + 10);
  expect(start({ high: iso(at - 60_000) })).toBe(11);
  expect(start({ high: iso(at + 60_000) })).toBe(10);
  const mark: ChangedMark = { high: iso(at), etag: 'x' };
  expect(start(markFrom(mark, at - 120_000))).toBe(2);
  expect(markFrom(mark, at - 3_600_000)).toBe(mark);
});
