import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, type Logger } from '@painchain/runtime';
import { Client } from 'pg';
import { prepareAppRole } from './app-role.js';
import { dropForeignTail } from './foreign-tail.js';
import { isUnavailable } from './failure.js';
import { migrate } from './migrate.js';
import { type Migration, readMigrations } from './migrations.js';

export interface DatabaseAddress {
  ownerUrl: string;
  appUrl: string;
  /** Whether the app role is ours to create. */
  isAppDerived: boolean;
}

export interface PrepareOptions {
  signal?: AbortSignal;
  migrations?: readonly Migration[];
}

const oldestServer = 150_000;

function refuse(fault: string): never {
  throw new ConfigurationError([{ where: 'DATABASE_URL', fault }]);
}

function refuseWrongAddress(error: unknown): void {
  const { code, message } = error as { code?: string; message?: string };
  if (code?.startsWith('28')) refuse(`the server does not let us in (${message}): correct user and password`);
  if (code === '3D000') refuse(`${message}: create the database or name another one`);
}

async function assertVersion(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ number: string; text: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
  );
  const [row] = rows;
  if (row && Number(row.number) >= oldestServer) return;
  refuse(`the server is PostgreSQL ${row?.text}: 15 or newer is needed`);
}

interface Prepared {
  applied: string[];
  foreignPlaces: number;
}

async function prepareOnce(address: DatabaseAddress, migrations: readonly Migration[]): Promise<Prepared> {
  const owner = new Client({
    connectionString: address.ownerUrl,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'painchain migrations',
  });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await assertVersion(owner);
    const applied = await migrate(owner, migrations);
    await prepareAppRole(owner, address.appUrl, address.isAppDerived);
    return { applied, foreignPlaces: await dropForeignTail(owner) };
  } finally {
    await owner.end().catch(() => undefined);
  }
}

/**
 * Migrates and grants, and waits for the database as long as that takes: it may start after us or be gone for a
 * while, and crashing would help nobody.
 *
 * @throws ConfigurationError when waiting will not help.
 */
export async function prepareDatabase(
  address: DatabaseAddress,
  logger: Logger,
  { signal, migrations = readMigrations() }: PrepareOptions = {},
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { applied, foreignPlaces } = await prepareOnce(address, migrations);
      if (foreignPlaces > 0) logger.info('the live tail is that of another cluster, and begins anew');
      if (applied.length > 0) logger.info({ applied }, 'the database is migrated');
      return;
    } catch (error) {
      refuseWrongAddress(error);
      if (!isUnavailable(error)) throw error;
      if (attempt % 10 === 0) logger.warn({ err: error }, 'waiting for the database');
      await sleep(Math.min(250 * 2 ** attempt, 5_000), undefined, signal ? { signal } : {});
    }
  }
}
