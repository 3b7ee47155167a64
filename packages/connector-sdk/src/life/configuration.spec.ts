import type { Drift } from '@painchain/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { SourceError } from '../source-error.js';
import { LifeFixture, connectorOf, numbered, until } from '../testing/life-fixture.js';
import { startConnector } from '../testing/start-connector.js';

const fixture = new LifeFixture();
const { startBackend } = fixture;

afterEach(() => fixture.cleanUp());

describe('the configuration of a connector', () => {
  it('tells with each heartbeat whether its file says something else, and of its own integration only', async () => {
    const backend = await startBackend();
    backend.store.upsert({ type: 'numbers', name: 'by-api', config: { path: '/x' } });
    let drift: Drift | null = { since: '2026-11-24T07:00:00.000Z', detail: 'd', remedy: 'r' };
    const connector = connectorOf(() => [numbered(1, 1)]);
    const { end } = startConnector(
      backend,
      connector,
      { path: '/x' },
      { clock: fixture.clock, drift: () => drift },
    );
    const told = () => [...backend.store.integrations.values()].map(({ lastReport }) => lastReport?.drift);
    await until(() => told()[1]?.detail === 'd');
    expect(told()[0]).toBeUndefined();
    drift = null;
    await until(() => told()[1] === undefined);
    await end();
  });

  it('tests what was registered without a file and never worked, and goes on once it is mended', async () => {
    const backend = await startBackend();
    const { id } = backend.store.upsert({ type: 'numbers', name: 'by-api', config: { path: 'wrong' } });
    const refused = new SourceError({ code: 'refused', detail: 'who?', remedy: 'r', kind: 'configuration' });
    const connector = connectorOf(
      ({ path }) => {
        if (path === 'wrong') throw refused;
        return [numbered(3, 10)];
      },
      {
        test: ({ path }) =>
          path === 'wrong' ? Promise.reject(refused) : Promise.resolve([{ name: 'a', ok: true }]),
      },
    );
    const { end } = startConnector(backend, connector, undefined, { clock: fixture.clock });
    const integration = backend.store.integrations.get(id);
    await until(() => integration?.lastReport?.trouble?.code === 'refused');
    backend.store.command('test', id);
    await until(() => backend.store.commandResults.length === 1);
    if (integration) integration.config = { path: 'right' };
    backend.store.bumpEpoch(id);
    await until(() => backend.store.events.size === 3);
    backend.store.command('test', id);
    await until(() => backend.store.commandResults.length === 2);
    expect(backend.store.commandResults).toMatchObject([
      { ok: false, steps: [{ name: 'test', ok: false, detail: 'who?', remedy: 'r' }] },
      { ok: true, steps: [{ name: 'a', ok: true }] },
    ]);
    await end();
  });
});
