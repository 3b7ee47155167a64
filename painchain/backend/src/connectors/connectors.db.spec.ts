import type { ConnectorList, ConnectorTypeView, Lease, Problem, SourceProgress } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ProblemError } from '../problem/problem-error.js';
import { SealingService } from '../sealing/sealing.service.js';
import { LeaseService } from './lease.service.js';
import { createTestApi, proofOf, type TestApi } from './testing/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(async () => {
  await api.db.asOwner(`set app.across_tenants = 'connectors'`);
  await api.db.asOwner('delete from integrations');
  await api.db.asOwner('delete from connectors');
});

const owner = (text: string, values?: unknown[]) => api.db.asOwner<Record<string, unknown>>(text, values);
const ids = (leases: Lease[]) => leases.map(({ integration_id }) => integration_id).sort();
const expireLeases = () => owner(`update integrations set lease_until = now() - interval '1 second'`);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
}

/** What ingest does under a lease: fence, move, commit. */
function deliver(lease: { integration_id: string; epoch: number }, sources: SourceProgress[] = []) {
  const leases = api.get(LeaseService);
  return api.get(Database).inTenant(1, async (sql) => {
    const { integrationId, type } = await leases.fence(sql, 1, proofOf(lease));
    return leases.advanceSources(sql, 1, integrationId, sources, type);
  });
}

describe('registering', () => {
  it('gives the same id to the same instance and lists it', async () => {
    const first = await api.register('one');
    expect((await api.register('one')).id).toBe(first.id);
    const { body } = await api.call<ConnectorList>('GET', '/connectors');
    expect(body.connectors).toMatchObject([{ id: first.id, type: 'vault', state: 'running', leases: 0 }]);
  });

  it('demands the key on every route of a connector', async () => {
    for (const path of ['register', 'con_0000000000000/heartbeat', 'con_0000000000000/leases']) {
      expect((await api.call('POST', `/connectors/${path}`, {})).status).toBe(401);
    }
  });

  it('refuses another major version of the contract and says what to do', async () => {
    const manifest = { type: 'x', name: 'x', description: '', mode: 'poll', config_schema: {} };
    const registration = { instance_id: 'i', type: 'x', version: '1', contract_version: '3.0', manifest };
    const { status, body } = await api.call<Problem>('POST', '/connectors/register', registration, {
      key: true,
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ type: 'urn:painchain:problem:incompatible-contract' });
    expect(body.detail).toContain('same release');
  });

  it('keeps the manifest of a new type, and never over a built-in one', async () => {
    await api.register('one', 'vault');
    await api.register('two', 'attic');
    const { body } = await api.call<{ types: ConnectorTypeView[] }>('GET', '/connectors/types');
    expect(body.types.map(({ type, built_in, description }) => [type, built_in, description])).toEqual([
      ['attic', false, ''],
      ['vault', true, 'Keeps things.'],
    ]);
    expect((await api.call('GET', '/connectors/types/vault')).body).toMatchObject({
      config_example: 'connector: { type: vault }\n',
    });
    expect((await api.call('GET', '/connectors/types/none')).status).toBe(404);
    expect(api.log.some((line) => line.includes('broken') && line.includes('left out'))).toBe(true);
  });
});

