import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** What COPY brings in one transaction: the text of each table's rows. */
type Transaction = { table: string; columns: string; text: Buffer }[];

const between = (first: number, last: number) => `tenant_id = 1 and seq between ${first} and ${last}`;

// One statement for each table of counts, as somebody would write it who has the rows at hand.
const counted = [
  {
    table: 'event_days',
    columns: 'tenant_id, field, day, value, count',
    rows: `select tenant_id, field, (timestamp at time zone 'UTC')::date as day, value, count(*) as count
      from events cross join lateral (
        values ('all', ''), ('connector', connector), ('project', project), ('type', type), ('status', status),
          ('actor', actor), ('environment', environment)
        union all select 'tag', tag from unnest(tags) as tag
      ) as fields (field, value) where value is not null and $range group by 1, 2, 3, 4`,
    merge: '(tenant_id, field, day, value) do update set count = known.count + excluded.count',
  },
  {
    table: 'event_slots',
    columns: 'tenant_id, minutes, slot, connector, status, count',
    rows: `select tenant_id, minutes, date_bin(minutes * interval '1 minute', timestamp, '2000-01-01Z') as slot,
      connector, coalesce(status, '') as status, count(*) as count
      from events cross join (values (15), (60)) as lengths (minutes) where $range group by 1, 2, 3, 4, 5`,
    merge: '(tenant_id, minutes, slot, connector, status) do update set count = known.count + excluded.count',
  },
  {
    table: 'projects',
    columns: 'tenant_id, connector, name, event_count, last_event_at',
    rows: `select tenant_id, connector, project as name, count(*) as event_count, max(timestamp) as last_event_at
      from events where $range group by 1, 2, 3`,
    merge: `(tenant_id, connector, name) do update set event_count = known.event_count + excluded.event_count,
      last_event_at = greatest(known.last_event_at, excluded.last_event_at)`,
  },
];

/**
 * COPY of events that are in the database already, under new keys and numbers: into the same tables, with every
 * index, words, correlation keys and tail; the counts are merged from their aggregated rows.
 */
export class CopyOfEvents {
  private constructor(
    private readonly sql: pg.Client,
    private readonly transactions: readonly Transaction[],
  ) {}

  /** Reads the events with first ≤ seq ≤ last. `perTransaction` of them are written and committed together. */
  static async of(
    sql: pg.Client,
    first: number,
    last: number,
    perTransaction: number,
  ): Promise<CopyOfEvents> {
    const offset = await reserve(sql, first, last);
    const columns = await columnsOf(sql, 'events');
    const transactions: Transaction[] = [];
    for (let start = first; start <= last; start += perTransaction) {
      const range = between(start, Math.min(last, start + perTransaction - 1));
      transactions.push(await readTransaction(sql, columns, range, offset));
    }
    for (const { table, columns } of counted) {
      await sql.query(`drop table if exists copied_${table}`);
      await sql.query(
        `create temp table copied_${table} on commit delete rows as select ${columns} from ${table} with no data`,
      );
    }
    return new CopyOfEvents(sql, transactions);
  }

  /** How long it takes to write all of them back to back, in ms. */
  async write(): Promise<number> {
    const startedAt = performance.now();
    try {
      for (const transaction of this.transactions) await this.#write(transaction);
    } catch (error) {
      await this.sql.query('rollback');
      throw error;
    }
    return performance.now() - startedAt;
  }

  async #write(transaction: Transaction): Promise<void> {
    await this.sql.query('begin');
    for (const { table, columns, text } of transaction) {
      const stream = this.sql.query(copyFrom(`copy ${table} (${columns}) from stdin`));
      stream.end(text);
      await once(stream, 'finish');
    }
    for (const { table, columns, merge } of counted) {
      await this.sql.query(
        `insert into ${table} as known (${columns}) select ${columns} from copied_${table} on conflict ${merge}`,
      );
    }
    await this.sql.query('commit');
  }
}

// The very commits would lie on pages of the index that were read and logged a moment ago, for the events before.
const otherCommit = `case when ref like 'commit:%' then 'commit:' || md5(ref) || left(md5(ref), 8) else ref end`;

async function readTransaction(
  sql: pg.Client,
  eventColumns: readonly string[],
  range: string,
  offset: number,
): Promise<Transaction> {
  const read = async (table: string, columns: string, select: string) => ({
    table,
    columns,
    text: await textOf(sql, select),
  });
  const anew = eventColumns.map((column) => {
    if (column === 'seq') return `seq + ${offset}`;
    return column === 'key' ? `'copy/' || key` : column;
  });
  const transaction = [
    await read(
      'events',
      eventColumns.join(),
      `select ${anew.join()} from events where ${range} order by seq`,
    ),
    await read(
      'event_words',
      'tenant_id, seq, timestamp, words',
      `select tenant_id, seq + ${offset}, timestamp, words from event_words where ${range} order by seq`,
    ),
    await read(
      'event_refs',
      'tenant_id, ref, timestamp, seq',
      `select tenant_id, ${otherCommit}, timestamp, seq + ${offset} from events, unnest(refs) as ref where ${range}`,
    ),
    await read(
      'event_tail',
      'tenant_id, seq',
      `select tenant_id, seq + ${offset} from events where ${range}`,
    ),
  ];
  for (const { table, columns, rows } of counted) {
    const select = `select ${columns} from (${rows.replace('$range', range)}) as counted order by 1, 2, 3, 4`;
    transaction.push(await read(`copied_${table}`, columns, select));
  }
  return transaction;
}

async function textOf(sql: pg.Client, select: string): Promise<Buffer> {
  const stream = sql.query(copyTo(`copy (${select}) to stdout`));
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Takes as many numbers as there are from the sequence, so that nobody else gets them. */
async function reserve(sql: pg.Client, first: number, last: number): Promise<number> {
  const { rows } = await sql.query<{ next: string }>(
    `select setval(sequence, nextval(sequence) + $1) - $1 as next
     from (select pg_get_serial_sequence('events', 'seq')::regclass as sequence) as one`,
    [last - first + 1],
  );
  return Number(rows[0]?.next) - first;
}

async function columnsOf(sql: pg.Client, table: string): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}
