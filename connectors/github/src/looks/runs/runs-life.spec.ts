import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LivingGitHub } from '../../testing/living-github.js';
import { type PretendRun, factsOf, pretendRuns } from '../../testing/pretend-runs.js';
import { runLook } from '../../testing/scripted-github.js';
import { runs } from './runs.js';

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 18);
/** After this many minutes every run has ended, however often it was run again. */
const lifetime = 12 * 60;

interface Life {
  created: number;
  late: number;
  deleted: number | undefined;
  attempts: { rests: number; queues: number; works: number; conclusion: string }[];
}

const Life: fc.Arbitrary<Life> = fc.record({
  created: fc.integer({ min: -60, max: 300 }),
  late: fc.constantFrom(0, 0, 0, 2, 25),
  deleted: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
  ),
  attempts: fc.array(
    fc.record({
      rests: fc.integer({ min: 1, max: 90 }),
      queues: fc.integer({ min: 0, max: 15 }),
      works: fc.integer({ min: 0, max: 30 }),
      conclusion: fc.constantFrom('success', 'failure', 'cancelled', 'never begun', 'a_word_of_tomorrow'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** A run whose attempts follow each other. */
function runOf({ created, late, deleted, attempts }: Life, index: number): PretendRun {
  let now = begin + created * minute;
  const lived = attempts.map(({ rests, queues, works, conclusion }, nth) => {
    const asked = nth === 0 ? now : now + rests * minute;
    const begins = asked + queues * minute;
    const cancelled = conclusion === 'never begun';
    now = cancelled ? begins : begins + works * minute;
    return cancelled
      ? { asked, ends: now, conclusion: 'cancelled' }
      : { asked, begins, ends: now, conclusion };
  });
  const [first, ...again] = lived;
  if (!first) throw new Error('a run has an attempt');
  return {
    id: 1_001 + index,
    attempts: [first, ...again],
    listed: first.asked + late * minute,
    ...(deleted !== undefined && { deleted: begin + deleted * minute }),
  };
}

/** A few, or many more than the first page shows. Ids grow with time. */
const Runs = fc
  .oneof(
    fc.array(Life, { minLength: 1, maxLength: 10, size: 'max' }),
    fc.array(Life, { minLength: 60, maxLength: 120, size: 'max' }),
  )
  .map((lives) => lives.sort((one, other) => one.created - other.created).map(runOf));

const Pauses = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });

/** Looks again and again, each time with what the look before has kept, until nothing can come any more. */
async function watch(all: readonly PretendRun[], pauses: readonly number[]): Promise<string[]> {
  const github = new LivingGitHub(begin, pretendRuns(all));
  const started = new Date(begin).toISOString();
  const beginning = new Date(begin - 120 * minute).toISOString();
  const keys: string[] = [];
  let state: Awaited<ReturnType<typeof runLook<NonNullable<Parameters<typeof runs.look>[1]>>>>['state'];
  for (let turn = 0; github.time <= begin + (lifetime + 40) * minute; turn += 1) {
    const round = await runLook(runs, github, state, { beginning, started });
    expect(round.skipped).toEqual([]);
    keys.push(...round.events.map(({ key_parts: [, ...key] }) => key.join(' ')));
    ({ state } = round);
    github.time += (pauses[turn % pauses.length] ?? 1) * minute;
  }
  return keys;
}

it('tells each fact of every run once, whenever it looks', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(Runs, Pauses, async (all, pauses) => {
      const keys = await watch(all, pauses);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      const end = begin + lifetime * minute;
      const lasting = all.filter(({ deleted }) => deleted === undefined);
      expect(keys).toEqual(expect.arrayContaining(lasting.flatMap((run) => factsOf(run, end))));
      const possible = new Set(all.flatMap((run) => factsOf(run, end)));
      expect(keys.filter((key) => !possible.has(key))).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
