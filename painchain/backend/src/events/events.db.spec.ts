import type { EventAnswer, StoredEvent } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeId } from '../database/opaque-id.js';
import { event, IngestClient } from './testing/ingest-client.js';

let client: IngestClient;
let acme: number;

beforeAll(async () => {
  client = await IngestClient.start();
  acme = await client.test.createTenant('acme');
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('POST /api/events, one event', () => {
  it('answers 201, and 200 when the fact is known', async () => {
    const first = await client.send(event('a'));
    expect(first).toMatchObject({ status: 201, body: { event_id: expect.stringMatching(/^evt_/) } });
    const again = await client.send(event('a'));
    expect(again).toEqual({ status: 200, body: { ...(first.body as EventAnswer), duplicate: true } });
    expect(await client.counts()).toMatchObject({ events: 1, tail: 1, counted: 1 });
  });

  it('says so when the known fact has other content, and keeps what it has', async () => {
    const first = (await client.send(event('a'))).body as EventAnswer;
    const other = await client.send(event('a', { data: { n: 2 } }));
    expect(other).toMatchObject({
      status: 200,
      body: { duplicate: true, detail: expect.stringContaining('other content') },
    });
    expect(await client.get<StoredEvent>(`/api/events/${first.event_id}`)).toMatchObject({ data: { n: 1 } });
  });

  it('knows the same content again however its keys are ordered and whatever its zone is', async () => {
    await client.send(event('a', { data: { x: 1, y: [1.0] } }));
    const again = await client.send(
      event('a', { data: { y: [1], x: 1 }, timestamp: '2026-01-31T11:35:00+01:00' }),
    );
    expect(again.body).not.toHaveProperty('detail');
  });

  it('gives an event without a key one, so that it is stored once', async () => {
    const keyless = { ...event('a'), key: undefined };
    expect((await client.send(keyless)).status).toBe(201);
    expect((await client.send(keyless)).status).toBe(200);
  });

  it.each([
    ['a missing field', { ...event('a'), title: undefined }, '/title', 422],
    ['an unknown field', event('a', { stauts: 'success' }), '', 422],
    ['a day that does not exist', event('a', { timestamp: '2026-02-30T00:00:00Z' }), '/timestamp', 422],
    ['an address that could run', event('a', { url: 'javascript:alert(1)' }), '/url', 422],
    ['the year 9999', event('a', { timestamp: '9999-12-31T23:59:59Z' }), '/timestamp', 422],
    ['text that can not be stored', event('a', { data: { x: '\0' } }), '/data/x', 422],
    ['half a pair of surrogates in a key', event('a', { data: { x: { '\ud800': 1 } } }), '/data/x', 422],
    ['more than 256 KiB', event('a', { data: { x: 'é'.repeat(140_000) } }), '', 413],
    ['a text', '"an event"', '', 422],
    ['nothing at all', 'null', '', 422],
  ])('refuses %s with a pointer and stores nothing', async (_what, body, pointer, status) => {
    const answer = await client.send(body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
    expect(await client.counts()).toMatchObject({ events: 0, rejected: 0 });
  });

  it.each([
    ['2026-01-31T10:35:00.123456Z', '2026-01-31T10:35:00.123456Z'],
    ['2026-01-31T10:35:00.123456+14:00', '2026-01-30T20:35:00.123456Z'],
    ['2026-01-31T10:35:00-15:59', '2026-02-01T02:34:00.000000Z'],
    ['2026-01-31t10:35:00.1z', '2026-01-31T10:35:00.100000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
  ])('keeps the instant %s to the microsecond', async (timestamp, stored) => {
    const { body } = await client.send(event('a', { timestamp, sent_at: timestamp }));
    const { event_id } = body as EventAnswer;
    expect(await client.get<StoredEvent>(`/api/events/${event_id}`)).toMatchObject({
      timestamp: stored,
      sent_at: stored,
    });
  });

  it('gives back exactly the text and data that came', async () => {
    const title = ' 👩‍👩‍👧 \u202eabc e\u0301 é \u0301\u0301 <b>';
    const data = { 'a/b~c': [title, '', 0, -1.5e-7, 9007199254740991, true, null, {}], constructor: 'x' };
    const { body } = await client.send(event('a', { title, data, tags: ['x'], refs: ['change:a#1'] }));
    const stored = await client.get<StoredEvent>(`/api/events/${(body as EventAnswer).event_id}`);
    expect(stored).toMatchObject({
      title,
      data,
      tags: ['x'],
      refs: ['change:a#1'],
      key: 'a',
      integration_id: null,
    });
  });

  it('answers an unknown id, a foreign one and a forged one alike', async () => {
    const { event_id } = (await client.send(event('a'))).body as EventAnswer;
    for (const [id, tenant] of [
      [event_id, String(acme)],
      [encodeId('evt', 99_999n), '1'],
      ['evt_x', '1'],
      ['1', '1'],
    ] as const) {
      const answer = await client.app.inject({
        url: `/api/events/${id}`,
        headers: { 'x-test-tenant': tenant },
      });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ detail: 'There is no event with this id, or no longer.' });
    }
  });
});
