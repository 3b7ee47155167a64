import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LivingGitLab } from '../../testing/living-gitlab.js';
import { type PretendPipeline, factsOf, pretendPipelines } from '../../testing/pretend-pipelines.js';
import { type LookRun, runLook } from '../../testing/scripted-gitlab.js';
import { pipelines } from './pipelines.js';

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 18);
/** After this many minutes every pipeline has ended, however often it was retried. */
const lifetime = 12 * 60;

interface Life {
  created: number;
  late: number;
  deleted: number | undefined;
  runs: { rests: number; queues: number; works: number; status: string }[];
}

/** A retried pipeline rests for longer than two looks lie apart, so that none of its endings is overtaken twice. */
const Life: fc.Arbitrary<Life> = fc.record({
  created: fc.integer({ min: -60, max: 300 }),
  late: fc.constantFrom(0, 0, 0, 2, 5),
  deleted: fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
  ),
  runs: fc.array(
    fc.record({
      rests: fc.integer({ min: 1, max: 90 }),
      queues: fc.integer({ min: 0, max: 15 }),
      works: fc.integer({ min: 13, max: 40 }),
      status: fc.constantFrom('success', 'failed', 'canceled', 'never begun'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** A pipeline whose runs follow each other. What has never begun can't be retried. */
function pipelineOf({ created, late, deleted, runs }: Life, index: number): PretendPipeline {
  let now = begin + created * minute + index * 37;
  const lived: PretendPipeline['runs'][number][] = [];
  for (const { rests, queues, works, status } of runs) {
    const asked = lived.length === 0 ? now : now + rests * minute;
    const begins = asked + queues * minute;
    const never = status === 'never begun' && lived.length === 0;
    now = begins + works * minute;
    lived.push(
      never
        ? { asked, ends: now, status: 'canceled' }
        : { asked, begins, ends: now, status: status === 'never begun' ? 'canceled' : status },
    );
    if (never) break;
  }
  return {
    id: 1_001 + index,
    runs: lived,
    listed: (lived[0]?.asked ?? now) + late * minute,
    ...(deleted !== undefined && { deleted: begin + deleted * minute }),
  };
}

/** A few, or many more than a page shows. Ids grow with time. */
const Pipelines = fc
  .oneof(
    fc.array(Life, { minLength: 1, maxLength: 10, size: 'max' }),
    fc.array(Life, { minLength: 60, maxLength: 120, size: 'max' }),
  )
  .map((lives) => lives.sort((one, other) => one.created - other.created).map(pipelineOf));

/** Of a pipeline that has ended several times before the first look, nothing tells but its last ending. */
function shownOf({ runs, ...rest }: PretendPipeline): PretendPipeline {
  const last = runs.findLastIndex(({ ends }) => ends <= begin);
  return { ...rest, runs: runs.filter(({ ends }, index) => ends > begin || index === last) };
}

const Pauses = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });

/** Looks again and again, each time with what the look before has kept, until nothing can come any more. */
async function watch(all: readonly PretendPipeline[], pauses: readonly number[]): Promise<string[]> {
  const gitlab = new LivingGitLab(begin, pretendPipelines(all));
  const started = new Date(begin).toISOString();
  const beginning = new Date(begin - 120 * minute).toISOString();
  const keys: string[] = [];
  let state: LookRun<NonNullable<Parameters<typeof pipelines.look>[1]>>['state'];
  for (let turn = 0; gitlab.time <= begin + (lifetime + 40) * minute; turn += 1) {
    const round = await runLook(pipelines, gitlab, state, { beginning, started });
    expect(round.skipped).toEqual([]);
    keys.push(...round.events.map(({ key_parts: [, ...key], status }) => [...key, status].join(' ')));
    ({ state } = round);
    gitlab.time += (pauses[turn % pauses.length] ?? 1) * minute;
  }
  return keys;
}

it('tells each fact of every pipeline once, whenever it looks', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(Pipelines, Pauses, async (all, pauses) => {
      const keys = await watch(all, pauses);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      const end = begin + lifetime * minute;
      const lasting = all.filter(({ deleted }) => deleted === undefined);
      expect(keys).toEqual(expect.arrayContaining(lasting.flatMap((one) => factsOf(shownOf(one), end))));
      const possible = new Set(all.flatMap((pipeline) => factsOf(pipeline, end)));
      expect(keys.filter((key) => !possible.has(key))).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
