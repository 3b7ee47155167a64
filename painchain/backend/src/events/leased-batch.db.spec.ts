import type { StoredEvent } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeId } from '../database/opaque-id.js';
import { connectorKey } from '../timeline/testing/test-app.js';
import { event, IngestClient } from './testing/ingest-client.js';

let client: IngestClient;

beforeAll(async () => {
  client = await IngestClient.start();
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('POST /api/events under a lease', () => {
  const key = { authorization: `Bearer ${connectorKey}` };
  let integration: string;

  beforeEach(async () => {
    await client.test.asOwner(`set app.tenant = '1'; delete from integrations`);
    const [row] = await client.test.asOwner<{ id: string }>(
      `insert into integrations (tenant_id, type, name, config_public, config_sealed, epoch, lease_until)
       values (1, 'ci', 'ours', '{}', '', 3, now() + interval '1 minute') returning id`,
    );
    integration = encodeId('int', row?.id ?? '');
  });

  const leased = (epoch: number, expected_version: number, more: object = {}) => ({
    events: [event('a'), 17],
    lease: { integration_id: integration, epoch },
    sources: [{ source: 'main', expected_version, cursor: { sha: 'abc' }, ...more }],
  });

  it('demands the connector key', async () => {
    expect((await client.send(leased(3, 0))).status).toBe(401);
    expect(await client.counts()).toMatchObject({ events: 0 });
  });

  it('stores events, rejected items and cursors together', async () => {
    const { status, body } = await client.send(leased(3, 0), key);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        results: [{ status: 'stored' }, { status: 'rejected' }],
        sources: [{ source: 'main', version: 1 }],
      },
    });
    const page = await client.get<{ rows: StoredEvent[] }>('/api/events');
    expect(page.rows[0]?.integration_id).toBe(integration);
    expect(await client.counts()).toMatchObject({ rejected: 1 });
  });

  it.each([
    ['a stale epoch', () => leased(2, 0), 409],
    ['a cursor that has moved', () => leased(3, 7), 409],
    [
      'an unknown integration',
      () => ({ ...leased(3, 0), lease: { integration_id: encodeId('int', 9_999n), epoch: 3 } }),
      409,
    ],
  ])('refuses %s and stores nothing', async (_what, body, status) => {
    expect((await client.send(body(), key)).status).toBe(status);
    expect(await client.counts()).toMatchObject({ events: 0, rejected: 0 });
    expect(await client.test.asOwner('select from sources')).toEqual([]);
  });
});
