import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './stack.js';

const needed = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore', 'psql'];

/** Where this machine has a whole PostgreSQL with its tools: of the embedded one there are none. */
export function findTools(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, 'bin'))
    : [];
  const found = folders.filter((folder) => needed.every((name) => existsSync(join(folder, name))));
  // As root it has to run as somebody else.
  return process.getuid?.() === 0 && !postgresUser() ? undefined : found.at(-1);
}

/** Whether that PostgreSQL has an extension. */
export function hasExtension(tools: string, name: string): boolean {
  const { stdout } = spawnSync(join(tools, 'pg_config'), ['--sharedir'], { encoding: 'utf8' });
  return existsSync(join((stdout ?? '').trim(), 'extension', `${name}.control`));
}

function postgresUser(): { uid: number; gid: number } | undefined {
  const { status, stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const group = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' });
  return status === 0 ? { uid: Number(stdout), gid: Number(group.stdout) } : undefined;
}

export interface OwnPostgres {
  /** The superuser's address of a database on it. */
  url(database: string): string;
  /** Runs one of its tools. @throws what it said, when it fails */
  tool(name: string, ...args: string[]): string;
  sql(database: string, text: string): string;
  stop(): void;
}

/** A server of this machine's PostgreSQL, as somebody who brings their own would have it. */
export async function startOwnPostgres(tools: string, preload = ''): Promise<OwnPostgres> {
  const home = mkdtempSync(join(tmpdir(), 'painchain-own-'));
  const port = await freePort();
  const ids = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (ids) spawnSync('chown', [`${ids.uid}:${ids.gid}`, home]);
  chmodSync(home, 0o755);
  const tool = (name: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(tools, name), args, {
      ...ids,
      cwd: home,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    return stdout;
  };
  const data = join(home, 'data');
  tool('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync');
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories= -c fsync=off -c shared_preload_libraries=${preload}`;
  tool('pg_ctl', '-D', data, '-w', '-o', settings, '-l', join(home, 'log'), 'start');
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  return {
    url,
    tool,
    sql: (database, text) => tool('psql', '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', text, url(database)),
    stop: () => {
      tool('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(home, { recursive: true, force: true });
    },
  };
}
