import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@painchain/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { derived, derivedAgain } from '../events/testing/derived.js';
import { event, IngestClient } from '../events/testing/ingest-client.js';
import { RetentionRepository } from '../retention/retention.repository.js';
import { ReindexingJob } from './reindexing.job.js';
import { ReindexingRepository } from './reindexing.repository.js';
import { ReindexingService } from './reindexing.service.js';

let client: IngestClient;
let acme: number;
let repository: ReindexingRepository;
let retention: RetentionRepository;

beforeAll(async () => {
  client = await IngestClient.start();
  acme = await client.test.createTenant('acme');
  repository = new ReindexingRepository(client.test.database);
  retention = new RetentionRepository(client.test.database);
});
afterAll(() => client.stop());
beforeEach(async () => {
  await client.empty();
  await client.test.asOwner('truncate text_reindexing');
});

/** Stores events as a version did that knew no words. */
async function storeWithoutWords(tenant: number, count: number): Promise<void> {
  for (let from = 0; from < count; from += 500) {
    const events = Array.from({ length: Math.min(500, count - from) }, (_, n) =>
      event(`old-${from + n}`, { data: { file: `src/${from + n}.ts` } }),
    );
    await client.sendBatch(events, { 'x-test-tenant': String(tenant) });
  }
  await client.test.asOwner('delete from event_words where tenant_id = $1', [tenant]);
  await list(tenant);
}

// As the tenant: the table binds its owner, too.
const list = (tenant: number) =>
  client.test.database.inTenant(tenant, (sql) =>
    sql.query({
      text: 'insert into text_reindexing select tenant_id, max(seq) + 1 from events group by tenant_id',
    }),
  );

const isListed = async (tenant: number) =>
  client.test.database.prismaInTenant(tenant, async (prisma) => (await prisma.textReindexing.count()) > 0);

const words = async () => (await client.test.asOwner('select from event_words')).length;

describe('reindexing', () => {
  it('makes the older events of all tenants searchable and is done then', async () => {
    await storeWithoutWords(1, 1_200);
    await storeWithoutWords(acme, 10);
    await client.sendBatch([event('new')]);
    expect(await new ReindexingService(repository).run()).toEqual({ events: 1_210, isDone: true });
    const { words: made } = await derived(client.test);
    expect(made).toHaveLength(1_211);
    expect(made).toEqual((await derivedAgain(client.test)).words);
    expect([await isListed(1), await isListed(acme)]).toEqual([false, false]);
    expect(await new ReindexingService(repository).run()).toEqual({ events: 0, isDone: true });
  });

  it('begins with the newest', async () => {
    await storeWithoutWords(1, 10);
    expect(await repository.writeWords(1, 4)).toBe(4);
    const rows = await client.test.asOwner<{ key: string }>(
      'select key from event_words join events using (tenant_id, seq) order by seq',
    );
    expect(rows.map(({ key }) => key)).toEqual(['old-6', 'old-7', 'old-8', 'old-9']);
  });

  it('goes on where another process ended, and bears words that are there already', async () => {
    await storeWithoutWords(1, 30);
    expect(await repository.writeWords(1, 10)).toBe(10);
    const killed = new AbortController();
    killed.abort();
    expect(await new ReindexingService(repository).run(killed.signal)).toEqual({ events: 0, isDone: false });
    const heir = new ReindexingService(new ReindexingRepository(client.test.database));
    expect(await heir.run()).toEqual({ events: 20, isDone: true });
    await list(1);
    expect(await heir.run()).toEqual({ events: 30, isDone: true });
    expect((await derived(client.test)).words).toEqual((await derivedAgain(client.test)).words);
  });

  it('loses a batch that does not commit, and nothing else', async () => {
    await storeWithoutWords(1, 30);
    await repository.writeWords(1, 10);
    await client.test.asOwner(`alter table event_words add constraint poison check (seq % 7 > 0) not valid`);
    await expect(repository.writeWords(1, 10)).rejects.toThrow(/poison/);
    expect(await words()).toBeLessThanOrEqual(10);
    await client.test.asOwner('alter table event_words drop constraint poison');
    expect(await new ReindexingService(repository).run()).toEqual({ events: 20, isDone: true });
    expect(await words()).toBe(30);
  });

  it('leaves everything alone while another process is at it', async () => {
    await storeWithoutWords(1, 5);
    await client.test.asOwner('select pg_advisory_lock(72707371)');
    expect(await new ReindexingService(repository).run()).toEqual({ events: 0, isDone: false });
    await client.test.asOwner('select pg_advisory_unlock(72707371)');
    expect(await words()).toBe(0);
  });

  it('leaves no words behind of events that retention deletes meanwhile', async () => {
    await storeWithoutWords(1, 300);
    const deleteAll = async () => {
      while (await retention.deleteEvents(1, new Date('2027-01-01'), 10));
    };
    const writeAll = async () => {
      while (await repository.writeWords(1, 10));
    };
    await Promise.all([deleteAll(), writeAll()]);
    expect(await client.counts()).toMatchObject({ events: 0 });
    expect(await words()).toBe(0);
  });

  it('makes retention wait for the words that are being written', async () => {
    await storeWithoutWords(1, 20);
    await client.test.asOwner('begin; set local app.tenant = 1; select from text_reindexing for update');
    const deleted = retention.deleteEvents(1, new Date('2027-01-01'), 100);
    expect(await Promise.race([deleted, sleep(200, 'waits')])).toBe('waits');
    await client.test.asOwner('commit');
    expect(await deleted).toBe(20);
  });

  it('waits for retention, and writes no words of what went meanwhile', async () => {
    await storeWithoutWords(1, 20);
    await client.test.asOwner('begin; set local app.tenant = 1; select from text_reindexing for update');
    const written = repository.writeWords(1, 100);
    expect(await Promise.race([written, sleep(200, 'waits')])).toBe('waits');
    await client.test.asOwner('delete from events; commit');
    expect(await written).toBe(0);
    expect(await words()).toBe(0);
  });

  it('runs as a job until it is done', async () => {
    await storeWithoutWords(1, 5);
    const job = new ReindexingJob(
      new ReindexingService(repository),
      repository,
      createLogger({ name: 'test', level: 'silent' }),
    );
    job.onApplicationBootstrap();
    await vi.waitFor(async () => expect(await isListed(1)).toBe(false));
    await job.beforeApplicationShutdown();
    expect(await words()).toBe(5);
  });
});
