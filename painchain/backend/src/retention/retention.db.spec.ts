import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../config/config.js';
import { RetentionPeriod } from '../config/retention-period.js';
import { type TestDatabase, createTestDatabase } from '../database/testing/test-database.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

let test: TestDatabase;
let acme: number;
beforeAll(async () => {
  test = await createTestDatabase();
  acme = await test.createTenant('acme');
});
afterAll(() => test.drop());
beforeEach(() =>
  test.asOwner(
    'truncate events, event_refs, event_tail, projects, rejected_events; update event_tail_horizon set xid = $$0$$',
  ),
);

const now = '2026-11-24T10:35:00Z';

function serviceAt(instant: string, period = '18 months'): RetentionService {
  const config = { retention: RetentionPeriod.parse(period) } as Config;
  return new RetentionService(
    config,
    { now: () => new Date(instant) },
    new RetentionRepository(test.database),
  );
}

async function store(tenant: number, key: string, timestamp: string, receivedAt = now): Promise<void> {
  await test.asOwner(
    `with stored as (
       insert into events (tenant_id, timestamp, received_at, title, connector, project, key, refs, data)
       values ($1, $2, $3, 'x', 'git', 'api', $4, array['commit:' || $4, 'image:api'], '{}') returning *
     ), refs as (
       insert into event_refs select tenant_id, unnest(refs), timestamp, seq from stored
     )
     insert into event_tail (tenant_id, seq, stored_at) select tenant_id, seq, received_at from stored`,
    [tenant, timestamp, receivedAt, key],
  );
  await test.database.inTenant(tenant, (sql) =>
    sql.query({
      text: `insert into projects (tenant_id, connector, name, event_count) values ($1, 'git', 'api', 1)
             on conflict (tenant_id, connector, name) do update set event_count = projects.event_count + 1`,
      values: [tenant],
    }),
  );
}

async function keys(): Promise<string[]> {
  const rows = await test.asOwner<{ key: string }>('select key from events order by key');
  return rows.map(({ key }) => key);
}

