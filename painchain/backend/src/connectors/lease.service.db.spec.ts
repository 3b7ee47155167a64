import type { SourceProgress } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../database/database.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { LeaseService } from './lease.service.js';
import { clear, codeOf, deliver, expireLeases } from './testing/leases.js';
import { createTestApi, proofOf, type TestApi } from './testing/test-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await createTestApi([IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(() => clear(api));

const owner = (text: string, values?: unknown[]) => api.db.asOwner<Record<string, unknown>>(text, values);

describe('a lease', () => {
  const step = (expected_version: number, cursor: unknown, more: object = {}) =>
    ({ source: 's', cursor, expected_version, ...more }) as SourceProgress;

  it('hands out the configuration in the clear and the cursors as they were left', async () => {
    await api.integration('a', { group: 'backend' });
    const [one, two] = [await api.register('one'), await api.register('two')];
    const [lease] = await one.claim(1);
    expect(lease).toMatchObject({
      tenant_id: 'default',
      name: 'a',
      group: 'backend',
      config: { token: 'canary-0123456789' },
      sources: [],
    });
    const watermark = '2026-01-31T10:35:00.123456Z';
    expect(await deliver(api, lease!, [step(0, { page: 1 }, { watermark })])).toEqual([
      { source: 's', version: 1 },
    ]);
    await expireLeases(api);
    expect(await two.claim(1)).toMatchObject([
      { epoch: lease!.epoch + 1, sources: [{ source: 's', cursor: { page: 1 }, version: 1, watermark }] },
    ]);
  });

  it('that was stolen refuses the stale epoch, and the cursor never goes back', async () => {
    await api.integration('a');
    const [one, two] = [await api.register('one'), await api.register('two')];
    const [stale] = await one.claim(1);
    await deliver(api, stale!, [step(0, 1)]);
    await expireLeases(api);
    expect(await codeOf(deliver(api, stale!, [step(1, 0)]))).toBe('stale-lease');
    const [fresh] = await two.claim(1);
    expect(await codeOf(deliver(api, stale!, [step(1, 0)]))).toBe('stale-lease');
    await deliver(api, fresh!, [step(1, 2)]);
    expect(await codeOf(deliver(api, stale!, [step(2, 0)]))).toBe('stale-lease');
    expect(await codeOf(deliver(api, fresh!, [step(1, 0)]))).toBe('cursor-moved');
    expect(await owner('select cursor, version from sources')).toEqual([{ cursor: 2, version: 2 }]);
  });

  it('takes the very same step twice, since the first answer may have been lost', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    for (let time = 0; time < 2; time++) {
      expect(await deliver(api, lease!, [step(0, { b: 1, a: 2 })])).toEqual([{ source: 's', version: 1 }]);
    }
    expect(await codeOf(deliver(api, lease!, [step(0, { b: 2 })]))).toBe('cursor-moved');
  });

  it('moves all sources of a batch or none, and a watermark only forward', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    await deliver(api, lease!, [step(0, 1, { watermark: '2026-01-02T00:00:00Z' })]);
    const other = { ...step(7, 1), source: 'other' };
    expect(await codeOf(deliver(api, lease!, [step(1, 2), other]))).toBe('cursor-moved');
    await deliver(api, lease!, [{ source: 's', expected_version: 1, watermark: '2026-01-01T00:00:00Z' }]);
    expect(
      await owner(`select source, cursor, version, watermark = '2026-01-02Z' as kept from sources`),
    ).toEqual([{ source: 's', cursor: 1, version: 2, kept: true }]);
    expect(await codeOf(deliver(api, lease!, [step(2, 1), step(2, 1)]))).toBe('invalid');
    expect(await codeOf(deliver(api, lease!, [step(2, 'x'.repeat(70_000))]))).toBe('invalid');
  });

  it('tags the projects of its sources', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    await deliver(api, lease!, [
      { ...step(0, 1), project: 'acme/api', tags: ['a'] },
      { ...step(0, 1), source: 't', project: 'acme/api', tags: ['b'] },
      { ...step(0, 1), source: 'u', project: 'acme/web' },
    ]);
    await deliver(api, lease!, [{ ...step(1, 2), project: 'acme/api' }]);
    await owner('set app.tenant = 1');
    expect(
      await owner("select connector, name, tags from projects where connector = 'vault' order by name"),
    ).toEqual([
      { connector: 'vault', name: 'acme/api', tags: ['a', 'b'] },
      { connector: 'vault', name: 'acme/web', tags: [] },
    ]);
  });

  it('refuses a version that no source can have', async () => {
    await api.integration('a');
    const one = await api.register('one');
    const [lease] = await one.claim(1);
    expect(await codeOf(deliver(api, lease!, [step(Number.MAX_SAFE_INTEGER, 1)]))).toBe('cursor-moved');
  });

  it('is stale for whoever never had one', async () => {
    await api.integration('a');
    expect(await codeOf(deliver(api, { integration_id: 'int_0000000000001', epoch: 1 }))).toBe('stale-lease');
    expect(await codeOf(deliver(api, { integration_id: 'nonsense', epoch: 1 }))).toBe('stale-lease');
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
    expect(await codeOf(deliver(api, lease!))).toBe('stale-lease');
  });
});
