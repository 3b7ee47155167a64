import { spawnSync } from 'node:child_process';
import type pg from 'pg';
import { smallTemplates, tenants, type Year } from '../data/year.js';
import type { Stage } from '../system/stage.js';
import { dropIndexes } from './indexes.js';
import {
  emptyCounts,
  fillCounts,
  insertChunk,
  makeBase36,
  makePlan,
  makeTemplates,
  makeTenants,
} from './load-sql.js';
import { sendTemplates, templateCount } from './templates.js';

export type Say = (line: string) => void;

/** While loading, what a crash would lose is made again. What is measured runs with the settings that are shipped. */
export const loadingSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  autovacuum: 'off',
  work_mem: '64MB',
  maintenance_work_mem: '512MB',
  max_parallel_maintenance_workers: '1',
};

const chunk = 50_000;
const workers = 2;

/** Two connections share the work, as the two cores of a small machine do. */
export async function share(
  stage: Stage,
  jobs: readonly ((sql: pg.Client) => Promise<unknown>)[],
): Promise<void> {
  const left = [...jobs];
  const work = async () => {
    const sql = await stage.connect();
    for (let job = left.shift(); job; job = left.shift()) await job(sql);
    await sql.end();
  };
  await Promise.all(Array.from({ length: workers }, work));
}

/** Fills an empty database with events of the year: a few by HTTP, and from these all others inside the database. */
export async function load(stage: Stage, events: number, year: Year, say: Say): Promise<void> {
  await stage.startPostgres(loadingSettings);
  await prepare(stage, events, year, say);
  const sql = await stage.connect();
  const startedAt = performance.now();
  const indexes = await dropIndexes(sql);
  await multiply(stage, await lastSeq(sql), events, say);
  await sql.query(`select setval(pg_get_serial_sequence('events', 'seq'), $1)`, [events]);
  say('Making the indexes');
  await share(
    stage,
    indexes.map((index) => timed(index, say)),
  );
  say('Vacuuming');
  await vacuum(stage, ['events', 'event_words', 'event_refs']);
  // After the vacuum, since most is counted from an index alone.
  say('Counting');
  await sql.query(emptyCounts);
  await share(
    stage,
    fillCounts.map((statement) => (client) => client.query(statement)),
  );
  await vacuum(stage, ['event_days', 'event_slots', 'projects', 'event_tail']);
  await sql.query('drop schema bench cascade');
  await sql.query('checkpoint');
  say(`Loaded ${events} events in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  await stage.stop();
  // What was not synced then would be written while it is measured.
  spawnSync('sync');
}

/** Templates and the plan that events are made by. The backend has made the tables, and is not needed after. */
export async function prepare(stage: Stage, events: number, year: Year, say: Say): Promise<void> {
  say(`Sending ${templateCount(events)} events to begin with`);
  await stage.startBackend();
  await sendTemplates(stage, events, year);
  await stage.stopBackend();
  const sql = await stage.connect();
  await sql.query(makeTenants, [tenants]);
  await sql.query(makeTemplates);
  await sql.query(makeBase36);
  await sql.query(makePlan(events, templateCount(events), smallTemplates, tenants, year));
}

async function multiply(stage: Stage, from: number, to: number, say: Say): Promise<void> {
  const startedAt = performance.now();
  let done = from;
  let said = startedAt;
  const jobs = Array.from(
    { length: Math.ceil((to - from) / chunk) },
    (_, index) => async (sql: pg.Client) => {
      const first = from + index * chunk + 1;
      const last = Math.min(to, first + chunk - 1);
      for (const statement of insertChunk) await sql.query(statement, [first, last]);
      done += last - first + 1;
      const now = performance.now();
      if (now - said < 5_000 && done < to) return;
      said = now;
      say(`${done} of ${to} events, ${Math.round((done - from) / ((now - startedAt) / 1000))} a second`);
    },
  );
  await share(stage, jobs);
}

function vacuum(stage: Stage, tables: readonly string[]): Promise<void> {
  return share(
    stage,
    tables.map((table) => (sql) => sql.query(`vacuum (analyze) ${table}`)),
  );
}

function timed(statement: string, say: Say): (sql: pg.Client) => Promise<void> {
  return async (sql) => {
    const startedAt = performance.now();
    await sql.query(statement);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    if (seconds > 2) say(`${seconds} s: ${statement.slice(0, 80)}`);
  };
}

async function lastSeq(sql: pg.Client): Promise<number> {
  const { rows } = await sql.query<{ seq: string }>('select max(seq) as seq from events');
  return Number(rows[0]?.seq ?? 0);
}
