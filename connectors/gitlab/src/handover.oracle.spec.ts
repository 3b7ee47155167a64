import { allTold } from '@painchain/connector-sdk/testing/pretend';
import { afterEach, describe, expect, it } from 'vitest';
import { Scene } from './testing/oracle/scene.js';

let scene: Scene;
afterEach(() => scene.close());

describe('the connector, held against what has happened', () => {
  it('goes on when the project is renamed, and when its token has expired over night and is replaced', async () => {
    scene = await Scene.open(11);
    const { world } = scene;
    world.zoneMinutes = 120;
    const account = world.addToken('of-today', ['acme']);
    world.renew(account, 'of-today', scene.minute(12));
    const api = scene.project('acme/shop/api', { minutes: 35, everyMs: 60_000 });
    const projects = { projects: [{ project: 'acme/shop/api' }] };
    const acme = scene.integration('acme', 'of-today', projects);
    scene.start();
    await scene.settled([acme], 5);
    api.rename('core');
    await scene.troubled(acme, 'token-expired');
    await scene.until(24);
    world.renew(account, 'of-tomorrow');
    scene.integration('acme', 'of-tomorrow', projects);
    await scene.until(35);
    await scene.settled([acme], 50);

    const verdicts = scene.verdicts(api);
    expect(verdicts).toEqual(allTold(verdicts));
    const names = new Set([...scene.backend.store.events.values()].map(({ project }) => project));
    expect(names).toEqual(new Set(['acme/shop/api', 'acme/shop/core']));
  }, 120_000);

  it('is taken over by another process in the middle of its backfill, again and again', async () => {
    scene = await Scene.open(13, 11 * 60_000);
    const { store } = scene.backend;
    scene.world.addToken('token-of-acme', ['acme']);
    const api = scene.project('acme/shop/api', { minutes: 12, everyMs: 25_000 });
    const acme = scene.integration('acme', 'token-of-acme');
    const processes = [scene.start(), scene.start()];
    let taken = 0;
    // Whoever works has lost its lease with every other batch of the backfill, and now and then after it.
    scene.backend.fault = ({ path }) => {
      if (path !== '/events' || taken >= 8 || scene.backend.requests.length % 3 > 0) return undefined;
      taken += 1;
      store.bumpEpoch(acme);
      return undefined;
    };
    await scene.until(12);
    await scene.settled([acme], 30);

    expect(taken).toBe(8);
    expect(processes.every((process) => process.status().registered)).toBe(true);
    const verdicts = scene.verdicts(api);
    expect(verdicts).toEqual(allTold(verdicts));
    expect(scene.world.ledger.facts.length).toBeGreaterThan(300);
  }, 120_000);

  it('tells everything under the same keys once more when all that it knew is lost', async () => {
    scene = await Scene.open(17);
    const { store } = scene.backend;
    scene.world.addToken('token-of-acme', ['acme']);
    const api = scene.project('acme/shop/api', { minutes: 20, everyMs: 30_000 });
    const acme = scene.integration('acme', 'token-of-acme');
    scene.start();
    await scene.until(20);
    await scene.settled([acme], 30);
    const before = scene.verdicts(api);
    const told = store.events.size;
    store.duplicates = 0;
    for (const source of store.integrations.get(acme)?.sources.values() ?? []) source.cursor = null;
    store.bumpEpoch(acme);
    await scene.until(scene.minutes + 10);

    expect(before).toEqual(allTold(before));
    expect(store.duplicates).toBeGreaterThan(200);
    expect(store.events.size).toBe(told);
  }, 120_000);
});
