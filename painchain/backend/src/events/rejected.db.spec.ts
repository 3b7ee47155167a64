import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp } from '../timeline/testing/test-app.js';
import { EventsModule } from './events.module.js';
import { event, IngestClient } from './testing/ingest-client.js';

let client: IngestClient;
let acme: number;

beforeAll(async () => {
  client = await IngestClient.start();
  acme = await client.test.createTenant('acme');
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('rejected items', () => {
  const list = () => client.get<{ rejected: { id: string; code: string }[] }>('/api/rejected');
  const redrive = (id: string, tenant = '1') =>
    client.app.inject({
      method: 'POST',
      url: `/api/rejected/${id}/redrive`,
      headers: { 'x-test-tenant': tenant },
    });

  it('are listed newest first, and stay when they are refused again', async () => {
    await client.sendBatch([17]);
    await client.sendBatch([event('x', { timestamp: '2999-01-01T00:00:00Z' })]);
    const { rejected } = await list();
    expect(rejected.map(({ code }) => code)).toEqual(['in_future', 'invalid']);
    expect((await redrive(rejected[0]?.id ?? '')).statusCode).toBe(422);
    expect((await list()).rejected).toHaveLength(2);
  });

  it('are stored and forgotten once their cause is mended', async () => {
    // So soon that retention, which goes by the same clock, doesn't come first.
    const soon = new Date(Date.now() + 2 * 24 * 60 * 60 * 1_000);
    await client.sendBatch([event('x', { timestamp: soon.toISOString() })]);
    const [item] = (await list()).rejected;
    const later = await createTestApp(client.test.database, [EventsModule], { clock: { now: () => soon } });
    const answer = await later.inject({ method: 'POST', url: `/api/rejected/${item?.id}/redrive` });
    await later.close();
    expect(answer.statusCode).toBe(200);
    expect(await client.counts()).toMatchObject({ events: 1, rejected: 0 });
    expect((await redrive(item?.id ?? '')).statusCode).toBe(404);
  });

  it('are kept once, however often they are sent', async () => {
    await client.sendBatch([17, 18]);
    await client.sendBatch([18, 17]);
    expect((await list()).rejected).toHaveLength(2);
  });

  it('are nobody else’s', async () => {
    await client.sendBatch([17]);
    const [item] = (await list()).rejected;
    expect((await redrive(item?.id ?? '', String(acme))).statusCode).toBe(404);
    expect(await client.get(`/api/rejected`, { 'x-test-tenant': String(acme) })).toEqual({
      rejected: [],
      next_cursor: null,
    });
  });
});

describe('retention', () => {
  it('refuses what would be deleted at once', async () => {
    const brief = await createTestApp(client.test.database, [EventsModule], {
      retention: { count: 90, unit: 'days' },
    });
    const answer = await brief.inject({
      method: 'POST',
      url: '/api/events',
      payload: {
        events: [
          event('old', { timestamp: '2020-01-01T00:00:00Z' }),
          event('new', { timestamp: new Date().toISOString() }),
        ],
      },
    });
    await brief.close();
    expect(answer.json()).toMatchObject({
      results: [{ status: 'rejected', code: 'too_old' }, { status: 'stored' }],
    });
  });
});
