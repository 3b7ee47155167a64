import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type BatchAnswer, type EventAnswer, limits, type StoredEvent } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/testing/test-database.js';
import { encodeId } from '../database/opaque-id.js';
import { connectorKey, createTestApp } from '../timeline/testing/test-app.js';
import { EventsModule } from './events.module.js';

let test: TestDatabase;
let app: NestFastifyApplication;
let acme: number;

beforeAll(async () => {
  test = await createTestDatabase();
  acme = await test.createTenant('acme');
  app = await createTestApp(test.database, [EventsModule]);
});
afterAll(async () => {
  await app.close();
  await test.drop();
});
beforeEach(() => test.asOwner('truncate events, event_refs, event_tail, projects, rejected_events'));

const event = (key: string, more: object = {}) => ({
  title: `Event ${key}`,
  connector: 'ci',
  project: 'acme/api',
  timestamp: '2026-01-31T10:35:00Z',
  data: { n: 1 },
  key,
  ...more,
});

async function send(body: unknown, headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/events',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function sendBatch(events: unknown[], headers?: Record<string, string>): Promise<BatchAnswer> {
  const { status, body } = await send({ events }, headers);
  expect(status).toBe(200);
  return body as BatchAnswer;
}

async function get<Answer>(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await app.inject({ method: 'GET', url: path, headers });
  expect(answer.statusCode).toBe(200);
  return answer.json<Answer>();
}

async function counts() {
  const [row] = await test.asOwner<Record<'events' | 'refs' | 'tail' | 'rejected' | 'counted', number>>(
    `select (select count(*) from events)::int as events, (select count(*) from event_refs)::int as refs,
       (select count(*) from event_tail)::int as tail, (select count(*) from rejected_events)::int as rejected,
       (select coalesce(sum(event_count), 0) from projects)::int as counted`,
  );
  return row;
}

describe('POST /api/events, one event', () => {
  it('answers 201, and 200 when the fact is known', async () => {
    const first = await send(event('a'));
    expect(first).toMatchObject({ status: 201, body: { event_id: expect.stringMatching(/^evt_/) } });
    const again = await send(event('a'));
    expect(again).toEqual({ status: 200, body: { ...(first.body as EventAnswer), duplicate: true } });
    expect(await counts()).toMatchObject({ events: 1, tail: 1, counted: 1 });
  });

  it('says so when the known fact has other content, and keeps what it has', async () => {
    const first = (await send(event('a'))).body as EventAnswer;
    const other = await send(event('a', { data: { n: 2 } }));
    expect(other).toMatchObject({
      status: 200,
      body: { duplicate: true, detail: expect.stringContaining('other content') },
    });
    expect(await get<StoredEvent>(`/api/events/${first.event_id}`)).toMatchObject({ data: { n: 1 } });
  });

  it('knows the same content again however its keys are ordered and whatever its zone is', async () => {
    await send(event('a', { data: { x: 1, y: [1.0] } }));
    const again = await send(event('a', { data: { y: [1], x: 1 }, timestamp: '2026-01-31T11:35:00+01:00' }));
    expect(again.body).not.toHaveProperty('detail');
  });

  it('gives an event without a key one, so that it is stored once', async () => {
    const keyless = { ...event('a'), key: undefined };
    expect((await send(keyless)).status).toBe(201);
    expect((await send(keyless)).status).toBe(200);
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
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errors: [expect.objectContaining({ pointer })] });
    expect(await counts()).toMatchObject({ events: 0, rejected: 0 });
  });

  it.each([
    ['2026-01-31T10:35:00.123456Z', '2026-01-31T10:35:00.123456Z'],
    ['2026-01-31T10:35:00.123456+14:00', '2026-01-30T20:35:00.123456Z'],
    ['2026-01-31T10:35:00-15:59', '2026-02-01T02:34:00.000000Z'],
    ['2026-01-31t10:35:00.1z', '2026-01-31T10:35:00.100000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59.999999Z'],
  ])('keeps the instant %s to the microsecond', async (timestamp, stored) => {
    const { body } = await send(event('a', { timestamp, sent_at: timestamp }));
    const { event_id } = body as EventAnswer;
    expect(await get<StoredEvent>(`/api/events/${event_id}`)).toMatchObject({
      timestamp: stored,
      sent_at: stored,
    });
  });

  it('gives back exactly the text and data that came', async () => {
    const title = ' 👩‍👩‍👧 \u202eabc e\u0301 é \u0301\u0301 <b>';
    const data = { 'a/b~c': [title, '', 0, -1.5e-7, 9007199254740991, true, null, {}], constructor: 'x' };
    const { body } = await send(event('a', { title, data, tags: ['x'], refs: ['change:a#1'] }));
    const stored = await get<StoredEvent>(`/api/events/${(body as EventAnswer).event_id}`);
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
    const { event_id } = (await send(event('a'))).body as EventAnswer;
    for (const [id, tenant] of [
      [event_id, String(acme)],
      [encodeId('evt', 99_999n), '1'],
      ['evt_x', '1'],
      ['1', '1'],
    ] as const) {
      const answer = await app.inject({ url: `/api/events/${id}`, headers: { 'x-test-tenant': tenant } });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ detail: 'There is no event with this id, or no longer.' });
    }
  });
});

