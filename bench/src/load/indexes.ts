import type pg from 'pg';

/** Something that is taken off a table before the load and made again after it. */
interface Index {
  drop: string;
  create: string;
}

const tables = ['events', 'event_words', 'event_refs'];

/** Takes every index off the tables that get all the rows, and gives what makes them again. */
export async function dropIndexes(sql: pg.Client): Promise<string[]> {
  const { rows } = await sql.query<Index>(
    `select
       case when c.oid is null then format('drop index %I', i.relname)
         else format('alter table %I drop constraint %I', t.relname, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.oid)
         else format('alter table %I add constraint %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid))
         end as create
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     left join pg_constraint c on c.conindid = i.oid and c.contype = 'p'
     where t.relname = any($1) and t.relnamespace = 'public'::regnamespace
     order by c.oid is null, i.relname <> 'event_words_by_word'`,
    [tables],
  );
  for (const { drop } of rows) await sql.query(drop);
  return rows.map(({ create }) => create);
}
