import { type Client, escapeIdentifier } from 'pg';

export interface Table {
  table: string;
  columns: string[];
  hasTenant: boolean;
  /** Row security binds its owner as well. */
  isForced: boolean;
  /** Columns of its key, as SQL. */
  order: string;
}

/** Transaction numbers of this cluster, which mean nothing in another one. The ledger of migrations is in the manifest. */
const ofThisCluster = ['event_tail', 'event_tail_horizon', '_prisma_migrations'];

const described = `
  select c.relname as table, c.relforcerowsecurity as "isForced",
    (select json_agg(a.attname order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select string_agg(quote_ident(a.attname), ', ' order by k.place)
      from pg_index i cross join unnest(i.indkey) with ordinality as k(attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary) as order,
    (select coalesce(json_agg(distinct other.relname), '[]') from pg_constraint f join pg_class other on other.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f' and other.oid <> c.oid) as needs
  from pg_class c
  where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> all($1)
  order by c.relname`;

/** The tables whose rows are worth keeping, each after those that its foreign keys point to. */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Omit<Table, 'hasTenant'> & { needs: string[] }>(described, [
    ofThisCluster,
  ]);
  const sorted: Table[] = [];
  const isReady = ({ needs }: { needs: string[] }) =>
    needs.every((name) => sorted.some(({ table }) => table === name));
  for (let left = rows; left.length > 0;) {
    const ready = left.filter(isReady);
    if (ready.length === 0) throw new Error('tables whose foreign keys lead in a circle');
    for (const { needs: _needs, ...table } of ready) {
      sorted.push({ ...table, hasTenant: table.columns.includes('tenant_id') });
    }
    left = left.filter((row) => !ready.includes(row));
  }
  return sorted;
}

export async function tenantsOf(client: Client): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>('select id from tenants order by id');
  return rows.map(({ id }) => id);
}

export interface Sequence {
  table: string;
  column: string;
  sequence: string;
}

export async function sequencesOf(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select c.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attidentity <> '' and c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
     order by c.relname, a.attname`,
  );
  return rows;
}

export const named = (names: readonly string[]) => names.map((name) => escapeIdentifier(name)).join(', ');
