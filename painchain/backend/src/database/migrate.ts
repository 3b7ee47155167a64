import { randomUUID } from 'node:crypto';
import { ConfigurationError } from '@painchain/runtime';
import type { Client } from 'pg';
import { isUnavailable } from './failure.js';
import type { Migration } from './migrations.js';

// The number is Prisma's, so that `prisma migrate` elsewhere waits for us and we for it.
const migrationLock = 72_707_369;

// Prisma's own table, column by column.
const createLedger = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

function refuse(fault: string): never {
  throw new ConfigurationError([{ where: 'database migrations', fault }]);
}

/** What must be true before anything is applied; each fault with its remedy. */
function check(applied: Applied[], migrations: readonly Migration[]): void {
  for (const { migration_name: name, checksum, finished_at } of applied) {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (finished_at === null) {
      refuse(
        `${name} has failed before; its changes were rolled back. See its logs in _prisma_migrations, mend the ` +
          `cause, then: update _prisma_migrations set rolled_back_at = now() where migration_name = '${name}'`,
      );
    }
    if (!migration) {
      refuse(`the database knows ${name}, this version does not: start the newer version that applied it`);
    }
    if (migration.checksum !== checksum) {
      refuse(`${name} was edited after it had been applied: restore its file and put changes in a new one`);
    }
  }
}

async function isForeign(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ foreign: boolean }>(
    `select to_regclass('_prisma_migrations') is null
       and exists (select from pg_tables where schemaname = current_schema()) as foreign`,
  );
  return rows[0]?.foreign === true;
}

/** Script and ledger commit together: a kill at any moment leaves the migration wholly done or not begun. */
async function apply(owner: Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  try {
    await owner.query('begin');
    await owner.query(sql);
    await owner.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [id, checksum, name],
    );
    await owner.query('commit');
  } catch (error) {
    // A lost connection or a full disk says nothing about the script: it is tried again.
    if (isUnavailable(error)) throw error;
    await owner.query('rollback');
    const reason = error instanceof Error ? error.message : String(error);
    await owner.query(
      'insert into _prisma_migrations (id, checksum, migration_name, logs) values ($1, $2, $3, $4)',
      [id, checksum, name, reason],
    );
    refuse(`${name} failed and was rolled back: ${reason}`);
  }
}

/**
 * Brings the schema up to date as its owner, one process at a time, and gives the names of what was applied.
 *
 * @throws ConfigurationError when a migration was edited, has failed, is unknown, or the database is not ours.
 */
export async function migrate(owner: Client, migrations: readonly Migration[]): Promise<string[]> {
  await owner.query('select pg_advisory_lock($1)', [migrationLock]);
  try {
    if (await isForeign(owner)) {
      refuse('the database holds tables that are not ours: let DATABASE_URL name an empty database');
    }
    await owner.query(createLedger);
    const { rows: applied } = await owner.query<Applied>(
      `select migration_name, checksum, finished_at from _prisma_migrations
       where rolled_back_at is null order by started_at`,
    );
    check(applied, migrations);
    const known = new Set(applied.map(({ migration_name }) => migration_name));
    const pending = migrations.filter(({ name }) => !known.has(name));
    for (const migration of pending) await apply(owner, migration);
    return pending.map(({ name }) => name);
  } finally {
    // A lost connection has lost its lock as well.
    await owner.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
  }
}
