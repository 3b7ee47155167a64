import { randomUUID } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { inject } from 'vitest';
import { appUrlOf } from '../app-url.js';
import { Database } from '../database.js';
import { type PoolSettings, createPool, servingPool } from '../pool.js';
import { databaseUrl, templateName } from './urls.js';

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
  /** As the app role, which row security binds. */
  database: Database;
  /** Runs a statement as the owner; only the event tables let it pass row security. */
  asOwner<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Makes another tenant and gives its id. `default` has the id 1. */
  createTenant(slug: string): Promise<number>;
  drop(): Promise<void>;
}

async function onServer(run: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: databaseUrl(inject('postgresUrl'), 'postgres') });
  await admin.connect();
  try {
    await run(admin);
  } finally {
    await admin.end();
  }
}

/** An empty database with nothing in it, not even a schema. */
export async function createEmptyDatabase(): Promise<{ ownerUrl: string; drop(): Promise<void> }> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  await onServer((admin) => admin.query(`create database ${name}`));
  return {
    ownerUrl: databaseUrl(inject('postgresUrl'), name),
    drop: () => onServer((admin) => admin.query(`drop database ${name} with (force)`)),
  };
}

/** A database of its own for a test file: cloned from the migrated template in some 60 ms. */
export async function createTestDatabase(settings: Partial<PoolSettings> = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((admin) => admin.query(`create database ${name} template ${templateName} strategy wal_log`));
  const ownerUrl = databaseUrl(inject('postgresUrl'), name);
  const appUrl = appUrlOf(ownerUrl);
  const database = new Database(
    createPool(appUrl, { ...servingPool, size: 8, ...settings }, () => undefined),
  );
  database.open();
  const owner = new Client({ connectionString: ownerUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  const asOwner = async <Row extends QueryResultRow>(text: string, values?: unknown[]) =>
    (await owner.query<Row>(text, values)).rows;
  return {
    ownerUrl,
    appUrl,
    database,
    asOwner,
    createTenant: async (slug) => {
      const [row] = await asOwner<{ id: number }>(
        'insert into tenants (slug, name) values ($1, $1) returning id',
        [slug],
      );
      if (!row) throw new Error('no tenant was made');
      return row.id;
    },
    drop: async () => {
      await database.close();
      await owner.end();
      await onServer((admin) => admin.query(`drop database ${name} with (force)`));
    },
  };
}