describe('POST /api/events, a batch', () => {
  it('gives every item its own result and keeps what it rejects', async () => {
    await sendBatch([event('known'), event('changed')]);
    const text = JSON.stringify({
      events: [
        event('new', { data: { sha: 'a'.repeat(40) } }),
        event('known'),
        event('changed', { title: 'Another' }),
        event('new', { data: { sha: 'a'.repeat(40) } }),
        event('new', { title: 'Yet another' }),
        { ...event('x'), project: ' ' },
        event('x', { data: { text: 'a\0b' } }),
        event('x', { data: { id: '@' } }),
        event('x', { timestamp: '2999-01-01T00:00:00Z' }),
        event('x', { data: { text: 'x'.repeat(limits.eventBytes) } }),
        17,
        event('last'),
      ],
    }).replace('"@"', '9007199254740993');
    const { status, body } = await send(text);
    expect(status).toBe(200);
    const { results, sources } = body as BatchAnswer;
    expect(results.map((result) => [result.status, result.code])).toEqual([
      ['stored', undefined],
      ['duplicate', undefined],
      ['duplicate', 'content_differs'],
      ['duplicate', undefined],
      ['duplicate', 'content_differs'],
      ['rejected', 'invalid'],
      ['rejected', 'unstorable_text'],
      ['rejected', 'unsafe_number'],
      ['rejected', 'in_future'],
      ['rejected', 'too_large'],
      ['rejected', 'invalid'],
      ['stored', undefined],
    ]);
    expect(sources).toEqual([]);
    expect(results[3]?.event_id).toBe(results[0]?.event_id);
    expect(await counts()).toEqual({ events: 4, refs: 1, tail: 4, rejected: 6, counted: 4 });
    const kept = await test.asOwner<{ event: string }>('select event from rejected_events order by id');
    expect(kept[1]?.event).toContain('a\\u0000b');
    expect(kept[2]?.event).toContain('{"id":9007199254740993}');
    expect(kept[5]?.event).toBe('17');
  });

  it.each([
    ['is no JSON', '{"events":[', 400],
    ['has a key twice', '{"events":[],"events":[]}', 400],
    ['is nested too deep', `{"events":[${'['.repeat(40)}${']'.repeat(40)}]}`, 400],
    ['has a cursor that can not be stored', '{"events":[],"sources":[{"source":"\\u0000"}]}', 400],
    ['has an unknown field', '{"events":[],"evnets":[]}', 422],
    ['has more than 500 events', JSON.stringify({ events: Array.from({ length: 501 }, () => 1) }), 422],
    ['moves a cursor without a lease', '{"events":[],"sources":[{"source":"a","expected_version":0}]}', 422],
  ])('stores nothing of one that %s', async (_what, text, status) => {
    const withEvent = text.replace(
      '"events":[',
      `"events":[${JSON.stringify(event('a'))}${/"events":\[\]/.test(text) ? '' : ','}`,
    );
    expect((await send(withEvent)).status).toBe(status);
    expect(await counts()).toMatchObject({ events: 0, rejected: 0 });
  });

  it('takes an empty one', async () => {
    expect(await sendBatch([])).toEqual({ results: [], sources: [] });
  });

  it('counts projects and remembers their last event', async () => {
    await sendBatch([
      event('a', { timestamp: '2026-01-02T00:00:00Z' }),
      event('b', { timestamp: '2026-01-03T00:00:00Z' }),
      event('c', { project: 'acme/web' }),
    ]);
    await sendBatch([event('a'), event('d', { timestamp: '2026-01-01T00:00:00Z' })]);
    const rows = await test.asOwner(
      `select name, event_count::int as n, last_event_at = '2026-01-03Z' as is_third from projects order by name`,
    );
    expect(rows).toEqual([
      { name: 'acme/api', n: 3, is_third: true },
      { name: 'acme/web', n: 1, is_third: false },
    ]);
  });

  it('keeps tenants apart: the same key is a fact of each', async () => {
    const mine = await sendBatch([event('a')]);
    const theirs = await sendBatch([event('a')], { 'x-test-tenant': String(acme) });
    expect([mine.results[0]?.status, theirs.results[0]?.status]).toEqual(['stored', 'stored']);
    const page = await get<{ rows: StoredEvent[] }>('/api/events', { 'x-test-tenant': String(acme) });
    expect(page.rows.map(({ id }) => id)).toEqual([theirs.results[0]?.event_id]);
  });

  it('lets many clients send the same in opposite orders, and stores each fact once', async () => {
    const keys = Array.from({ length: 100 }, (_, n) => n);
    const events = keys.map((n) => event(`k${n}`, { project: `p${n % 7}` }));
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => sendBatch(n % 2 ? events : events.toReversed())),
    );
    const stored = answers.flatMap(({ results }) => results.filter(({ status }) => status === 'stored'));
    expect(stored).toHaveLength(100);
    expect(answers.flatMap(({ results }) => results.filter(({ event_id }) => !event_id))).toEqual([]);
    expect(new Set(answers.flatMap(({ results }) => results.map(({ event_id }) => event_id))).size).toBe(100);
    expect(await counts()).toMatchObject({ events: 100, tail: 100, counted: 100 });
  });

  it('sends away what it can not take, and stores all that it has taken', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => send({ events: [event(`flood-${n}`)] })),
    );
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(200 - refused.length);
    expect(await counts()).toMatchObject({ events: 200 - refused.length });
  });
});

