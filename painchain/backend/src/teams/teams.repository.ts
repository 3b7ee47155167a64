import { Injectable } from '@nestjs/common';
import type { NewTeam, Team } from '@painchain/contract';
import { lockInTenant } from '../database/advisory-lock.js';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';
import { encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';

/** The teams of a tenant inside of a transaction that nobody else changes them beside. */
export interface TeamRows {
  count(): Promise<number>;
  find(id: string): Promise<Team | undefined>;
  /** Whether another one has the name. */
  isTaken(name: string, exceptId?: string): Promise<boolean>;
  insert(team: NewTeam): Promise<Team>;
  update(id: string, team: NewTeam): Promise<Team>;
  remove(id: string): Promise<void>;
}

const shown = `id, name, tags, ${instantText('updated_at')} as updated_at`;

const list = `select ${shown} from teams where tenant_id = $1
  order by lower(name) collate "C", name collate "C"`;
const remove = 'delete from teams where tenant_id = $1 and id = $2';
const count = 'select count(*)::integer as count from teams where tenant_id = $1';
const find = `select ${shown} from teams where tenant_id = $1 and id = $2`;
const isTaken = 'select from teams where tenant_id = $1 and name = $2 and id is distinct from $3::bigint';
const insert = `insert into teams (tenant_id, name, tags) values ($1, $2, $3) returning ${shown}`;
const update = `update teams set name = $2, tags = $3, updated_at = now()
  where tenant_id = $1 and id = $4 returning ${shown}`;

@Injectable()
export class TeamsRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: number): Promise<Team[]> {
    return this.database.inTenant(tenantId, (sql) => teams(sql, list, [tenantId]), { readOnly: true });
  }

  change<T>(tenantId: number, work: (rows: TeamRows, sql: Sql) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenantId, async (sql) => {
      await lockInTenant(sql, 'teams', tenantId);
      return work(rowsOf(sql, tenantId), sql);
    });
  }
}

function rowsOf(sql: Sql, tenantId: number): TeamRows {
  const ask = (text: string, values: unknown[]) =>
    sql.query<{ count?: number }>({ text, values: [tenantId, ...values] });
  return {
    count: async () => (await ask(count, [])).rows[0]?.count ?? 0,
    find: async (id) => (await teams(sql, find, [tenantId, id]))[0],
    isTaken: async (name, id) => (await ask(isTaken, [name, id ?? null])).rowCount === 1,
    insert: ({ name, tags }) => written(sql, insert, [tenantId, name, tags]),
    update: (id, { name, tags }) => written(sql, update, [tenantId, name, tags, id]),
    remove: async (id) => void (await ask(remove, [id])),
  };
}

async function teams(sql: Sql, text: string, values: unknown[]): Promise<Team[]> {
  const { rows } = await sql.query<Team>({ text, values });
  return rows.map((row) => ({ ...row, id: encodeId('team', row.id) }));
}

async function written(sql: Sql, text: string, values: unknown[]): Promise<Team> {
  const [team] = await teams(sql, text, values);
  if (!team) throw new Error('a team that was written gave no row back');
  return team;
}
