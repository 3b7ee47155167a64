import type { JsonObject } from '@painchain/contract';
import pg from 'pg';
import { readExactly } from './exact-json.js';

/** The v1 database cannot be read; the message names the remedy. */
export class V1Error extends Error {
  override readonly name = 'V1Error';
}

export interface Window {
  since: string | undefined;
  until: string | undefined;
}

const pageBytes = 16_000_000;

export interface V1Database {
  /** Names this database and no other, as long as it stays where it is. */
  identity: string;
  /** Rows of a small table; none where there is no such table. */
  all(table: 'connections' | 'teams' | 'team_connections'): Promise<JsonObject[]>;
  countChanges(window: Window): Promise<number>;
  /** The changes by their ids, page by page, in one snapshot. */
  changes(window: Window, pageRows: number): AsyncGenerator<JsonObject[]>;
  close(): Promise<void>;
}

/** Opens a v1 database for reading alone. @throws V1Error */
export async function openV1(url: string): Promise<V1Database> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'painchain import',
    options: '-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    await assertV1(client);
    return databaseOn(client, await identityOf(client));
  } catch (error) {
    await client.end().catch(() => undefined);
    if (error instanceof V1Error) throw error;
    throw new V1Error(`The v1 database cannot be opened: ${(error as Error).message}. See --from.`);
  }
}

async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ column_name: string }>(
    'select column_name from information_schema.columns where table_schema = any(current_schemas(false)) and table_name = $1',
    [table],
  );
  return rows.map(({ column_name }) => column_name);
}

async function assertV1(client: pg.Client): Promise<void> {
  const columns = await columnsOf(client, 'change_events');
  if (columns.length === 0) {
    throw new V1Error(
      'There is no table change_events: let --from name the database of PainChain v1, and a user who may read it.',
    );
  }
  const missing = ['id', 'timestamp'].filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new V1Error(
      `change_events has no column ${missing.join(', ')}: this is no database of PainChain v1.`,
    );
  }
}

async function identityOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ server: string; database: string }>(
    'select system_identifier::text as server, current_database() as database from pg_control_system()',
  );
  const { server = '', database = '' } = rows[0] ?? {};
  return `${server}.${database.replaceAll(/[^\w.-]/g, '_')}`;
}

function databaseOn(client: pg.Client, identity: string): V1Database {
  const objects = async (text: string, values: unknown[] = []) => {
    const { rows } = await client.query<{ row: string }>(text, values);
    return rows.map(({ row }) => readExactly(row));
  };
  return {
    identity,
    all: async (table) => {
      if ((await columnsOf(client, table)).length === 0) return [];
      return objects(`select to_jsonb(t)::text as row from ${table} as t`);
    },
    countChanges: async ({ since, until }) => {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::float8 as count from change_events where ${within(1)}`,
        [since ?? null, until ?? null],
      );
      return rows[0]?.count ?? 0;
    },
    changes: async function* ({ since, until }, pageRows) {
      // Many small rows or few large ones: what is read at once has to fit into memory. At least one always comes.
      const page = (more: string) => `
        select row from (
          select id, row, sum(octet_length(row)) over (order by id) - octet_length(row) as before from (
            select id, to_jsonb(t)::text as row from change_events as t where ${within(2)} ${more} order by id limit $1
          ) as page
        ) as sized where before < ${pageBytes} order by id`;
      let rows = await objects(page(''), [pageRows, since ?? null, until ?? null]);
      while (rows.length > 0) {
        yield rows;
        const after = rows.at(-1)?.['id'];
        // Where rows are large, few are read that are left out again.
        const most = Math.min(pageRows, rows.length * 2);
        rows = await objects(page('and id > $4'), [most, since ?? null, until ?? null, after]);
      }
    },
    close: () => client.end().catch(() => undefined),
  };
}

/** v1's column has no zone and means UTC, which is also that of this session. A change without a time is not left out. */
function within(first: number): string {
  const at = (n: number) => `$${n}::timestamptz`;
  return `(${at(first)} is null or ("timestamp" >= ${at(first)}) is not false)
    and (${at(first + 1)} is null or ("timestamp" < ${at(first + 1)}) is not false)`;
}