describe('POST /api/events under a lease', () => {
  const key = { authorization: `Bearer ${connectorKey}` };
  let integration: string;

  beforeEach(async () => {
    await test.asOwner(`set app.tenant = '1'; delete from integrations`);
    const [row] = await test.asOwner<{ id: string }>(
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
    expect((await send(leased(3, 0))).status).toBe(401);
    expect(await counts()).toMatchObject({ events: 0 });
  });

  it('stores events, rejected items and cursors together', async () => {
    const { status, body } = await send(leased(3, 0), key);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        results: [{ status: 'stored' }, { status: 'rejected' }],
        sources: [{ source: 'main', version: 1 }],
      },
    });
    const page = await get<{ rows: StoredEvent[] }>('/api/events');
    expect(page.rows[0]?.integration_id).toBe(integration);
    expect(await counts()).toMatchObject({ rejected: 1 });
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
    expect((await send(body(), key)).status).toBe(status);
    expect(await counts()).toMatchObject({ events: 0, rejected: 0 });
    expect(await test.asOwner('select from sources')).toEqual([]);
  });
});

describe('rejected items', () => {
  const list = () => get<{ rejected: { id: string; code: string }[] }>('/api/rejected');
  const redrive = (id: string, tenant = '1') =>
    app.inject({ method: 'POST', url: `/api/rejected/${id}/redrive`, headers: { 'x-test-tenant': tenant } });

  it('are listed newest first, and stay when they are refused again', async () => {
    await sendBatch([17, event('x', { timestamp: '2999-01-01T00:00:00Z' })]);
    const { rejected } = await list();
    expect(rejected.map(({ code }) => code)).toEqual(['in_future', 'invalid']);
    expect((await redrive(rejected[0]?.id ?? '')).statusCode).toBe(422);
    expect((await list()).rejected).toHaveLength(2);
  });

  it('are stored and forgotten once their cause is mended', async () => {
    await sendBatch([event('x', { timestamp: '2999-01-01T00:00:00Z' })]);
    const [item] = (await list()).rejected;
    const later = await createTestApp(test.database, [EventsModule], {
      clock: { now: () => new Date('2999-01-02T00:00:00Z') },
    });
    const answer = await later.inject({ method: 'POST', url: `/api/rejected/${item?.id}/redrive` });
    await later.close();
    expect(answer.statusCode).toBe(200);
    expect(await counts()).toMatchObject({ events: 1, rejected: 0 });
    expect((await redrive(item?.id ?? '')).statusCode).toBe(404);
  });

  it('are nobody else’s', async () => {
    await sendBatch([17]);
    const [item] = (await list()).rejected;
    expect((await redrive(item?.id ?? '', String(acme))).statusCode).toBe(404);
    expect(await get(`/api/rejected`, { 'x-test-tenant': String(acme) })).toEqual({
      rejected: [],
      next_cursor: null,
    });
  });
});

describe('retention', () => {
  it('refuses what would be deleted at once', async () => {
    const brief = await createTestApp(test.database, [EventsModule], {
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
