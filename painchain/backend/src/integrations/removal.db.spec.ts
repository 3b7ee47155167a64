import type { IntegrationActivity, Lease } from '@painchain/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clear } from '../connectors/testing/leases.js';
import { createTestApi, proofOf, type TestApi, type TestConnector } from '../connectors/testing/test-api.js';
import { EventsModule } from '../events/events.module.js';
import { derived, derivedAgain } from '../events/testing/derived.js';
import { event } from '../events/testing/ingest-client.js';
import { RemovalsRepository } from '../retention/removals.repository.js';
import { IntegrationsModule } from './integrations.module.js';

let api: TestApi;
let connector: TestConnector;

beforeAll(async () => {
  api = await createTestApi([EventsModule, IntegrationsModule]);
});
afterAll(() => api?.close());
beforeEach(async () => {
  await clear(api);
  await api.db.asOwner(`set app.tenant = '1'`);
  await api.db.asOwner(
    `truncate events, event_refs, event_tail, event_words, event_days, event_slots, projects, integration_hours`,
  );
  connector = await api.register('one');
});

/** Sends events of these projects through an integration of that name; its sources say the projects. */
async function collected(name: string, keys: string[], watched: string[]): Promise<string> {
  const { id } = await api.integration(name);
  const [lease] = (await connector.claim(1)) as [Lease];
  await send(keys, {
    lease: proofOf(lease),
    sources: watched.map((project) => ({ source: project, project, expected_version: 0 })),
  });
  return id;
}

/** A key is its event's project, and what tells it apart in there. */
async function send(keys: string[], under: object = {}): Promise<void> {
  const events = keys.map((key, n) => {
    const project = key.split(' ')[0];
    const more = { project, connector: 'vault', refs: [`ref:${key}`], timestamp: `2026-01-31T10:35:0${n}Z` };
    return event(key, more);
  });
  expect((await api.call('POST', '/events', { events, ...under }, { key: true })).status).toBe(200);
}

const left = async () => {
  const rows = await api.db.asOwner<{ key: string }>(
    `select key from events where connector = 'vault' order by key`,
  );
  return rows.map(({ key }) => key);
};

const remove = (id: string, query = '') => api.call('DELETE', `/integrations/${id}${query}`);

const removalsLeft = async () => (await api.db.asOwner('select from event_removals')).length;

async function allGone(): Promise<void> {
  await vi.waitFor(async () => expect(await removalsLeft()).toBe(0), 5_000);
}

