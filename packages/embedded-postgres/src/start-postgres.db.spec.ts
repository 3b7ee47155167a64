import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from './free-port.js';
import { type RunningPostgres, startPostgres } from './start-postgres.js';

let home: string;
let dataDir: string;
const started: RunningPostgres[] = [];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'painchain-postgres-'));
  dataDir = join(home, 'postgres');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function start(folder = dataDir): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir: folder, throwaway: true });
  started.push(server);
  return server;
}

async function query(server: RunningPostgres, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('an embedded PostgreSQL', { timeout: 60_000 }, () => {
  it('sorts text by code point, in UTF-8, for every machine alike', async () => {
    const server = await start();
    const [row] = await query(
      server,
      `select datlocprovider::text as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
         from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' });
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const server = await start();
    const url = new URL(server.ownerUrl);
    url.password = 'guess';
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
  });

  it('is taken over when the process that started it was killed', async () => {
    const first = await start();
    const second = await start();
    expect(second.pid).toBe(first.pid);
    expect(second.port).toBe(first.port);
  });

  it('keeps what was committed when it is killed, and its port', async () => {
    const first = await start();
    await query(first, 'create table kept as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(second.port).toBe(first.port);
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is not fooled by a stranger that inherited the number of a dead server', async () => {
    const first = await start();
    const note = readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8');
    await first.stop();
    writeFileSync(join(dataDir, 'cluster', 'postmaster.pid'), note.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(second.pid).not.toBe(process.pid);
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes another port when its last one is in use', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
    } finally {
      squatter.close();
    }
  });

  it('begins again when making the database was cut short', async () => {
    const folder = join(home, 'cut-short');
    mkdirSync(join(folder, 'cluster.new', 'base'), { recursive: true });
    writeFileSync(join(folder, 'password'), 'left-over');
    await start(folder);
    expect(existsSync(join(folder, 'cluster.new'))).toBe(false);
  });

  it('refuses the data of another major version and says what to do', async () => {
    const folder = join(home, 'older');
    mkdirSync(join(folder, 'cluster'), { recursive: true });
    writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '15\n');
    await expect(start(folder)).rejects.toThrow(/PostgreSQL 15 .* PAINCHAIN_DATA_DIR/);
  });

  it('refuses a folder that holds somebody else’s files and leaves them alone', async () => {
    const folder = join(home, 'foreign');
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    await expect(start(folder)).rejects.toThrow(/thesis\.txt.*PAINCHAIN_DATA_DIR/);
    expect(existsSync(join(folder, 'password'))).toBe(false);
  });
});

describe('a free port', () => {
  it('is the preferred one when nobody has it, else another', async () => {
    const port = await freePort();
    expect(await freePort(port)).toBe(port);
    const squatter = createServer().listen(port, '127.0.0.1');
    try {
      await new Promise((resolve) => squatter.once('listening', resolve));
      expect(await freePort(port)).not.toBe(port);
    } finally {
      squatter.close();
    }
  });
});
