import type { Lease } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { SealingService } from '../sealing/sealing.service.js';
import { clear, codeOf, deliver, expireLeases } from './testing/leases.js';
import { createTestApi, type TestApi } from './testing/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(() => clear(api));

const ids = (leases: Lease[]) => leases.map(({ integration_id }) => integration_id).sort();
const owner = (text: string, values?: unknown[]) => api.db.asOwner<Record<string, unknown>>(text, values);

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
      if (round % 3 === 2) await expireLeases(api);
      const claims = connectors.map((each) => each.claim(2, given.slice(-1)));
      given.push(...(await Promise.all(claims)).flat());
      const valid = await Promise.all(
        given.map(async (lease) => (await codeOf(deliver(api, lease))) === 'done'),
      );
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