describe('removing an integration', () => {
  it('keeps its events unless asked otherwise', async () => {
    const id = await collected('A', ['api 1'], ['api']);
    expect((await remove(id)).status).toBe(204);
    expect(await removalsLeft()).toBe(0);
    expect(await left()).toEqual(['api 1']);
  });

  it('refuses to do with them what it does not know', async () => {
    const id = await collected('A', [], ['api']);
    expect((await remove(id, '?events=forget')).status).toBe(422);
    expect((await api.call('GET', `/integrations/${id}`)).status).toBe(200);
  });

  it('takes along those that no other integration of the type covers, and nothing else', async () => {
    await send(['web by hand']);
    const id = await collected(
      'A',
      ['api 1', 'web 1', 'web 2', 'prod/pay 1', 'production 1'],
      ['api', 'web'],
    );
    await collected('B', ['api 1', 'api 2'], ['api', 'prod']);
    expect((await remove(id, '?events=delete')).status).toBe(204);
    await allGone();
    expect(await left()).toEqual(['api 1', 'api 2', 'prod/pay 1', 'web by hand']);
  });

  it('keeps all counts right, and when each project had its last event', async () => {
    await send(['web by hand']);
    await collected('B', ['api 1'], ['api']);
    const id = await collected('A', ['api 2', 'web 1', 'web 2', 'gone 1'], ['api', 'web', 'gone']);
    await remove(id, '?events=delete');
    await allGone();
    expect(await derived(api.db)).toEqual(await derivedAgain(api.db));
    const projects = await api.db.asOwner(
      `select name, event_count::int as count, last_event_at as last from projects
       where connector = 'vault' order by name`,
    );
    expect(projects).toEqual([
      { name: 'api', count: 2, last: new Date('2026-01-31T10:35:00Z') },
      { name: 'web', count: 1, last: new Date('2026-01-31T10:35:00Z') },
    ]);
    const refs = await api.db.asOwner<{ ref: string }>('select ref from event_refs order by ref');
    expect(refs.map(({ ref }) => ref)).toEqual(['ref:api 1', 'ref:api 2', 'ref:web by hand']);
  });

  it('goes on where a process that was killed left off, in bounded batches', async () => {
    const id = await collected('A', ['api 1', 'api 2', 'api 3', 'api 4', 'api 5'], ['api']);
    const removals = api.get(RemovalsRepository);
    await api.db.asOwner(`delete from events where connector = 'painchain'`);
    const hurried = vi.spyOn(RemovalsRepository.prototype, 'deleteSome').mockResolvedValue(undefined);
    await remove(id, '?events=delete');
    await vi.waitFor(() => expect(hurried).toHaveBeenCalled());
    hurried.mockRestore();
    expect(await removals.deleteSome(1, 2)).toBe(2);
    expect(await left()).toEqual(['api 3', 'api 4', 'api 5']);
    expect(await removals.deleteSome(1, 2)).toBe(2);
    // The removal itself is an event.
    expect(await removals.deleteSome(1, 2)).toBe(1);
    expect(await removals.deleteSome(1, 2)).toBe(0);
    expect(await removals.deleteSome(1, 2)).toBeUndefined();
    expect(await removalsLeft()).toBe(0);
  });

  it('ends once all that there was is looked at, however much comes in meanwhile', async () => {
    const id = await collected('A', ['api 1', 'api 2'], ['api']);
    const hurried = vi.spyOn(RemovalsRepository.prototype, 'deleteSome').mockResolvedValue(undefined);
    await remove(id, '?events=delete');
    await vi.waitFor(() => expect(hurried).toHaveBeenCalled());
    hurried.mockRestore();
    await send(['api by hand']);
    expect(await api.get(RemovalsRepository).deleteSome(1, 100)).toBe(2);
    expect(await removalsLeft()).toBe(0);
  });

  it('forgets what could not be stored, too, which could come back otherwise', async () => {
    await api.db.asOwner('truncate rejected_events');
    const { id } = await api.integration('A');
    const [lease] = (await connector.claim(1)) as [Lease];
    for (const more of [{ lease: proofOf(lease) }, {}]) {
      await api.call('POST', '/events', { events: [Object.keys(more)], ...more }, { key: true });
    }
    await remove(id, '?events=delete');
    await allGone();
    expect(await api.db.asOwner('select integration_id as id from rejected_events')).toEqual([{ id: null }]);
  });

  it('waits for a batch that is under way, and sees what it covers', async () => {
    const id = await collected('A', ['api 1'], ['api']);
    await api.integration('B');
    const [lease] = (await connector.claim(1)) as [Lease];
    await api.db.asOwner('begin');
    await api.db.asOwner(`select from integrations where name = 'B' for share`);
    await remove(id, '?events=delete');
    await vi.waitFor(async () => expect(await waiting()).toBe(1), 5_000);
    await api.db.asOwner(
      `insert into sources (tenant_id, integration_id, source, project)
       select tenant_id, id, 'api', 'api' from integrations where name = 'B'`,
    );
    await api.db.asOwner('commit');
    await allGone();
    expect(lease.name).toBe('B');
    expect(await left()).toEqual(['api 1']);
  });
});

const waiting = async () =>
  (
    await api.db.asOwner(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  ).length;

describe('the activity of integrations', () => {
  const activity = async () => (await api.call<IntegrationActivity>('GET', '/integrations/activity')).body;

  it('says how many events each brought in, each hour of the last day', async () => {
    const a = await collected('A', ['api 1', 'api 2', 'api 1'], ['api']);
    const b = await collected('B', [], ['web']);
    await send(['api by hand']);
    await api.db.asOwner(
      `insert into integration_hours
       select tenant_id, integration_id, hour - age * interval '1 hour', 10 + age
       from integration_hours cross join (values (23), (24)) as older(age)`,
    );
    const { from, integrations } = await activity();
    const hourMs = 3_600_000;
    expect(Date.parse(from)).toBe((Math.floor(Date.now() / hourMs) - 23) * hourMs);
    expect(integrations).toEqual([
      { integration_id: a, hours: [33, ...Array.from({ length: 22 }, () => 0), 2] },
      { integration_id: b, hours: Array.from({ length: 24 }, () => 0) },
    ]);
  });

  it('is empty where nothing is connected', async () => {
    expect(await activity()).toEqual({ from: expect.stringMatching(/T\d\d:00:00/), integrations: [] });
  });
});
