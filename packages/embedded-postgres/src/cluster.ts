import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { type RunAs, chooseRunAs, giveFiles } from './unprivileged.js';

export const owner = 'painchain';

/** A database cluster on disk, with what it takes to run it. */
export interface Cluster {
  /** PostgreSQL's own data directory. */
  directory: string;
  /** The port of its last run. */
  portFile: string;
  logFile: string;
  password: string;
  runAs: RunAs;
}

const ours = new Set(['cluster', 'cluster.new', 'password', 'port', 'postgres.log', 'postgres.log.1']);

/** Makes the cluster in this folder, or checks that the one that is there can be run. */
export function prepareCluster(folder: string, binaries: Binaries, throwaway: boolean): Cluster {
  makeFolder(folder);
  refuseForeign(folder, binaries.majorVersion);
  const runAs = chooseRunAs(binaries.postgres, join(folder, '..'));
  const directory = join(folder, 'cluster');
  const password = readPassword(folder, existsSync(directory));
  giveFiles(runAs, folder);
  if (!existsSync(directory)) initialise(folder, directory, binaries, runAs, throwaway);
  return {
    directory,
    portFile: join(folder, 'port'),
    logFile: join(folder, 'postgres.log'),
    password,
    runAs,
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The database's folder ${folder} cannot be made (${(error as Error).message}). Set PAINCHAIN_DATA_DIR to a folder that can be written.`,
    );
  }
}

function refuseForeign(folder: string, majorVersion: number): void {
  const foreign = readdirSync(folder).filter((name) => !ours.has(name));
  if (foreign.length > 0) {
    throw new EmbeddedPostgresError(
      `${folder} holds files that PainChain did not put there (${foreign.slice(0, 3).join(', ')}). Move them away, or set PAINCHAIN_DATA_DIR to another folder.`,
    );
  }
  const directory = join(folder, 'cluster');
  if (!existsSync(directory)) return;
  const versionFile = join(directory, 'PG_VERSION');
  const found = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'no';
  if (found === String(majorVersion)) return;
  throw new EmbeddedPostgresError(
    found === 'no'
      ? `${directory} is not a database. Move it away, or set PAINCHAIN_DATA_DIR to another folder.`
      : `${directory} was made by PostgreSQL ${found} and this is PostgreSQL ${majorVersion}. Run the release that made it, or set PAINCHAIN_DATA_DIR to a new folder.`,
  );
}

function readPassword(folder: string, clusterExists: boolean): string {
  const file = join(folder, 'password');
  if (existsSync(file)) {
    const password = readFileSync(file, 'utf8').trim();
    if (password || clusterExists) return password;
  }
  if (clusterExists) {
    throw new EmbeddedPostgresError(`The database's password is missing: put ${file} back from a backup.`);
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, password, { mode: 0o600 });
  return password;
}

/** Made beside and renamed when whole, so that a start killed half-way leaves nothing that looks like a database. */
function initialise(
  folder: string,
  directory: string,
  binaries: Binaries,
  runAs: RunAs,
  throwaway: boolean,
): void {
  const unfinished = join(folder, 'cluster.new');
  rmSync(unfinished, { recursive: true, force: true });
  const [program = '', ...args] = [
    ...runAs.prefix,
    binaries.initdb,
    `--pgdata=${unfinished}`,
    `--username=${owner}`,
    `--pwfile=${join(folder, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(throwaway ? ['--no-sync'] : []),
  ];
  const ids = runAs.prefix.length > 0 ? undefined : runAs.ids;
  const { status, stderr, error } = spawnSync(program, args, {
    ...ids,
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    const cause = error?.message ?? stderr.trim().split('\n').slice(-2).join(' ');
    throw new EmbeddedPostgresError(`The database could not be made in ${folder}: ${cause}`);
  }
  renameSync(unfinished, directory);
}
