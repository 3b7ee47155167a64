import { Chance } from '@painchain/connector-sdk/testing';
import { allTold, badLine, percentileOf, weather } from '@painchain/connector-sdk/testing/pretend';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from './testing/fake-gitlab/index.js';
import { Scene, minute } from './testing/oracle/scene.js';

const lifetime = { minutes: 60, everyMs: 75_000 };
/** Later than anything of the hour shows. */
const shown = 80;
/** GitLab's clock. */
const behindMs = 4 * minute;

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open(7, -behindMs);
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

/** Who has to rest for a while, told how long and not. */
async function limits(): Promise<void> {
  const [, umbrella, globex] = scene.world.accounts;
  if (!umbrella || !globex) throw new Error('nobody to limit');
  const { gitlab, world } = scene;
  await scene.until(10);
  gitlab.limits.rest(globex, { until: world.now() + 2 * minute, retryAfter: true });
  await scene.until(24);
  gitlab.limits.rest(globex, { until: world.now() + 3 * minute, retryAfter: false });
  gitlab.limits.rest(umbrella, { until: world.now() + 20 * minute, retryAfter: true });
}

/** Minutes from when something shows until it is told, of what showed while another tenant had to rest, by one clock. */
function latencies(project: Project): number[] {
  return scene
    .latencies(project)
    .filter(({ visibleFrom }) => visibleFrom > scene.minute(8) && visibleFrom < scene.minute(48))
    .map(({ ms }) => (ms - behindMs) / minute);
}

describe('an hour of several tenants, with faults, restarts and kills', () => {
  it('misses nothing, doubles nothing, and lets no tenant wait for another', async () => {
    const { world, gitlab, backend } = scene;
    world.addToken('token-of-acme', ['acme']);
    world.addToken('token-of-umbrella', ['umbrella'], 600);
    world.addToken('token-of-globex', ['globex']);
    const acme = [
      scene.project('acme/shop/api', lifetime),
      scene.project('acme/web', { ...lifetime, everyMs: 20_000 }),
    ];
    const umbrella = scene.project('umbrella/core', lifetime);
    const globex = scene.project('globex/shop', lifetime);
    const living = [
      scene.integration('acme', 'token-of-acme'),
      scene.integration('umbrella', 'token-of-umbrella'),
      scene.integration('globex', 'token-of-globex'),
    ];
    const dead = scene.integration('initech', 'withdrawn');
    gitlab.fault = weather(new Chance(1));
    backend.fault = badLine(new Chance(2));

    await Promise.all([limits(), restarts(), scene.until(60)]);
    await scene.settled(living, shown);
    gitlab.fault = undefined;
    await scene.troubled(dead, 'credential-refused');

    const verdicts = scene.verdicts(...acme, umbrella, globex);
    expect(verdicts).toEqual(allTold(verdicts));
    expect(world.ledger.facts.length).toBeGreaterThan(1_000);
    // By GitLab's clock, which is behind.
    expect(scene.questionsOf(world.accounts[1], 21, 39)).toBeLessThan(10);
    expect(percentileOf(acme.flatMap(latencies), 0.5)).toBeLessThan(3);
  }, 120_000);
});
