import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrate } from '../migrate.js';
import { type Migration, readMigrations } from '../migrations.js';
import { BackupError } from './backup-error.js';
import { copyOut, plainText } from './copy-out.js';
import { dataFile, type Manifest, readManifest } from './manifest.js';
import { named, sequencesOf, type Table, tablesOf } from './tables.js';

/** No lease from before the loss holds again, however often an integration has changed hands since the backup. */
const epochsAhead = 1_000_000;

/**
 * Fills an empty database from a backup, in one transaction: it is there as a whole and checked row by row, or not at
 * all. The schema is that of the backup; the next start brings it up to date.
 *
 * @throws BackupError
 */
export async function restore(
  owner: Client,
  folder: string,
  ours: readonly Migration[] = readMigrations(),
): Promise<Manifest> {
  const manifest = readManifest(folder);
  await makeSchema(owner, manifest, ours);
  await owner.query('begin');
  try {
    await owner.query(plainText);
    const tables = await sameTables(owner, manifest);
    const forced = tables.filter(({ isForced }) => isForced).map(({ table }) => table);
    for (const table of forced)
      await owner.query(`alter table ${named([table])} no force row level security`);
    await assertEmpty(owner, tables);
    await owner.query(`truncate ${named(tables.map(({ table }) => table))}`);
    for (const table of tables) await fill(owner, table, folder);
    await compare(owner, manifest, tables);
    await setNumbers(owner, manifest);
    await owner.query(
      `update integrations set epoch = epoch + ${epochsAhead}, lease_connector_id = null, lease_until = null`,
    );
    for (const table of forced) await owner.query(`alter table ${named([table])} force row level security`);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
  await owner.query('analyze');
  return manifest;
}

async function makeSchema(owner: Client, manifest: Manifest, ours: readonly Migration[]): Promise<void> {
  const wanted = manifest.migrations.map(({ name, checksum }) => {
    const known = ours.find((migration) => migration.name === name && migration.checksum === checksum);
    if (known) return known;
    throw new BackupError(
      `The backup knows the migration ${name}, this release does not: restore it with the release that made it, or a newer one.`,
    );
  });
  try {
    await migrate(owner, wanted);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(
      `A backup is restored into an empty database, and this one can't take it: ${reason}`,
    );
  }
}

async function sameTables(owner: Client, manifest: Manifest): Promise<Table[]> {
  const tables = await tablesOf(owner);
  const shape = (list: readonly { table: string; columns: string[] }[]) =>
    JSON.stringify(list.map(({ table, columns }) => [table, columns]));
  if (shape(tables) === shape(manifest.tables)) return tables;
  throw new BackupError('The tables of the backup are not those of its migrations: its manifest is damaged.');
}

/** What a first start makes by itself is not worth keeping. */
async function assertEmpty(owner: Client, tables: readonly Table[]): Promise<void> {
  for (const { table } of tables) {
    const limit = table === 'tenants' ? 1 : 0;
    const { rowCount } = await owner.query(`select from ${named([table])} limit ${limit + 1}`);
    if ((rowCount ?? 0) <= limit) continue;
    throw new BackupError(
      `The database is not empty: ${table} has rows. Restore into another one (PAINCHAIN_DATA_DIR or DATABASE_URL).`,
    );
  }
}

async function fill(owner: Client, { table, columns }: Table, folder: string): Promise<void> {
  try {
    await pipeline(
      createReadStream(dataFile(folder, table)),
      createGunzip(),
      owner.query(copyFrom(`copy ${named([table])} (${named(columns)}) from stdin`)),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(`${dataFile(folder, table)} cannot be restored: ${reason}. Nothing was.`);
  }
}

/** Reads back what was written: every row of every tenant, and none besides. */
async function compare(owner: Client, manifest: Manifest, tables: readonly Table[]): Promise<void> {
  for (const table of tables) {
    const wanted = manifest.tables.find((other) => other.table === table.table)?.copied ?? [];
    const found = [];
    for (const { tenant } of wanted) found.push(await copyOut(owner, table, tenant));
    const { rows } = await owner.query<{ count: number }>(
      `select count(*)::float8 as count from ${named([table.table])}`,
    );
    const all = wanted.reduce((sum, { rows: count }) => sum + count, 0);
    if (JSON.stringify(found) === JSON.stringify(wanted) && rows[0]?.count === all) continue;
    throw new BackupError(`The rows of ${table.table} are not those that were saved. Nothing was restored.`);
  }
}

async function setNumbers(owner: Client, manifest: Manifest): Promise<void> {
  for (const { table, column, sequence } of await sequencesOf(owner)) {
    const last = manifest.sequences.find((saved) => saved.table === table && saved.column === column)?.last;
    if (last !== undefined) await owner.query('select setval($1::regclass, $2)', [sequence, last]);
  }
}
