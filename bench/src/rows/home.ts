import type { Question, Read } from './read.js';
import type { Suite } from './suite.js';

interface Rows {
  rows: unknown[];
}
interface Related {
  chain: { events: unknown[] }[];
  others: unknown[];
  capped: { reason: string } | null;
}

const day = 24 * 60 * 60 * 1000;

/** The last so many hours of the year. */
function hours({ year }: Suite, count: number): [from: string, to: string] {
  return [new Date(year.to.getTime() - (count * day) / 24).toISOString(), year.to.toISOString()];
}

const pathOf = (path: string, parameters: Record<string, string>) =>
  `${path}?${new URLSearchParams(parameters).toString()}`;

/** A page with two columns out of the data, in the order of one of them. */
function sorted(suite: Suite): Question {
  const [from, to] = hours(suite, 24);
  const fields = ['data.run.duration_seconds', 'data.replicas.new'];
  const query = new URLSearchParams({ from, to, limit: '50', sort: '-data.run.duration_seconds' });
  for (const field of fields) query.append('fields', field);
  return {
    path: `/timeline?${query.toString()}`,
    sql: `select e.*, (e.data #> '{run,duration_seconds}') as duration, e.data #> '{replicas,new}' as replicas
      from (select * from events where tenant_id = 1 and timestamp >= $1 and timestamp < $2
        order by timestamp desc, seq desc limit 10000) e
      order by (e.data #>> '{run,duration_seconds}')::numeric desc, e.timestamp desc, e.seq desc limit 50`,
    values: [from, to],
    sizeOf: ({ rows }: Rows) => rows.length,
    sizeOfRows: (rows) => rows.length,
  };
}

/** A page with two columns out of the data. */
function columns(): Question {
  return {
    path: `${pathOf('/timeline', { limit: '50', fields: 'data.run.id' })}&fields=data.replicas.new`,
    sql: `select e.*, e.data #> '{run,id}' as run, e.data #> '{replicas,new}' as replicas from events e
      where e.tenant_id = 1 order by e.timestamp desc, e.seq desc limit 50`,
    values: [],
    sizeOf: ({ rows }: Rows) => rows.length,
    sizeOfRows: (rows) => rows.length,
  };
}

/** Failures among the bars: a second histogram, of a status only. */
function failures(suite: Suite): Question {
  const [from, to] = hours(suite, 24 * 30);
  return {
    path: `${pathOf('/timeline/histogram', { from, to, by: 'connector', status: 'failure' })}&status=error`,
    sql: `select connector, date_bin('8 hours', timestamp, $1) as bucket, count(*) from events
      where tenant_id = 1 and timestamp >= $1 and timestamp < $2 and status in ('failure', 'error') group by 1, 2`,
    values: [from, to],
    sizeOf: ({ total }: { total: number }) => total,
    sizeOfRows: (rows) => rows.reduce((sum, { count }) => sum + Number(count), 0),
  };
}

/** What hangs together with an event of the newest page; by hand its keys alone, one step far. */
async function related({ stage: { api } }: Suite): Promise<Question> {
  const { rows } = await api.read<{ rows: { id: string; refs: string[] }[] }>('/timeline?limit=200');
  const event = rows.at(-1);
  if (!event) throw new Error('there is no event');
  return {
    path: `/events/${event.id}/related`,
    sql: `select distinct e.* from event_refs r join events e on e.tenant_id = r.tenant_id and e.seq = r.seq
      where r.tenant_id = 1 and r.ref = any($1) limit 200`,
    values: [event.refs],
    // They answer different questions: only that both find something is compared.
    sizeOf: ({ chain, others }: Related) =>
      Math.sign(chain.flatMap(({ events }) => events).length + others.length),
    sizeOfRows: (rows) => Math.sign(rows.length),
  };
}

/** What the page asks for beside its rows. */
export const home: Read[] = [
  { name: 'columns', ask: columns },
  { name: 'sorted', ask: sorted },
  { name: 'failures', ask: failures },
  { name: 'related', ask: related },
];
