import type pg from 'pg';
import { projectOf } from './data/event.js';
import { type Year, yearUntil } from './data/year.js';
import { loadingSettings, prepare, type Say, share } from './load/load.js';
import { percentile } from './measure/percentile.js';
import { judge, type JudgedRow, type Measured } from './measure/row.js';
import type { Options } from './options.js';
import { FreshEvents } from './rows/fresh-events.js';
import { batchesOf } from './system/send.js';
import { serverSettings, type Stage } from './system/stage.js';
import {
  batchInto,
  deleteOld,
  fillFlat,
  fillParts,
  indexesOf,
  makeTables,
  monthsOf,
  partitionOf,
} from './partition-sql.js';

const chunk = 50_000;
const rounds = 4;
const batchesPerRound = 10;

/**
 * The same rows in one table and in monthly partitions with a ledger of keys. The values are those of the
 * partitions, the references those of the one table. All is SQL: the backend knows one of the two only.
 */
export async function partitionTrial(stage: Stage, options: Options, say: Say): Promise<JudgedRow[]> {
  const year = yearUntil(new Date());
  await fill(stage, options.events, year, say);
  await stage.startPostgres(options.settings === 'server' ? serverSettings : {});
  const sql = await stage.connect();
  const rows = [
    ...(await reads(sql, year, say)),
    ...(await batches(sql, year, say)),
    ...(await retention(sql, year, say)),
  ];
  return rows.map((row) => judge({ ...row, name: `partitions ${row.name}` }, options.events));
}

async function fill(stage: Stage, events: number, year: Year, say: Say): Promise<void> {
  await stage.startPostgres(loadingSettings);
  await prepare(stage, events, year, say);
  const sql = await stage.connect();
  await sql.query(makeTables(year));
  const chunks = Array.from(
    { length: Math.ceil(events / chunk) },
    (_, index) => async (client: pg.Client) => {
      const range = [index * chunk + 1, Math.min(events, (index + 1) * chunk)];
      await client.query(fillFlat, range);
      await client.query(fillParts, range);
      say(`${range[1]} of ${events} events in both`);
    },
  );
  await share(stage, chunks);
  say('Making the indexes');
  await sql.query(`insert into trial.ledger select tenant_id, connector, key from trial.flat`);
  await share(
    stage,
    indexesOf().map((statement) => (client) => client.query(statement)),
  );
  await sql.query(`select setval('trial.numbers', $1)`, [events]);
  for (const table of ['flat', 'parts', 'ledger']) await sql.query(`vacuum (analyze) trial.${table}`);
  await sql.query('checkpoint');
  await stage.stop();
}

const questions = {
  newest: ['', 'order by timestamp desc, seq desc limit 50'],
  project: ['and project = $1', 'order by timestamp desc, seq desc limit 50'],
  'deep page': ['and timestamp < $1::timestamptz', 'order by timestamp desc, seq desc limit 50'],
} as const;

async function reads(sql: pg.Client, year: Year, say: Say): Promise<Measured[]> {
  const deep = new Date(year.from.getTime() + (year.to.getTime() - year.from.getTime()) / 3);
  const month = new Date(year.to.getTime() - 30 * 24 * 60 * 60 * 1000);
  const values: Record<keyof typeof questions, unknown[]> = {
    newest: [],
    project: [projectOf(20)],
    'deep page': [deep],
  };
  const rows: Measured[] = [];
  const measure = async (name: string, ask: (table: string) => string, values: unknown[]) => {
    say(`Reading: ${name}`);
    rows.push(...(await readBoth(sql, name, ask, values)));
  };
  for (const name of Object.keys(questions) as (keyof typeof questions)[]) {
    const [condition, order] = questions[name];
    await measure(
      name,
      (table) =>
        `select seq, title, connector, project, timestamp, type, status, actor from trial.${table}
         where tenant_id = 1 ${condition} ${order}`,
      values[name],
    );
  }
  await measure(
    'count of 30 days',
    (table) =>
      `select connector, count(*) from trial.${table} where tenant_id = 1 and timestamp >= $1 group by 1`,
    [month],
  );
  return rows;
}

