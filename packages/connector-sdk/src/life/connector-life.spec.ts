import { afterEach, describe, expect, it } from 'vitest';
import type { Source } from '../connector.js';
import { SourceError } from '../source-error.js';
import { LifeFixture, connectorOf, numbered, until } from '../testing/life-fixture.js';

const fixture = new LifeFixture();
const { startBackend, start, integrationOf } = fixture;

afterEach(() => fixture.cleanUp());

describe('a connector', () => {
  it('registers, leases its integration and delivers everything its source has', async () => {
    const backend = await startBackend();
    start(
      backend,
      connectorOf(() => [numbered(1_234, 500)]),
    );
    await until(() => backend.store.events.size === 1_234);
    expect(integrationOf(backend)).toMatchObject({
      name: 'numbers-team',
      group: 'team',
      config: { path: '/x' },
    });
    expect(integrationOf(backend)?.sources.get('numbers')?.history).toEqual([500, 1_000, 1_234]);
    await until(() => integrationOf(backend)?.lastReport?.sources[0]?.state === 'healthy');
  });

  it('keeps trying while the backend is away or refuses it', async () => {
    let answers = 0;
    const backend = await startBackend({
      fault: ({ path }) => {
        if (path !== '/connectors/register') return undefined;
        answers += 1;
        if (answers < 3) return { kind: 'drop' };
        return answers < 5 ? { kind: 'status', status: 503, headers: { 'retry-after': '1' } } : undefined;
      },
    });
    start(
      backend,
      connectorOf(() => [numbered(3, 10)]),
    );
    await until(() => backend.store.events.size === 3);
    expect(answers).toBe(5);
  });

  it('hands its leases back when it is told to stop', async () => {
    const backend = await startBackend();
    const { end } = start(
      backend,
      connectorOf(() => [numbered(3, 10)]),
    );
    await until(() => backend.store.events.size === 3);
    await end();
    expect(integrationOf(backend)?.holder).toBeUndefined();
    expect([...backend.store.connectors.values()][0]?.state).toBe('stopped');
  });

  it('finishes the batch that is in flight when it is told to stop', async () => {
    const backend = await startBackend({
      fault: ({ path }) => (path === '/events' ? { kind: 'slow', ms: 100 } : undefined),
    });
    let behindTheYield = false;
    const source = numbered(5, 10);
    const { end } = start(
      backend,
      connectorOf(() => [
        {
          ...source,
          async *collect(run) {
            yield* source.collect(run);
            behindTheYield = true;
          },
        },
      ]),
    );
    await until(() => backend.requests.some(({ path }) => path === '/events'));
    await end();
    expect(backend.store.events.size).toBe(5);
    expect(integrationOf(backend)?.sources.get('numbers')?.cursor).toBe(5);
    expect(behindTheYield).toBe(true);
  });

  it('registers and upserts again when the backend has forgotten it', async () => {
    const backend = await startBackend();
    start(
      backend,
      connectorOf(() => [numbered(3, 10)]),
    );
    await until(() => backend.store.events.size === 3);
    backend.store.connectors.clear();
    backend.store.integrations.clear();
    backend.store.events.clear();
    await until(() => backend.store.events.size === 3);
    expect(integrationOf(backend)?.name).toBe('numbers-team');
  });

  it('registers again although a source does not end', async () => {
    const backend = await startBackend();
    const never = { next: () => new Promise<never>(() => undefined) };
    const hanging: Source = {
      ...numbered(1, 1, 'hanging'),
      collect: () => ({ [Symbol.asyncIterator]: () => never }),
    };
    start(
      backend,
      connectorOf(() => [hanging, numbered(3, 10)]),
    );
    await until(() => backend.store.events.size === 3);
    backend.store.connectors.clear();
    await until(() => backend.store.connectors.size === 1);
    expect(backend.requests.filter(({ path }) => path.endsWith('/register'))).toHaveLength(2);
  });

  it('drops its work and leases anew when its configuration has changed', async () => {
    const backend = await startBackend();
    const seen: string[] = [];
    start(
      backend,
      connectorOf(({ path }) => {
        seen.push(path);
        return [numbered(3, 10)];
      }),
    );
    await until(() => backend.store.events.size === 3);
    const integration = integrationOf(backend);
    if (!integration) throw new Error('no integration');
    integration.config = { path: '/y' };
    backend.store.bumpEpoch(integration.id);
    await until(() => seen.length > 1);
    expect(seen).toEqual(['/x', '/y']);
  });

  it('never moves a cursor back when its lease was stolen', async () => {
    const backend = await startBackend();
    const pause = new AbortController();
    const source = numbered(30, 10);
    start(
      backend,
      connectorOf(() => [
        {
          ...source,
          async *collect(run) {
            for await (const page of source.collect(run)) {
              yield page;
              if (page.cursor !== 10) continue;
              // While it sleeps, somebody else takes the lease and brings the cursor further.
              const integration = integrationOf(backend);
              const stored = integration?.sources.get('numbers');
              if (!integration || !stored) throw new Error('nothing stored');
              backend.store.bumpEpoch(integration.id, 'con_thief');
              stored.cursor = 20;
              stored.version = 7;
              stored.history.push(20);
              pause.abort();
            }
          },
        },
      ]),
    );
    await until(() => pause.signal.aborted);
    await until(() => integrationOf(backend)?.sources.get('numbers')?.cursor === 30);
    const history = integrationOf(backend)?.sources.get('numbers')?.history ?? [];
    expect(history).toEqual([...history].sort((a, b) => Number(a) - Number(b)));
  });

  it('shows a fault of one source with its remedy, while the others go on', async () => {
    const backend = await startBackend();
    const broken = (name: string, error: Error): Source => ({
      ...numbered(1, 1, name),
      collect: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }),
    });
    const missing = new SourceError({
      code: 'repository-not-found',
      detail: 'There is no repository at /x.',
      remedy: 'Correct config.path.',
      kind: 'configuration',
    });
    start(
      backend,
      connectorOf(() => [
        broken('missing', missing),
        broken('buggy', new TypeError('x is not a y')),
        numbered(3, 10),
      ]),
    );
    await until(() => backend.store.events.size === 3);
    await until(
      () => integrationOf(backend)?.lastReport?.sources.every(({ state }) => state !== 'starting') ?? false,
    );
    const states = integrationOf(backend)?.lastReport?.sources.map(({ source, state, trouble }) => [
      source,
      state,
      trouble?.code,
    ]);
    expect(states).toEqual([
      ['missing', 'action_required', 'repository-not-found'],
      ['buggy', 'failing', 'unexpected'],
      ['numbers', 'healthy', undefined],
    ]);
  });

  it('shows what is wrong with a configuration that it can not read', async () => {
    const backend = await startBackend();
    start(
      backend,
      connectorOf(() => [numbered(3, 10)]),
    );
    await until(() => backend.store.events.size === 3);
    const integration = integrationOf(backend);
    if (!integration) throw new Error('no integration');
    integration.config = { paht: '/y' };
    backend.store.bumpEpoch(integration.id);
    await until(() => integrationOf(backend)?.lastReport?.trouble?.code === 'configuration-invalid');
    expect(integrationOf(backend)?.lastReport?.trouble?.detail).toBe(
      'path: is required; paht: is not a known setting',
    );
  });

  it('says that a sync has failed when there is nothing that could run', async () => {
    const backend = await startBackend();
    start(
      backend,
      connectorOf(() => {
        throw new Error('no sources today');
      }),
    );
    await until(() => integrationOf(backend)?.lastReport?.trouble?.code === 'unexpected');
    backend.store.command('sync', integrationOf(backend)?.id ?? '');
    await until(() => backend.store.commandResults.length === 1);
    expect(backend.store.commandResults).toMatchObject([
      { ok: false, steps: [{ name: 'numbers-team', ok: false, detail: 'no sources today' }] },
    ]);
  });

  it('carries out each command once and tells what came of it', async () => {
    const backend = await startBackend();
    let tests = 0;
    const test = async () => {
      tests += 1;
      return [{ name: 'reach it', ok: false, detail: 'no answer', remedy: 'start it' }];
    };
    start(
      backend,
      connectorOf(() => [numbered(3, 10)], { test }),
    );
    await until(() => backend.store.events.size === 3);
    const id = integrationOf(backend)?.id ?? '';
    backend.store.command('test', id);
    backend.store.command('sync', id);
    await until(() => backend.store.commandResults.length === 2);
    expect(backend.store.commandResults).toMatchObject([
      { ok: false, steps: [{ name: 'reach it', ok: false, detail: 'no answer', remedy: 'start it' }] },
      { ok: true, steps: [{ name: 'numbers', ok: true }] },
    ]);
    expect(tests).toBe(1);
  });
});
