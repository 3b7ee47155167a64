import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Source, SourceError } from '@painchain/connector-sdk';
import { InstantClock, type TestContext, testContext } from '@painchain/connector-sdk/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KubernetesConfig, readSurroundings } from './config.js';
import { kindSources } from './integration.js';
import { FakeApiServer, Store, builtInKinds, definedKinds } from './testing/fake-api-server/index.js';

let dir: string;
let fake: FakeApiServer;
let context: TestContext;
let kinds: (typeof builtInKinds)[number][];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'painchain-kubernetes-'));
  kinds = [...builtInKinds];
  fake = await FakeApiServer.start(new Store(Date.now, kinds));
  context = { ...testContext(new InstantClock()), dataDir: dir };
});

afterEach(async () => {
  await context.close();
  await fake.stop();
  rmSync(dir, { recursive: true });
});

function lists(config: object) {
  const given = kindSources(KubernetesConfig.parse(config), context, readSurroundings({}));
  const next = async (): Promise<readonly Source[] | SourceError | undefined> => {
    const iterator = given[Symbol.asyncIterator]();
    try {
      return (await iterator.next()).value ?? undefined;
    } catch (error) {
      if (error instanceof SourceError) return error;
      throw error;
    } finally {
      await iterator.return?.();
    }
  };
  return { given, next };
}

const prod = () => ({ name: 'prod', server: fake.url });
const namesOf = (sources: readonly Source[] | SourceError | undefined) =>
  sources instanceof SourceError ? sources.code : (sources ?? []).map(({ name }) => name);

describe('the sources', () => {
  it('are one for each cluster and each kind that it serves, all of which watch', async () => {
    const other = await FakeApiServer.start(new Store());
    const clusters = [prod(), { name: 'staging', server: other.url }];
    const found = await lists({ clusters, kinds: { include: ['Deployment', 'Rollout'] } }).next();
    await other.stop();
    expect(namesOf(found)).toEqual(['prod/deployments', 'staging/deployments', 'staging/rollouts']);
    expect((found as Source[]).map(({ watches }) => watches)).toEqual([true, true, true]);
  });

  it('grow when a kind is installed, while those that run stay', async () => {
    const { given } = lists({ clusters: [prod()], kinds: { include: ['Deployment', 'Rollout'] } });
    const iterator = given[Symbol.asyncIterator]();
    const first = (await iterator.next()).value as Source[];
    expect(namesOf(first)).toEqual(['prod/deployments']);
    kinds.push(...definedKinds);
    const second = (await iterator.next()).value as Source[];
    await iterator.return?.();
    expect(namesOf(second)).toEqual(['prod/deployments', 'prod/rollouts']);
    expect(second[0]).toBe(first[0]);
  });

  it('are those of the clusters that can be asked, and then the fault of one that can’t is told', async () => {
    const clusters = [{ name: 'away', server: 'http://127.0.0.1:1' }, prod()];
    const { next, given } = lists({ clusters, kinds: { include: ['Deployment'] } });
    const iterator = given[Symbol.asyncIterator]();
    expect(namesOf((await iterator.next()).value as Source[])).toEqual(['prod/deployments']);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'unreachable' });
    // Nothing is given again that has not changed, or the fault would seem to be a new one each minute.
    expect(namesOf(await next())).toBe('unreachable');
  });

  it('are those of the kinds that can be asked for, should one be out of order', async () => {
    const { given } = lists({ clusters: [prod()], kinds: { include: ['CronJob', 'Deployment'] } });
    fake.fault = ({ path }) => (path.startsWith('/apis/batch') ? { kind: 'status', status: 503 } : undefined);
    const iterator = given[Symbol.asyncIterator]();
    expect(namesOf((await iterator.next()).value as Source[])).toEqual(['prod/deployments']);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'server-failed' });
  });

  it('stay while their cluster can’t be asked', async () => {
    const { given } = lists({ clusters: [prod()], kinds: { include: ['Deployment'] } });
    const iterator = given[Symbol.asyncIterator]();
    const first = (await iterator.next()).value as Source[];
    fake.fault = () => ({ kind: 'status', status: 503 });
    await expect(iterator.next()).rejects.toMatchObject({ code: 'server-failed' });
    fake.fault = undefined;
    const again = given[Symbol.asyncIterator]();
    expect(((await again.next()).value as Source[])[0]).toBe(first[0]);
    await again.return?.();
  });

  it('share a key for their digests, which only the connector may read and which stays', async () => {
    const config = { clusters: [prod()], kinds: { include: ['Deployment'] } };
    await lists(config).next();
    const file = join(dir, 'digest-key');
    const made = readFileSync(file, 'utf8');
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(file).mode & 0o077).toBe(0);
    await lists(config).next();
    expect(readFileSync(file, 'utf8')).toBe(made);
  });

  it('are given where the data directory can’t be written, too', async () => {
    context = { ...context, dataDir: join(dir, 'file', 'within') };
    writeFileSync(join(dir, 'file'), '');
    const found = await lists({ clusters: [prod()], kinds: { include: ['Deployment'] } }).next();
    expect(namesOf(found)).toEqual(['prod/deployments']);
  });
});
