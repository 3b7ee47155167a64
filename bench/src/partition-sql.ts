import type { Year } from './data/year.js';
import { eventColumns, fromPlan, selectEvents } from './load/load-sql.js';

/** The beginnings of the months that a year touches, and of the one behind it. */
export function monthsOf({ from, to }: Year): Date[] {
  const months: Date[] = [];
  for (let month = 0; ; month++) {
    const begin = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + month));
    months.push(begin);
    if (begin > to) return months;
  }
}

export const partitionOf = (month: Date) =>
  `trial.parts_${month.toISOString().slice(0, 7).replace('-', '_')}`;

/** One table as it is used, without its indexes; the same by months; and the keys that are known. */
export function makeTables(year: Year): string {
  const months = monthsOf(year);
  const partitions = months.slice(0, -1).map((month, index) => {
    const end = months[index + 1]?.toISOString();
    return `create table ${partitionOf(month)} partition of trial.parts
      for values from ('${month.toISOString()}') to ('${end}')`;
  });
  return [
    'create schema trial',
    'create sequence trial.numbers',
    `create table trial.flat (like events including defaults)`,
    `alter table trial.flat alter seq set default nextval('trial.numbers')`,
    'create table trial.parts (like trial.flat including defaults) partition by range (timestamp)',
    'create table trial.ledger (tenant_id integer not null, connector text not null, key text not null)',
    ...partitions,
  ].join(';\n');
}

// PostgreSQL wants the column that divides a table in each of its unique keys.
export function indexesOf(): string[] {
  const secondary = (table: string) => [
    `create index on trial.${table} (tenant_id, timestamp desc, seq desc)
       include (connector, project, type, status, actor, environment)`,
    `create index on trial.${table} (tenant_id, project, timestamp desc, seq desc)`,
  ];
  return [
    'alter table trial.flat add primary key (tenant_id, seq)',
    'alter table trial.parts add primary key (tenant_id, seq, timestamp)',
    'alter table trial.ledger add primary key (tenant_id, connector, key)',
    'create unique index on trial.flat (tenant_id, connector, key)',
    ...secondary('parts'),
    ...secondary('flat'),
  ];
}

const fill = (table: string) =>
  `insert into trial.${table} (seq, ${eventColumns}) ${selectEvents.replace('select', 'select p.number,')} ${fromPlan}`;
export const fillFlat = fill('flat');
export const fillParts = fill('parts');

const given = `jsonb_to_recordset($2::jsonb) as given(
  key text, connector text, project text, "timestamp" timestamptz, title text, type text, status text, actor text,
  url text, environment text, subject text, tags text[], data jsonb)`;
const columns =
  'key, connector, project, timestamp, title, type, status, actor, url, environment, subject, tags, data';

/** $1 tenant, $2 rows. What is known already is left out. */
export const batchInto = {
  flat: `
    insert into trial.flat (tenant_id, ${columns})
    select $1::integer, ${columns} from ${given} order by connector, key
    on conflict (tenant_id, connector, key) do nothing returning seq`,
  parts: `
    with given as materialized (
      select * from ${given}
    ), fresh as (
      insert into trial.ledger (tenant_id, connector, key)
      select $1::integer, connector, key from given order by connector, key
      on conflict do nothing returning connector, key
    )
    insert into trial.parts (tenant_id, ${columns})
    select $1::integer, ${columns} from given join fresh using (connector, key) returning seq`,
};

// Tenant by tenant, as an index on the time of all tenants together would cost every insert.
const old = `
  select known.tenant_id, known.seq from tenants cross join lateral (
    select tenant_id, seq from trial.flat where tenant_id = tenants.id and timestamp < $1 limit 1000
  ) as known limit 1000`;

/** $1 until when; of the ledger also from where, $2 tenant and $3 seq. Deletes at most 1,000. */
export const deleteOld = {
  flat: `delete from trial.flat using (${old}) as old
    where flat.tenant_id = old.tenant_id and flat.seq = old.seq`,
  ledger: `with old as (
      select tenant_id, seq, connector, key from trial.parts
      where timestamp < $1 and (tenant_id, seq) > ($2, $3) order by tenant_id, seq limit 1000
    ), gone as (
      delete from trial.ledger using old
      where ledger.tenant_id = old.tenant_id and ledger.connector = old.connector and ledger.key = old.key
    )
    select tenant_id, seq from old order by tenant_id desc, seq desc limit 1`,
};
