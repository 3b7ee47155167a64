import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { type Cluster, owner, prepareCluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { freePort } from './free-port.js';
import { isAlive, readPostmaster, serves } from './postmaster.js';
import { launch } from './launch.js';
import { settings } from './settings.js';

export interface PostgresOptions {
  /** A folder of PostgreSQL's own; made when missing, together with the database. */
  dataDir: string;
  /** Preferred; another is taken when it is in use. Default: that of the last start, else any free one. */
  port?: number;
  /** Told, in a few words, what takes long. */
  log?: (line: string) => void;
  /** For tests only: fast, and not safe against a crash of the machine. */
  throwaway?: boolean;
  /** Settings of PostgreSQL that stand above those chosen for this machine. */
  settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL that accepts connections. */
export interface RunningPostgres {
  /** Connection string of the superuser, with its password: a secret. */
  ownerUrl: string;
  port: number;
  pid: number;
  /** Settles when the server is gone, whoever ended it. */
  exited: Promise<void>;
  /** Ends the server: waiting sessions are told to go, then forced within `timeoutMs` (default 3,000). */
  stop(timeoutMs?: number): Promise<void>;
}

const database = 'painchain';

/**
 * Starts PostgreSQL on 127.0.0.1, or takes over the server that an earlier process, since killed, left running on
 * this data directory. The server outlives this process unless `stop` is called.
 *
 * @throws EmbeddedPostgresError when it cannot run here; the message names the remedy.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const throwaway = options.throwaway ?? false;
  const folder = resolve(options.dataDir);
  const binaries = findBinaries();
  if (!existsSync(join(folder, 'cluster'))) options.log?.('Making the database');
  const cluster = prepareCluster(folder, binaries, throwaway);
  const server =
    (await takeOver(cluster)) ??
    (await launch(cluster, binaries.postgres, await choosePort(cluster, options), (port) =>
      settings(port, throwaway, options.settings),
    ));
  writeFileSync(cluster.portFile, String(server.port));
  await ensureDatabase(cluster, server.port);
  return {
    ownerUrl: urlOf(cluster, server.port, database),
    ...server,
    exited: gone(server.pid),
    stop: (timeoutMs = 3_000) => stop(server.pid, timeoutMs),
  };
}

/** The server that still runs on this directory, or nothing once a stale note of one is cleared. */
async function takeOver(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = readPostmaster(cluster.directory);
    if (!found || !serves(found.pid, cluster.directory)) {
      // PostgreSQL would take any living process of that number for its rival.
      rmSync(join(cluster.directory, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (found.ready) return found;
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `A PostgreSQL (process ${found.pid}) holds ${cluster.directory} and does not get ready. End it with: kill ${found.pid}`,
      );
    }
    await sleep(50);
  }
}

function choosePort(cluster: Cluster, options: PostgresOptions): Promise<number> {
  const last = existsSync(cluster.portFile) ? Number(readFileSync(cluster.portFile, 'utf8')) : 0;
  return freePort(options.port ?? (last > 1024 && last < 65_536 ? last : undefined));
}

/** Also the proof that the server is ours: it must know our password as we know it (SCRAM is mutual). */
async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL runs on port ${port} and does not let us in: ${(error as Error).message}. Its log: ${cluster.logFile}`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(cluster: Cluster, port: number, name: string): string {
  return `postgres://${owner}:${cluster.password}@127.0.0.1:${port}/${name}`;
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(100, undefined, { ref: false });
}

/** Fast shutdown, then immediate (its recovery is the next start's), then no more asking. */
async function stop(pid: number, timeoutMs: number): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', timeoutMs * 0.7],
    ['SIGQUIT', timeoutMs * 0.2],
    ['SIGKILL', timeoutMs * 0.1],
  ];
  for (const [signal, waitMs] of steps) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + waitMs;
    while (isAlive(pid) && Date.now() < deadline) await sleep(20);
  }
}
