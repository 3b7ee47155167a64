import { eventOf } from '../data/event.js';
import { type Memory, memoryOf } from '../system/memory.js';
import type { Measured } from '../measure/row.js';
import type { Measurement } from './suite.js';

/** What the processes have in memory after all that was asked of them, beside the same when they were ready. */
export const memory: Measurement = {
  name: 'memory',
  run({ stage, memoryBefore }) {
    const rows = Object.entries(memoryOf(stage)).map(([name, value]): Measured => ({
      name: `memory ${name}`,
      value,
      reference: memoryBefore[name as keyof Memory],
      unit: 'MB',
    }));
    return Promise.resolve(rows);
  },
};

/** Bytes on disk per event; beside them, the bytes of an event as it is sent. */
export const disk: Measurement = {
  name: 'disk',
  async run({ sql, events }) {
    const { rows } = await sql.query<{ name: string; bytes: string }>(
      `select c.relname as name, pg_relation_size(c.oid) + coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) as bytes
       from pg_class c left join pg_index i on i.indexrelid = c.oid
       where coalesce(i.indrelid, c.oid) in (
         select oid from pg_class where relnamespace = 'public'::regnamespace and relname like any (array['event%', 'projects'])
       ) and c.relkind in ('r', 'i')
       order by bytes desc`,
    );
    const { rows: counted } = await sql.query<{ count: string }>(
      `select sum(count) as count from event_days where field = 'all'`,
    );
    const stored = Number(counted[0]?.count ?? events);
    const sample = Array.from({ length: 500 }, (_, number) =>
      eventOf(number, { key: 'sample', timestamp: new Date(0).toISOString() }),
    );
    const sent = Buffer.byteLength(JSON.stringify(sample)) / sample.length;
    const perEvent = rows.map(({ name, bytes }) => ({ name: `disk ${name}`, value: Number(bytes) / stored }));
    const total = perEvent.reduce((sum, { value }) => sum + value, 0);
    return [{ name: 'disk all', value: total }, ...perEvent.filter(({ value }) => value >= 1)].map((row) => ({
      ...row,
      reference: sent,
      unit: 'bytes/event',
    }));
  },
};
