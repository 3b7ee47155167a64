import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LivingGitHub } from '../../testing/living-github.js';
import { type PretendDeployment, pretendDeployments } from '../../testing/pretend-deployments.js';
import { type LookRun, runLook } from '../../testing/scripted-github.js';
import { deployments } from './deployments.js';

const minute = 60_000;
const begin = Date.UTC(2026, 10, 24, 18);
const lifetime = 8 * 60;

interface Life {
  created: number;
  late: number;
  environment: string;
  /** Minutes between two states. */
  pauses: number[];
  end: string;
}

const Life: fc.Arbitrary<Life> = fc.record({
  created: fc.integer({ min: -60, max: 300 }),
  late: fc.constantFrom(0, 0, 0, 2),
  environment: fc.constantFrom('production', 'staging', 'preview'),
  pauses: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
  end: fc.constantFrom('success', 'success', 'failure', 'error', 'a_word_of_tomorrow'),
});

/** Deployments of which each that succeeds makes the one before in its environment inactive. */
function worldOf(lives: readonly Life[]): PretendDeployment[] {
  const all = lives.map(({ created, late, environment, pauses, end }, index) => {
    let now = begin + created * minute;
    const statuses = pauses.map((pause, nth) => {
      now += pause * minute;
      const state = nth === pauses.length - 1 ? end : 'in_progress';
      return { id: 10_000 + index * 10 + nth, at: now, state, listed: now + late * minute };
    });
    const listed = begin + (created + late) * minute;
    return { id: 100 + index, environment, created: begin + created * minute, statuses, listed };
  });
  const live = new Map<string, (typeof all)[number]>();
  const successes = all.flatMap((deployment) => {
    const success = deployment.statuses.find(({ state }) => state === 'success');
    return success ? [{ deployment, at: success.at }] : [];
  });
  for (const { deployment, at } of successes.sort((one, other) => one.at - other.at)) {
    const before = live.get(deployment.environment);
    before?.statuses.push({ id: 20_000 + before.id, at, state: 'inactive', listed: at + 2 * minute });
    live.set(deployment.environment, deployment);
  }
  return all;
}

const Worlds = fc
  .oneof(
    fc.array(Life, { minLength: 1, maxLength: 10, size: 'max' }),
    fc.array(Life, { minLength: 50, maxLength: 100, size: 'max' }),
  )
  .map((lives) => worldOf(lives.sort((one, other) => one.created - other.created)));

const Pauses = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });

type State = LookRun<NonNullable<Parameters<typeof deployments.look>[1]>>['state'];

async function watch(world: readonly PretendDeployment[], pauses: readonly number[]): Promise<string[]> {
  const github = new LivingGitHub(begin, pretendDeployments(world));
  const started = new Date(begin).toISOString();
  const beginning = new Date(begin - 120 * minute).toISOString();
  const keys: string[] = [];
  let state: State;
  let before: string | null = null;
  for (let turn = 0; github.time <= begin + (lifetime + 40) * minute; turn += 1) {
    const round = await runLook(deployments, github, state, { beginning, started, before });
    expect(round.skipped).toEqual([]);
    keys.push(...round.events.map(({ key_parts: [, ...key] }) => key.join(' ')));
    ({ state } = round);
    before = new Date(github.time).toISOString();
    github.time += (pauses[turn % pauses.length] ?? 1) * minute;
  }
  return keys;
}

it('tells each deployment and each of its states once, whenever it looks', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(Worlds, Pauses, async (world, pauses) => {
      const facts = world.flatMap(({ id, statuses }) => [
        `deployment ${id}`,
        ...statuses.map((status) => `deployment_status ${status.id}`),
      ]);
      expect((await watch(world, pauses)).sort()).toEqual(facts.sort());
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