describe('heartbeats', () => {
  it('tell an unknown connector to register', async () => {
    const beat = { state: 'running', leases: [] };
    for (const id of ['con_0000000000001', 'nonsense']) {
      const { status, body } = await api.call<Problem>('POST', `/connectors/${id}/heartbeat`, beat, {
        key: true,
      });
      expect([status, body.detail]).toEqual([404, 'This connector is not known here: register it again.']);
    }
  });

  it('renew leases, also one that ran out unnoticed, and call a taken one lost', async () => {
    await api.integration('a');
    const [one, two] = [await api.register('one'), await api.register('two')];
    const [lease] = await one.claim(1);
    await expireLeases();
    expect((await one.beat([lease!])).leases).toMatchObject([{ state: 'held' }]);
    expect(await codeOf(deliver(lease!))).toBe('done');
    await expireLeases();
    expect(await two.claim(1)).toHaveLength(1);
    expect((await one.beat([lease!])).leases).toMatchObject([{ state: 'lost' }]);
    expect((await one.beat([{ ...lease!, integration_id: 'int_0000000000001' }])).leases).toMatchObject([
      { state: 'lost' },
    ]);
  });

  it('release everything at once when the connector stops', async () => {
    await api.integration('a');
    const [one, two] = [await api.register('one'), await api.register('two')];
    const leases = await one.claim(1);
    await one.beat(leases, { state: 'stopped' });
    expect(await codeOf(deliver(leases[0]!))).toBe('stale-lease');
    expect(ids(await two.claim(1))).toEqual(ids(leases));
  });

  it('show how the sources do, and forget those that are no longer reported', async () => {
    const { id } = await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    const status = {
      ...{ source: 's', project: 'acme/api', state: 'failing', watermark: null, last_sync: null },
      ...{ next_sync: null, lag_seconds: 5, rate_limit: null, progress: null, trouble: null, intervals: [] },
    };
    const beatWith = (sources: object[]) =>
      one.beat([], { leases: [{ ...proofOf(lease!), sources, trouble: null }] });
    await beatWith([status, { ...status, source: 't', state: 'healthy' }]);
    const path = `/integrations/${id}`;
    expect((await api.call('GET', path)).body).toMatchObject({
      health: 'failing',
      status: 'error',
      connector_id: one.id,
      sources: [{ source: 's', state: 'failing' }, { source: 't' }],
    });
    await beatWith([{ ...status, source: 't', state: 'healthy' }]);
    expect((await api.call('GET', path)).body).toMatchObject({
      health: 'healthy',
      sources: [{ source: 't' }],
    });
  });

  it('carry commands until they are answered, and take the answer', async () => {
    const { id } = await api.integration('a');
    expect((await api.call<Problem>('POST', `/integrations/${id}/test`)).body.type).toContain('no-connector');
    const one = await api.register('one');
    const queued = await api.call<{ id: string }>('POST', `/integrations/${id}/test`);
    expect(queued).toMatchObject({ status: 202, body: { kind: 'test', status: 'queued' } });
    expect((await api.call('POST', `/integrations/${id}/test`)).body).toEqual(queued.body);
    const leases = await one.claim(1);
    for (let time = 0; time < 2; time++) {
      expect((await one.beat(leases)).commands).toEqual([
        { id: queued.body.id, kind: 'test', integration_id: id },
      ]);
    }
    const steps = [{ name: 'Reach it', ok: true }];
    const result = { command_id: queued.body.id, ok: true, steps };
    expect((await one.beat(leases, { command_results: [result] })).commands).toEqual([]);
    const path = `/integrations/${id}/commands/${queued.body.id}`;
    expect((await api.call('GET', path)).body).toMatchObject({ status: 'succeeded', steps });
  });

  it('of one type take no results for integrations of another', async () => {
    const { id } = await api.integration('a');
    const [vault, attic] = [await api.register('one'), await api.register('two', 'attic')];
    const leases = await vault.claim(1);
    const { body } = await api.call<{ id: string }>('POST', `/integrations/${id}/sync`);
    const result = { command_id: body.id, ok: true, steps: [] };
    const answer = await attic.beat(leases, { command_results: [result] });
    expect(answer.leases).toMatchObject([{ state: 'lost' }]);
    expect((await api.call('GET', `/integrations/${id}/commands/${body.id}`)).body).toMatchObject({
      status: 'queued',
    });
    expect(await attic.claim(10)).toEqual([]);
  });
});

