import { Chance } from '@painchain/connector-sdk/testing';
import { allTold, badLine, percentileOf, weather } from '@painchain/connector-sdk/testing/pretend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Repository } from './testing/fake-github/index.js';
import { Scene, minute } from './testing/oracle/scene.js';

const lifetime = { minutes: 60, everyMs: 75_000 };
/** Later than anything of the hour shows, and is found by what compares all runs every quarter of an hour. */
const shown = 80;

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open(7);
});
afterEach(() => scene.close());

/** Its process is killed, started again, told to stop and started again. */
async function restarts(): Promise<void> {
  const first = scene.start();
  await scene.until(13);
  await first.kill();
  const second = scene.start();
  await scene.until(31);
  await second.end();
  await scene.until(34);
  scene.start();
}

/**
 * Whose requests an hour are used up once all have been looked at, and who has to rest for a while, told how long and
 * not. Resolves with the minute from which on the first has nothing left.
 */
async function limits(living: readonly string[]): Promise<number> {
  const [, umbrella, globex] = scene.world.accounts;
  if (!umbrella || !globex) throw new Error('nobody to limit');
  await scene.settled(living, 0);
  const exhausted = Math.ceil(scene.minutes);
  scene.github.limits.exhaust(umbrella, scene.minute(50));
  await scene.until(Math.max(10, exhausted));
  scene.github.limits.rest(globex, { until: scene.clock.now() + 2 * minute, status: 429, retryAfter: true });
  await scene.until(24);
  scene.github.limits.rest(globex, { until: scene.minute(27), status: 403, retryAfter: false });
  return exhausted;
}

/** Minutes from when something shows until it is told, of what showed while a tenant had nothing left to ask with. */
function latencies(repository: Repository): number[] {
  return scene
    .latencies(repository)
    .filter(({ visibleFrom }) => visibleFrom > scene.minute(8) && visibleFrom < scene.minute(48))
    .map(({ ms }) => ms / minute);
}

describe('an hour of several tenants, with faults, restarts and kills', () => {
  it('misses nothing, doubles nothing, and lets no tenant wait for another', async () => {
    const { world, github, backend } = scene;
    world.addToken('token-of-acme', ['acme']);
    world.addToken('token-of-umbrella', ['umbrella']);
    world.addToken('token-of-globex', ['globex']);
    const acme = [
      scene.repository('acme', 'api', lifetime),
      scene.repository('acme', 'web', { ...lifetime, everyMs: 20_000 }),
    ];
    const umbrella = scene.repository('umbrella', 'core', lifetime);
    const globex = scene.repository('globex', 'shop', lifetime);
    const living = [
      scene.integration('acme', { token: 'token-of-acme' }),
      scene.integration('umbrella', { token: 'token-of-umbrella' }),
      scene.integration('globex', { token: 'token-of-globex' }),
    ];
    const dead = scene.integration('initech', { token: 'withdrawn' });
    github.fault = weather(new Chance(1));
    backend.fault = badLine(new Chance(2));

    const [exhausted] = await Promise.all([limits(living), restarts(), scene.until(60)]);
    await scene.settled(living, shown);
    github.fault = undefined;
    await scene.troubled(dead, 'credential-refused');

    const verdicts = scene.verdicts(...acme, umbrella, globex);
    expect(verdicts).toEqual(allTold(verdicts));
    expect(scene.world.ledger.facts.length).toBeGreaterThan(1_000);
    // A process that begins anew learns of the limit by being refused.
    expect(scene.questionsOf(world.accounts[1], exhausted + 1, 49)).toBeLessThan(10);
    expect(percentileOf(acme.flatMap(latencies), 0.5)).toBeLessThan(3);
  }, 120_000);
});
