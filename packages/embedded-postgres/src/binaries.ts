import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** Ours; a data directory of another major version cannot be opened by them. */
  majorVersion: number;
}

const elsewhere = 'Point DATABASE_URL at a PostgreSQL 18 server instead.';

/** The PostgreSQL of this platform's npm package, made ready to run. */
export function findBinaries(platform = process.platform, arch: string = process.arch): Binaries {
  const native = nativeFolder(platform, arch);
  restoreLinks(native);
  const postgres = join(native, 'bin', 'postgres');
  const initdb = join(native, 'bin', 'initdb');
  for (const file of [postgres, initdb]) makeExecutable(file);
  return { postgres, initdb, majorVersion: majorVersion(postgres) };
}

function nativeFolder(platform: string, arch: string): string {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform} on ${arch} (npm package ${name} is not installed). ${elsewhere}`,
    );
  }
}

/**
 * npm packages cannot carry symbolic links; the package makes them in its install script, and we run none.
 * Two processes may do this at once.
 */
function restoreLinks(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new EmbeddedPostgresError(
        `PostgreSQL's libraries in ${native} need links that cannot be made there (${(error as Error).message}). Start once as the owner of that folder.`,
      );
    }
  }
}

function makeExecutable(file: string): void {
  const mode = lstatSync(file).mode;
  if ((mode & 0o111) !== 0o111) chmodSync(file, mode | 0o111);
}

function majorVersion(postgres: string): number {
  const { error, stdout, stderr } = spawnSync(postgres, ['--version'], { encoding: 'utf8' });
  const version = /(\d+)\.\d+/.exec(stdout ?? '')?.[1];
  if (version) return Number(version);
  // The file is there but its loader is not: musl instead of glibc.
  const noLoader = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT' && existsSync(postgres);
  const cause = noLoader
    ? 'it needs glibc, which Alpine and other musl systems lack'
    : stderr?.trim() || error?.message;
  throw new EmbeddedPostgresError(`The embedded PostgreSQL does not run here: ${cause}. ${elsewhere}`);
}