describe('a lease', () => {
  const step = (expected_version: number, cursor: unknown, more: object = {}) =>
    ({ source: 's', cursor, expected_version, ...more }) as SourceProgress;

  it('hands out the configuration in the clear and the cursors as they were left', async () => {
    await api.integration('a', { group: 'backend' });
    const [one, two] = [await api.register('one'), await api.register('two')];
    const [lease] = await one.claim(1);
    expect(lease).toMatchObject({
      ...{ tenant_id: 'default', name: 'a', group: 'backend' },
      ...{ config: { token: 'canary-0123456789' }, sources: [] },
    });
    const watermark = '2026-01-31T10:35:00.123456Z';
    expect(await deliver(lease!, [step(0, { page: 1 }, { watermark })])).toEqual([
      { source: 's', version: 1 },
    ]);
    await expireLeases();
    expect(await two.claim(1)).toMatchObject([
      { epoch: lease!.epoch + 1, sources: [{ source: 's', cursor: { page: 1 }, version: 1, watermark }] },
    ]);
  });

  it('that was stolen refuses the stale epoch, and the cursor never goes back', async () => {
    await api.integration('a');
    const [one, two] = [await api.register('one'), await api.register('two')];
    const [stale] = await one.claim(1);
    await deliver(stale!, [step(0, 1)]);
    await expireLeases();
    expect(await codeOf(deliver(stale!, [step(1, 0)]))).toBe('stale-lease');
    const [fresh] = await two.claim(1);
    expect(await codeOf(deliver(stale!, [step(1, 0)]))).toBe('stale-lease');
    await deliver(fresh!, [step(1, 2)]);
    expect(await codeOf(deliver(stale!, [step(2, 0)]))).toBe('stale-lease');
    expect(await codeOf(deliver(fresh!, [step(1, 0)]))).toBe('cursor-moved');
    expect(await owner('select cursor, version from sources')).toEqual([{ cursor: 2, version: 2 }]);
  });

  it('takes the very same step twice, since the first answer may have been lost', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    for (let time = 0; time < 2; time++) {
      expect(await deliver(lease!, [step(0, { b: 1, a: 2 })])).toEqual([{ source: 's', version: 1 }]);
    }
    expect(await codeOf(deliver(lease!, [step(0, { b: 2 })]))).toBe('cursor-moved');
  });

  it('moves all sources of a batch or none, and a watermark only forward', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    await deliver(lease!, [step(0, 1, { watermark: '2026-01-02T00:00:00Z' })]);
    const other = { ...step(7, 1), source: 'other' };
    expect(await codeOf(deliver(lease!, [step(1, 2), other]))).toBe('cursor-moved');
    await deliver(lease!, [{ source: 's', expected_version: 1, watermark: '2026-01-01T00:00:00Z' }]);
    expect(
      await owner(`select source, cursor, version, watermark = '2026-01-02Z' as kept from sources`),
    ).toEqual([{ source: 's', cursor: 1, version: 2, kept: true }]);
    expect(await codeOf(deliver(lease!, [step(2, 1), step(2, 1)]))).toBe('invalid');
    expect(await codeOf(deliver(lease!, [step(2, 'x'.repeat(70_000))]))).toBe('invalid');
  });

  it('tags the projects of its sources', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    await deliver(lease!, [
      { ...step(0, 1), project: 'acme/api', tags: ['a'] },
      { ...step(0, 1), source: 't', project: 'acme/api', tags: ['b'] },
      { ...step(0, 1), source: 'u', project: 'acme/web' },
    ]);
    await deliver(lease!, [{ ...step(1, 2), project: 'acme/api' }]);
    await owner('set app.tenant = 1');
    expect(await owner('select connector, name, tags from projects order by name')).toEqual([
      { connector: 'vault', name: 'acme/api', tags: ['a', 'b'] },
      { connector: 'vault', name: 'acme/web', tags: [] },
    ]);
  });

  it('is stale for whoever never had one', async () => {
    await api.integration('a');
    expect(await codeOf(deliver({ integration_id: 'int_0000000000001', epoch: 1 }))).toBe('stale-lease');
    expect(await codeOf(deliver({ integration_id: 'nonsense', epoch: 1 }))).toBe('stale-lease');
  });

  it('holds still under a batch: whoever takes it away waits for the commit', async () => {
    const { id } = await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    const order: string[] = [];
    let removed: Promise<unknown> = Promise.resolve();
    await api.get(Database).inTenant(1, async (sql) => {
      await api.get(LeaseService).fence(sql, 1, proofOf(lease!));
      removed = api.call('DELETE', `/integrations/${id}`).then(() => order.push('removed'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      order.push('delivered');
    });
    await removed;
    expect(order).toEqual(['delivered', 'removed']);
    expect(await codeOf(deliver(lease!))).toBe('stale-lease');
  });
});