describe('retention', () => {
  it('deletes what is older than the period, for every tenant, and nothing younger', async () => {
    await store(1, 'a second too old', '2025-05-24T10:34:59Z');
    await store(1, 'just kept', '2025-05-24T10:35:00Z');
    await store(acme, 'old', '2020-01-01T00:00:00Z');
    await store(acme, 'new', '2026-11-01T00:00:00Z');
    expect(await serviceAt(now).run()).toBe(2);
    expect(await keys()).toEqual(['just kept', 'new']);
  });

  it('counts by arrival what claims to lie in the future', async () => {
    await store(1, 'year 9999', '9999-12-31T00:00:00Z', '2024-01-01T00:00:00Z');
    await serviceAt(now).run();
    expect(await keys()).toEqual([]);
  });

  it('takes refs and counts along', async () => {
    await store(1, 'old', '2020-01-01T00:00:00Z');
    await store(1, 'new', '2026-11-01T00:00:00Z');
    await serviceAt(now).run();
    const refs = await test.asOwner<{ ref: string }>('select ref from event_refs order by ref');
    expect(refs.map(({ ref }) => ref)).toEqual(['commit:new', 'image:api']);
    const projects = await test.database.prismaInTenant(1, (prisma) => prisma.project.findMany());
    expect(projects.map(({ eventCount }) => eventCount)).toEqual([1n]);
  });

  it('goes on until nothing is left, in bounded batches', async () => {
    await test.asOwner(
      `insert into events (tenant_id, timestamp, title, connector, project, key, data)
       select 1, '2020-01-01T00:00:00Z'::timestamptz + n * interval '1 s', 'x', 'git', 'api', n::text, '{}'
       from generate_series(1, 2500) as n`,
    );
    const repository = new RetentionRepository(test.database);
    expect(await repository.deleteEvents(1, new Date(now), 1_000)).toBeLessThanOrEqual(2_000);
    expect(await serviceAt(now).run()).toBeGreaterThanOrEqual(500);
    expect(await keys()).toEqual([]);
  });

  it('keeps every event when it is off, and still prunes the tail', async () => {
    await store(1, 'old', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z');
    expect(await serviceAt(now, 'off').run()).toBe(0);
    expect(await keys()).toEqual(['old']);
    expect(await test.asOwner('select from event_tail')).toEqual([]);
  });

  it('moves the horizon of the tail to the last transaction that it pruned', async () => {
    await store(1, 'past', '2026-11-24T09:00:00Z', '2026-11-24T09:34:59Z');
    await store(1, 'recent', '2026-11-24T10:00:00Z', '2026-11-24T10:00:00Z');
    const [past] = await test.asOwner<{ xid: string }>('select xid::text from event_tail order by xid');
    await serviceAt(now).run();
    expect(await test.asOwner('select xid::text from event_tail_horizon')).toEqual([past]);
    expect(await test.asOwner('select from event_tail')).toHaveLength(1);
  });

  it('forgets rejected items after 30 days', async () => {
    const reject = (at: string) =>
      test.database.inTenant(1, (sql) =>
        sql.query({
          text: `insert into rejected_events (tenant_id, received_at, code, detail, event) values (1, $1, 'invalid', 'x', gen_random_uuid()::text)`,
          values: [at],
        }),
      );
    await reject('2026-10-25T10:34:59Z');
    await reject('2026-10-25T10:35:01Z');
    await serviceAt(now).run();
    expect(await test.database.prismaInTenant(1, (prisma) => prisma.rejectedEvent.count())).toBe(1);
  });

  it('forgets commands after 30 days', async () => {
    const command = (at: string) =>
      test.database.inTenant(1, (sql) =>
        sql.query({
          text: `with given as (
                   insert into integrations (tenant_id, type, name, config_public, config_sealed)
                   values (1, 'git', $1, '{}', '') returning id)
                 insert into commands (tenant_id, integration_id, kind, created_at)
                 select 1, id, 'sync', $1::timestamptz from given`,
          values: [at],
        }),
      );
    await command('2026-10-25T10:34:59Z');
    await command('2026-10-25T10:35:01Z');
    await serviceAt(now).run();
    expect(await test.database.prismaInTenant(1, (prisma) => prisma.command.count())).toBe(1);
  });

  it('forgets how things were seen together with what was seen', async () => {
    const spell = (ended: string) =>
      test.database.inTenant(1, (sql) =>
        sql.query({
          text: `with given as (
                   insert into integrations (tenant_id, type, name, config_public, config_sealed)
                   values (1, 'vault', $1, '{}', '') returning id),
                 source as (
                   insert into sources (tenant_id, integration_id, source) select 1, id, 's' from given returning *)
                 insert into coverage_spells (tenant_id, integration_id, source, kind, began_at, ended_at)
                 select 1, integration_id, source, 'late', '2020-01-01Z', $1::timestamptz from source`,
          values: [ended],
        }),
      );
    await spell('2025-05-24T10:34:59Z');
    await spell('2025-05-24T10:35:01Z');
    const kept = () => test.database.prismaInTenant(1, (prisma) => prisma.coverageSpell.count());
    await serviceAt(now, 'off').run();
    expect(await kept()).toBe(2);
    await serviceAt(now).run();
    expect(await kept()).toBe(1);
  });

  it('leaves everything alone while another process is at it', async () => {
    await store(1, 'old', '2020-01-01T00:00:00Z');
    await test.asOwner('select pg_advisory_lock(72707370)');
    expect(await serviceAt(now).run()).toBe(0);
    await test.asOwner('select pg_advisory_unlock(72707370)');
    expect(await keys()).toEqual(['old']);
  });

  it('refuses at the door what it would delete', () => {
    expect(serviceAt(now).oldestAllowed()?.toISOString()).toBe('2025-05-24T10:35:00.000Z');
    expect(serviceAt(now, 'off').oldestAllowed()).toBeUndefined();
  });
});
