import type { ConnectorList, ConnectorTypeView, Lease, Problem } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { clear, codeOf, deliver, expireLeases } from './testing/leases.js';
import { createTestApi, proofOf, type TestApi } from './testing/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(() => clear(api));

const ids = (leases: Lease[]) => leases.map(({ integration_id }) => integration_id).sort();

describe('registering', () => {
  it('gives the same id to the same instance and lists it', async () => {
    const first = await api.register('one');
    expect((await api.register('one')).id).toBe(first.id);
    const { body } = await api.call<ConnectorList>('GET', '/connectors');
    expect(body.connectors).toMatchObject([{ id: first.id, type: 'vault', state: 'running', leases: 0 }]);
  });

  it('takes many instances of a new type at once', async () => {
    const instances = Array.from({ length: 8 }, (_, n) => api.register(`new-${n}`, 'attic'));
    expect(new Set((await Promise.all(instances)).map(({ id }) => id)).size).toBe(8);
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
      ['painchain', true, expect.stringContaining('own configuration')],
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
    await expireLeases(api);
    expect((await one.beat([lease!])).leases).toMatchObject([{ state: 'held' }]);
    expect(await codeOf(deliver(api, lease!))).toBe('done');
    await expireLeases(api);
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
    expect(await codeOf(deliver(api, leases[0]!))).toBe('stale-lease');
    expect(ids(await two.claim(1))).toEqual(ids(leases));
  });

  it('show how the sources do, each once, and forget those that are no longer reported', async () => {
    const { id } = await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    const status = {
      source: 's',
      project: 'acme/api',
      state: 'failing',
      watermark: null,
      last_sync: null,
      next_sync: null,
      lag_seconds: 5,
      rate_limit: null,
      progress: null,
      trouble: null,
      intervals: [],
    };
    const beatWith = (sources: object[]) =>
      one.beat([], { leases: [{ ...proofOf(lease!), sources, trouble: null }] });
    const twice = [{ ...status, state: 'healthy' }, status, { ...status, source: 't', state: 'healthy' }];
    const held = { ...proofOf(lease!), sources: twice, trouble: null };
    const answer = await one.beat([], { leases: [held, held] });
    expect(answer.leases).toEqual([{ integration_id: id, state: 'held' }]);
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

  it('may tell of a part of the sources: the others stay as they were told, unless that was long ago', async () => {
    const { id } = await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    const status = { project: null, state: 'healthy', watermark: null, last_sync: null, next_sync: null };
    const told = (source: string) => ({ ...status, source, lag_seconds: null, trouble: null });
    const beatWith = (sources: object[], partial: boolean) =>
      one.beat([], { leases: [{ ...proofOf(lease!), sources, trouble: null, partial }] });
    const shown = async () => {
      const { body } = await api.call<{ sources: { source: string }[] }>('GET', `/integrations/${id}`);
      return body.sources.map(({ source }) => source);
    };
    await beatWith(['s', 't', 'u'].map(told), false);
    await beatWith([told('t')], true);
    expect(await shown()).toEqual(['s', 't', 'u']);
    await api.db.asOwner(`update sources set updated_at = now() - interval '1 hour' where source <> 's'`);
    await beatWith([told('t')], true);
    expect(await shown()).toEqual(['s', 't']);
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

  it('are asked for only of a connector that was heard of lately, whatever lease it still has', async () => {
    const { id } = await api.integration('a');
    const one = await api.register('one');
    const leases = await one.claim(1);
    await api.db.asOwner(`update integrations set lease_until = lease_until - interval '31 seconds'`);
    await api.db.asOwner(`update connectors set last_heartbeat = now() - interval '31 seconds'`);
    const { body } = await api.call<Problem>('POST', `/integrations/${id}/sync`);
    expect(body.type).toContain('no-connector');
    await one.beat(leases);
    expect((await api.call('POST', `/integrations/${id}/sync`)).status).toBe(202);
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