describe('sharing', () => {
  it('never lets two hold one integration, with eight that claim at the same time', async () => {
    for (let count = 0; count < 24; count++) await api.integration(`i${count}`);
    const connectors = await Promise.all(Array.from({ length: 8 }, (_, n) => api.register(`c${n}`)));
    const claimed = await Promise.all(connectors.map((connector) => connector.claim(100)));
    expect(claimed.flatMap(ids).length).toBe(new Set(claimed.flatMap(ids)).size);
    expect(new Set(claimed.flatMap(ids)).size).toBe(24);
    expect(claimed.map((leases) => leases.length)).toEqual(Array(8).fill(3));
  });

  it('lets only the last epoch of an integration be valid, whatever claims, ends and is given back', async () => {
    for (let count = 0; count < 4; count++) await api.integration(`i${count}`);
    const connectors = await Promise.all(['c0', 'c1', 'c2'].map((name) => api.register(name)));
    const given: Lease[] = [];
    for (let round = 0; round < 12; round++) {
      if (round % 3 === 2) await expireLeases();
      const claims = connectors.map((each) => each.claim(2, given.slice(-1)));
      given.push(...(await Promise.all(claims)).flat());
      const valid = await Promise.all(given.map(async (lease) => (await codeOf(deliver(lease))) === 'done'));
      const holders = given.filter((_, index) => valid[index]).map(({ integration_id }) => integration_id);
      expect(holders.length).toBe(new Set(holders).size);
    }
    const epochs = given.map(({ integration_id, epoch }) => `${integration_id} ${epoch}`);
    expect(new Set(epochs).size).toBe(epochs.length);
    expect(given.length).toBeGreaterThan(8);
  });

  it('gives back in part when another instance joins, until both have their share', async () => {
    for (let count = 0; count < 5; count++) await api.integration(`i${count}`);
    const one = await api.register('one');
    let first = await one.claim(100);
    expect(first).toHaveLength(5);
    expect((await one.beat(first)).leases.every(({ state }) => state === 'held')).toBe(true);
    const two = await api.register('two');
    expect(await two.claim(100)).toEqual([]);
    const answer = await one.beat(first);
    const surplus = answer.leases.filter(({ state }) => state === 'give_back');
    expect(surplus).toHaveLength(2);
    const back = first.filter((lease) =>
      surplus.some((each) => each.integration_id === lease.integration_id),
    );
    expect(await one.claim(100, back)).toEqual([]);
    first = first.filter((lease) => !back.includes(lease));
    const second = await two.claim(100);
    expect(ids(second)).toEqual(ids(back));
    for (const [connector, leases] of [
      [one, first],
      [two, second],
    ] as const) {
      expect((await connector.beat(leases)).leases.every(({ state }) => state === 'held')).toBe(true);
    }
  });

  it('takes from tenants in turn', async () => {
    const other = await api.db.createTenant('other');
    for (let count = 0; count < 6; count++) await api.integration(`i${count}`);
    const [row] = await owner('select id from integrations where name = $1', ['i5']);
    const sealed = api.get(SealingService).seal(other, String(row!['id']), {});
    await owner('update integrations set tenant_id = $1, config_sealed = $2 where name = $3', [
      other,
      sealed,
      'i5',
    ]);
    const one = await api.register('one');
    const leases = await one.claim(2);
    expect(leases.map(({ tenant_id }) => tenant_id).sort()).toEqual(['default', 'other']);
  });

  it('leases what a file manages only to the instance that brought it', async () => {
    const file = (instance_id: string) => ({ file: { path: '/etc/vault.yaml', instance_id } });
    await api.integration('mine', file('one'));
    const [one, two] = [await api.register('one'), await api.register('two')];
    expect(await two.claim(10)).toEqual([]);
    const [lease] = await one.claim(10);
    expect(lease).toMatchObject({ name: 'mine' });
    expect((await one.beat([lease!])).leases).toMatchObject([{ state: 'held' }]);
  });

  it('sets aside what can no longer be opened, and says so', async () => {
    await api.integration('a');
    await api.integration('b');
    const [a] = await owner('select config_sealed from integrations where name = $1', ['a']);
    await owner('update integrations set config_sealed = $1 where name = $2', [a!['config_sealed'], 'b']);
    const one = await api.register('one');
    expect((await one.claim(10)).map(({ name }) => name)).toEqual(['a']);
    const { body } = await api.call<{ integrations: unknown[] }>('GET', '/integrations');
    expect(body.integrations).toMatchObject([
      { name: 'a' },
      { name: 'b', health: 'action_required', connector_id: null, trouble: { code: 'sealed' } },
    ]);
    expect(await one.claim(10)).toEqual([]);
  });
});
