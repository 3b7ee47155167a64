import { Injectable } from '@nestjs/common';
import type { NewView, SavedView } from '@painchain/contract';
import { lockInTenant } from '../database/advisory-lock.js';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';
import { encodeId } from '../database/opaque-id.js';
import type { Sql } from '../database/sql.js';

/** The views of a tenant inside of a transaction that nobody else changes them beside. */
export interface ViewRows {
  count(): Promise<number>;
  /** Whether there is such a view, shared or of exactly this owner. */
  has(id: string, owner: string | null): Promise<boolean>;
  /** Whether another one of the same owner, or another shared one, has the name. */
  isTaken(view: NewView, exceptId?: string): Promise<boolean>;
  clearDefault(owner: string | null): Promise<void>;
  insert(view: NewView): Promise<SavedView>;
  update(id: string, view: NewView): Promise<SavedView>;
}

const shown = `id, name, search, is_default, owner is null as is_shared,
  ${instantText('created_at')} as created_at, ${instantText('updated_at')} as updated_at`;

const list = `select ${shown} from views where tenant_id = $1 and (owner is null or owner = $2)
  order by lower(name) collate "C", name collate "C", id`;
const find = `select ${shown} from views where tenant_id = $1 and id = $3 and (owner is null or owner = $2)`;
const remove = `delete from views where tenant_id = $1 and id = $3 and (owner is null or owner = $2) returning id`;
const count = 'select count(*)::integer as count from views where tenant_id = $1';
// Locked, since a removal waits for nobody else.
const has = `select from views
  where tenant_id = $1 and id = $2 and owner is not distinct from $3 for update`;
const isTaken = `select from views
  where tenant_id = $1 and name = $2 and owner is not distinct from $3 and id is distinct from $4::bigint`;
const clearDefault = `update views set is_default = false
  where tenant_id = $1 and owner is not distinct from $2 and is_default`;
const insert = `insert into views (tenant_id, owner, name, search, is_default)
  values ($1, $2, $3, $4, $5) returning ${shown}`;
const update = `update views set name = $3, search = $4, is_default = $5, updated_at = now()
  where tenant_id = $1 and owner is not distinct from $2 and id = $6 returning ${shown}`;

@Injectable()
export class ViewsRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: number, owner: string | undefined): Promise<SavedView[]> {
    const values = [tenantId, owner ?? null];
    return this.database.inTenant(tenantId, (sql) => views(sql, list, values), { readOnly: true });
  }

  async find(tenantId: number, id: string, owner: string | undefined): Promise<SavedView | undefined> {
    const values = [tenantId, owner ?? null, id];
    const read = (sql: Sql) => views(sql, find, values);
    return (await this.database.inTenant(tenantId, read, { readOnly: true }))[0];
  }

  /** Whether there was one to remove. */
  async remove(tenantId: number, id: string, owner: string | undefined): Promise<boolean> {
    const values = [tenantId, owner ?? null, id];
    const { rowCount } = await this.database.inTenant(tenantId, (sql) => sql.query({ text: remove, values }));
    return rowCount === 1;
  }

  change<T>(tenantId: number, work: (rows: ViewRows) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenantId, async (sql) => {
      await lockInTenant(sql, 'views', tenantId);
      return work(rowsOf(sql, tenantId));
    });
  }
}

function rowsOf(sql: Sql, tenantId: number): ViewRows {
  const ask = (text: string, values: unknown[]) =>
    sql.query<{ count?: number }>({ text, values: [tenantId, ...values] });
  const valuesOf = ({ owner, name, search, is_default }: NewView) => [owner, name, search, is_default];
  return {
    count: async () => (await ask(count, [])).rows[0]?.count ?? 0,
    has: async (id, owner) => (await ask(has, [id, owner])).rowCount === 1,
    isTaken: async ({ name, owner }, id) => (await ask(isTaken, [name, owner, id ?? null])).rowCount === 1,
    clearDefault: async (owner) => void (await ask(clearDefault, [owner])),
    insert: (view) => written(sql, insert, [tenantId, ...valuesOf(view)]),
    update: (id, view) => written(sql, update, [tenantId, ...valuesOf(view), id]),
  };
}

async function views(sql: Sql, text: string, values: unknown[]): Promise<SavedView[]> {
  const { rows } = await sql.query<SavedView>({ text, values });
  return rows.map((row) => ({ ...row, id: encodeId('view', row.id) }));
}

async function written(sql: Sql, text: string, values: unknown[]): Promise<SavedView> {
  const [view] = await views(sql, text, values);
  if (!view) throw new Error('a view that was written gave no row back');
  return view;
}
