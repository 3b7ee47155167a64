import { type BatchAnswer, limits, type StoredEvent } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EventsService } from './events.service.js';
import { event, IngestClient } from './testing/ingest-client.js';

let client: IngestClient;
let acme: number;

beforeAll(async () => {
  client = await IngestClient.start();
  acme = await client.test.createTenant('acme');
});
afterAll(() => client.stop());
beforeEach(() => client.empty());

describe('POST /api/events, a batch', () => {
  it('gives every item its own result and keeps what it rejects', async () => {
    await client.sendBatch([event('known'), event('changed')]);
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
    const { status, body } = await client.send(text);
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
    expect(await client.counts()).toEqual({ events: 4, refs: 1, tail: 4, rejected: 6, counted: 4 });
    const kept = await client.test.asOwner<{ code: string; event: string }>(
      'select code, event from rejected_events',
    );
    const textsOf = (code: string) => kept.filter((item) => item.code === code).map((item) => item.event);
    expect(textsOf('unstorable_text')).toEqual([expect.stringContaining('a\\u0000b')]);
    expect(textsOf('unsafe_number')).toEqual([expect.stringContaining('{"id":9007199254740993}')]);
    expect(textsOf('invalid')).toContain('17');
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
    expect((await client.send(withEvent)).status).toBe(status);
    expect(await client.counts()).toMatchObject({ events: 0, rejected: 0 });
  });

  it('keeps events of one instant in the order in which they came, whatever their keys', async () => {
    const keys = ['m', 'z', 'a', 'q', 'b'];
    await client.sendBatch(keys.map((key) => event(key)));
    const stored = await client.test.asOwner<{ key: string }>(
      'select key from events order by timestamp, seq',
    );
    expect(stored.map(({ key }) => key)).toEqual(keys);
  });

  it('takes an empty one', async () => {
    expect(await client.sendBatch([])).toEqual({ results: [], sources: [] });
  });

  it('counts projects and remembers their last event', async () => {
    await client.sendBatch([
      event('a', { timestamp: '2026-01-02T00:00:00Z' }),
      event('b', { timestamp: '2026-01-03T00:00:00Z' }),
      event('c', { project: 'acme/web' }),
    ]);
    await client.sendBatch([event('a'), event('d', { timestamp: '2026-01-01T00:00:00Z' })]);
    const rows = await client.test.asOwner(
      `select name, event_count::int as n, last_event_at = '2026-01-03Z' as is_third from projects order by name`,
    );
    expect(rows).toEqual([
      { name: 'acme/api', n: 3, is_third: true },
      { name: 'acme/web', n: 1, is_third: false },
    ]);
  });

  it('keeps tenants apart: the same key is a fact of each', async () => {
    const mine = await client.sendBatch([event('a')]);
    const theirs = await client.sendBatch([event('a')], { 'x-test-tenant': String(acme) });
    expect([mine.results[0]?.status, theirs.results[0]?.status]).toEqual(['stored', 'stored']);
    const page = await client.get<{ rows: StoredEvent[] }>('/api/events', { 'x-test-tenant': String(acme) });
    expect(page.rows.map(({ id }) => id)).toEqual([theirs.results[0]?.event_id]);
  });

  it('stores nothing for a tenant that does not exist', async () => {
    const work = client.app.get(EventsService).takeBatch(999, { events: [event('orphan')] });
    await expect(work).rejects.toThrow(/foreign key/);
    expect(await client.counts()).toMatchObject({ events: 0, tail: 0 });
  });

  it('lets many clients send the same in opposite orders, and stores each fact once', async () => {
    const keys = Array.from({ length: 100 }, (_, n) => n);
    const events = keys.map((n) => event(`k${n}`, { project: `p${n % 7}` }));
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => client.sendBatch(n % 2 ? events : events.toReversed())),
    );
    const stored = answers.flatMap(({ results }) => results.filter(({ status }) => status === 'stored'));
    expect(stored).toHaveLength(100);
    expect(answers.flatMap(({ results }) => results.filter(({ event_id }) => !event_id))).toEqual([]);
    expect(new Set(answers.flatMap(({ results }) => results.map(({ event_id }) => event_id))).size).toBe(100);
    expect(await client.counts()).toMatchObject({ events: 100, tail: 100, counted: 100 });
  });

  it('sends away what it can not take, and stores all that it has taken', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => client.send({ events: [event(`flood-${n}`)] })),
    );
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(200 - refused.length);
    expect(await client.counts()).toMatchObject({ events: 200 - refused.length });
  });
});
