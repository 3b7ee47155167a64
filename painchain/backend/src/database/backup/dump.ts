import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { BackupError } from './backup-error.js';
import { copyOut, plainText } from './copy-out.js';
import { type Copied, dataFile, format, type Manifest, manifestFile } from './manifest.js';
import { named, sequencesOf, type Table, tablesOf, tenantsOf } from './tables.js';

/**
 * Writes all that is kept into a folder, from one snapshot and while everything runs. The folder appears whole or not at
 * all. No key is in it: what was sealed stays sealed. When it fails, the connection is cut: in the midst of a COPY it is
 * of no other use.
 *
 * @throws BackupError
 */
export async function dump(owner: Client, folder: string, now = new Date()): Promise<Manifest> {
  if (existsSync(folder)) throw new BackupError(`${folder} is there already: name a new folder.`);
  const unfinished = `${folder}.unfinished`;
  makeFolder(unfinished);
  try {
    await beginUnchanged(owner);
    const manifest = await writeAll(owner, unfinished, now);
    await owner.query('commit');
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    writeFileSync(join(unfinished, manifestFile), text, { mode: 0o600, flush: true });
    renameSync(unfinished, folder);
    return manifest;
  } catch (error) {
    owner.connection.stream.destroy();
    throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function makeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    throw new BackupError(`The backup cannot be written: ${(error as Error).message}.`);
  }
}

/** Before there is a snapshot: a table that is rewritten behind it, by a migration, is empty in it. */
async function beginUnchanged(owner: Client): Promise<void> {
  const tables = await tablesOf(owner);
  await owner.query('begin isolation level repeatable read read only');
  if (tables.length > 0)
    await owner.query(`lock ${named(tables.map(({ table }) => table))} in access share mode`);
  await owner.query(plainText);
}

async function writeAll(owner: Client, folder: string, now: Date): Promise<Manifest> {
  const migrations = await appliedMigrations(owner);
  const tenants = await tenantsOf(owner);
  const tables: Manifest['tables'] = [];
  for (const table of await tablesOf(owner)) {
    const copied = await writeTable(owner, folder, table, table.hasTenant ? tenants : [null]);
    tables.push({ table: table.table, columns: table.columns, copied });
  }
  const postgres = await owner.query<{ server_version: string }>('show server_version');
  return {
    format,
    made_at: now.toISOString(),
    postgres: postgres.rows[0]?.server_version ?? '',
    migrations,
    tables,
    // Read last: they are no part of the snapshot, and must lie behind all that is in it.
    sequences: await lastNumbers(owner),
  };
}

async function writeTable(
  owner: Client,
  folder: string,
  table: Table,
  tenants: readonly (number | null)[],
): Promise<Copied[]> {
  const gzip = createGzip({ level: 6 });
  const file = createWriteStream(dataFile(folder, table.table), { mode: 0o600, flush: true });
  const written = finished(gzip.pipe(file));
  // It may fail while nobody waits for it.
  written.catch(() => undefined);
  const copied: Copied[] = [];
  try {
    for (const tenant of tenants) {
      const one = await copyOut(owner, table, tenant, async (bytes) => {
        if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), written]);
      });
      if (one.rows > 0) copied.push(one);
    }
    gzip.end();
    await written;
  } catch (error) {
    const reason = file.errored?.message;
    file.destroy();
    if (reason === undefined) throw error;
    throw new BackupError(`The backup cannot be written: ${reason}. Nothing of it is left.`);
  }
  return copied;
}

async function appliedMigrations(owner: Client): Promise<Manifest['migrations']> {
  const { rows } = await owner.query<{ ledger: string | null }>(
    `select to_regclass('_prisma_migrations')::text as ledger`,
  );
  if (!rows[0]?.ledger) throw new BackupError('There is no PainChain in this database: check DATABASE_URL.');
  const applied = await owner.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations
     where rolled_back_at is null and finished_at is not null order by started_at`,
  );
  return applied.rows;
}

async function lastNumbers(owner: Client): Promise<Manifest['sequences']> {
  const last: Manifest['sequences'] = [];
  for (const { table, column, sequence } of await sequencesOf(owner)) {
    const { rows } = await owner.query<{ last: string | null }>(
      `select case when is_called then last_value::text end as last from ${sequence}`,
    );
    if (rows[0]?.last) last.push({ table, column, last: rows[0].last });
  }
  return last;
}
