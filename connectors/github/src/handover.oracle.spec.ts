import { generateKeyPairSync } from 'node:crypto';
import { allTold } from '@painchain/connector-sdk/testing/pretend';
import { afterEach, describe, expect, it } from 'vitest';
import { Scene } from './testing/oracle/scene.js';

let scene: Scene;
afterEach(() => scene.close());

describe('the connector, held against what has happened', () => {
  it('goes on when the repository is renamed and the token of its App is withdrawn', async () => {
    scene = await Scene.open(11);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const app = scene.world.addApp({ id: '9', installation: 42, publicKey }, ['acme']);
    const api = scene.repository('acme', 'api', { minutes: 25, everyMs: 60_000 });
    const acme = scene.integration(
      'acme',
      { app: { id: 9, installation: 42, private_key: privateKey } },
      { repositories: [{ owner: 'acme', repo: 'api' }] },
    );
    scene.start();
    await scene.settled([acme], 5);
    api.rename('core');
    await scene.until(15);
    app.tokens.clear();
    await scene.until(25);
    await scene.settled([acme], 31);

    const verdicts = scene.verdicts(api);
    expect(verdicts).toEqual(allTold(verdicts));
    const projects = new Set([...scene.backend.store.events.values()].map(({ project }) => project));
    expect(projects).toEqual(new Set(['acme/api', 'acme/core']));
  }, 120_000);

  it('is taken over by another process in the middle of its backfill, again and again', async () => {
    scene = await Scene.open(13);
    const { store } = scene.backend;
    scene.world.addToken('token-of-acme', ['acme']);
    const api = scene.repository('acme', 'api', { minutes: 12, everyMs: 25_000 });
    const acme = scene.integration('acme', { token: 'token-of-acme' });
    const processes = [scene.start(), scene.start()];
    let taken = 0;
    // Whoever works has lost its lease with every other batch of the backfill, and now and then after it.
    scene.backend.fault = ({ path }) => {
      if (path !== '/events' || taken >= 12 || scene.backend.requests.length % 3 > 0) return undefined;
      taken += 1;
      store.bumpEpoch(acme);
      return undefined;
    };
    await scene.until(12);
    await scene.settled([acme], 18);

    expect(taken).toBe(12);
    expect(processes.every((process) => process.status().registered)).toBe(true);
    const verdicts = scene.verdicts(api);
    expect(verdicts).toEqual(allTold(verdicts));
    expect(scene.world.ledger.facts.length).toBeGreaterThan(300);
  }, 120_000);
});