async function readBoth(
  sql: pg.Client,
  name: string,
  ask: (table: string) => string,
  values: unknown[],
): Promise<Measured[]> {
  const times = { parts: [] as number[], flat: [] as number[] };
  const plans = { parts: [] as number[], flat: [] as number[] };
  for (let round = 0; round < 25; round++) {
    for (const table of ['parts', 'flat'] as const) {
      const startedAt = performance.now();
      await sql.query(ask(table), values);
      times[table].push(performance.now() - startedAt);
      plans[table].push(await planningMs(sql, ask(table), values));
    }
  }
  return [
    ...[0.5, 0.95].map((share) => ({
      name: `${name} p${share * 100}`,
      value: percentile(times.parts, share),
      reference: percentile(times.flat, share),
      unit: 'ms',
    })),
    {
      name: `${name} planning`,
      value: percentile(plans.parts, 0.5),
      reference: percentile(plans.flat, 0.5),
      unit: 'ms',
    },
  ];
}

async function planningMs(sql: pg.Client, text: string, values: unknown[]): Promise<number> {
  const { rows } = await sql.query<{ 'QUERY PLAN': [{ 'Planning Time': number }] }>(
    `explain (summary, format json) ${text}`,
    values,
  );
  return rows[0]?.['QUERY PLAN'][0]['Planning Time'] ?? Number.NaN;
}

async function batches(sql: pg.Client, year: Year, say: Say): Promise<Measured[]> {
  const fresh = new FreshEvents(year, await nextNumber(sql));
  const took = { parts: 0, flat: 0 };
  for (let round = 0; round < rounds; round++) {
    say(`Writing: round ${round + 1} of ${rounds}`);
    const bodies = batchesOf(fresh.take(batchesPerRound * 500)).map((batch) => JSON.stringify(batch));
    for (const table of ['parts', 'flat'] as const) {
      const startedAt = performance.now();
      for (const body of bodies) await sql.query({ name: table, text: batchInto[table], values: [1, body] });
      took[table] += performance.now() - startedAt;
    }
  }
  const count = rounds * batchesPerRound * 500;
  return [
    {
      name: 'ingest',
      value: count / (took.parts / 1000),
      reference: count / (took.flat / 1000),
      unit: 'events/s',
    },
  ];
}

async function nextNumber(sql: pg.Client): Promise<number> {
  const { rows } = await sql.query<{ next: string }>(`select nextval('trial.numbers') as next`);
  return Number(rows[0]?.next);
}

interface Place {
  tenant_id: number;
  seq: string;
}

/** The oldest whole month goes, with what is there of the one before it: batches of 1,000 and a vacuum, or one DROP; the ledger's keys in batches, too. */
async function retention(sql: pg.Client, year: Year, say: Say): Promise<Measured[]> {
  const [, , until] = monthsOf(year);
  if (until === undefined) throw new Error('a year has more than two months');
  say('Deleting the oldest months');
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const deleted = await timed(async () => {
    while ((await sql.query(deleteOld.flat, [until])).rowCount) {
      // Until nothing is left.
    }
  });
  const vacuumed = await timed(() => sql.query('vacuum trial.flat'));
  const ledger = await timed(async () => {
    let last: Place | undefined = { tenant_id: 0, seq: '0' };
    while (last) {
      const { rows }: { rows: Place[] } = await sql.query(deleteOld.ledger, [
        until,
        last.tenant_id,
        last.seq,
      ]);
      last = rows[0];
    }
  });
  const dropped = await timed(async () => {
    for (const month of monthsOf(year).slice(0, 2)) await sql.query(`drop table ${partitionOf(month)}`);
  });
  return [
    { name: 'retention', value: dropped, reference: deleted, unit: 'ms' },
    { name: 'retention of keys', value: ledger, reference: deleted, unit: 'ms' },
    { name: 'retention, vacuum', value: 0, reference: vacuumed, unit: 'ms' },
  ];
}
