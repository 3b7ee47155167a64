import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, type ProcessContext, runProcess } from '@painchain/runtime';
import type pg from 'pg';
import { type Year, yearUntil } from './data/year.js';
import { load, type Say } from './load/load.js';
import { judge, type JudgedRow, type Measured } from './measure/row.js';
import { tableOf } from './measure/table.js';
import { isWanted, type Options, readOptions } from './options.js';
import { partitionTrial } from './partition-trial.js';
import { counts } from './rows/counts.js';
import { coverage } from './rows/coverage.js';
import { disk, memory } from './rows/footprint.js';
import { github } from './rows/github.js';
import { gitlab } from './rows/gitlab.js';
import { ingest } from './rows/ingest.js';
import { kubernetes } from './rows/kubernetes.js';
import { live } from './rows/live.js';
import { home } from './rows/home.js';
import { pages } from './rows/questions.js';
import { readMeasurement } from './rows/read.js';
import type { Measurement, Suite } from './rows/suite.js';
import { Home } from './system/home.js';
import { memoryOf } from './system/memory.js';
import { serverSettings, Stage } from './system/stage.js';

/** Reads first: what is written meanwhile would count against them. */
const measurements: Measurement[] = [
  ...[...pages, ...counts, ...home, ...coverage].map(readMeasurement),
  disk,
  ...ingest,
  ...live,
  memory,
  ...github,
  ...gitlab,
  ...kubernetes,
];

const say: Say = (line) => process.stderr.write(`${line}\n`);

/** Nothing that is set for another PainChain on this machine. */
function ownEnvironment(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PAINCHAIN_|DATABASE_URL)/.test(name)));
}

async function loaded(stage: Stage, { events }: Options): Promise<Year> {
  const known = stage.home.loadedYear;
  if (known) return known;
  const year = yearUntil(new Date());
  await load(stage, events, year, say);
  stage.home.setLoaded(year);
  return year;
}

/** A backend that starts looks for what is too old, tenant by tenant; that is not measured with the rest. */
async function untilQuiet(sql: pg.Client): Promise<void> {
  for (let idle = 0, looked = 0; idle < 10 && looked < 600; looked++, await sleep(100)) {
    const { rowCount } = await sql.query(
      `select from pg_stat_activity where pid <> pg_backend_pid()
         and (state <> 'idle' or state_change > clock_timestamp() - interval '100 milliseconds')`,
    );
    idle = rowCount ? 0 : idle + 1;
  }
}

async function measureAll(stage: Stage, options: Options, signal: AbortSignal): Promise<JudgedRow[]> {
  const wanted = measurements.filter(({ name }) => isWanted(name, options.only));
  const needsLoad = wanted.some((measurement) => measurement.needsLoad !== false);
  const year = needsLoad ? await loaded(stage, options) : yearUntil(new Date());
  await stage.startPostgres(options.settings === 'server' ? serverSettings : {});
  await stage.startBackend();
  await stage.startConnector();
  const sql = await stage.connect();
  // For a few rows it takes longer to start a second process than to read them.
  await sql.query('set max_parallel_workers_per_gather = 0');
  await untilQuiet(sql);
  const memoryBefore = memoryOf(stage);
  const suite: Suite = { stage, sql, events: options.events, year, memoryBefore, say };
  const rows: JudgedRow[] = [];
  for (const measurement of wanted) {
    say(`Measuring ${measurement.name}`);
    for (const row of await run(measurement, suite, signal)) rows.push(judge(row, options.events));
  }
  return rows;
}

/** One that fails does not take the others with it. */
async function run(measurement: Measurement, suite: Suite, signal: AbortSignal): Promise<Measured[]> {
  try {
    return await measurement.run(suite);
  } catch (error) {
    signal.throwIfAborted();
    const fault = error instanceof Error ? error.message : String(error);
    say(`${measurement.name} can't be measured: ${fault}`);
    return [{ name: measurement.name, value: null, unit: '', fault }];
  }
}

function print(rows: readonly JudgedRow[], { json, events }: Options): void {
  process.stdout.write(`\n${events.toLocaleString('en-US')} events\n${tableOf(rows)}\n`);
  const plain = rows.map(({ name, value, reference, ratio, unit }) => ({
    name,
    value,
    reference,
    ratio,
    unit,
  }));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(plain, null, 2)}\n`);
}

async function main({ env, signal, onShutdown }: ProcessContext): Promise<void> {
  const options = readOptions(process.argv.slice(2), [...measurements.map(({ name }) => name), 'partitions']);
  const home = new Home(options.keep, options.events);
  onShutdown(() => home.remove());
  const stage = new Stage(home, ownEnvironment(env), signal);
  const isKept = options.keep !== undefined;
  onShutdown(() => stage.stop(isKept ? 120_000 : 2_000));
  // Whatever waits for a process or the database is thrown out when these end.
  signal.addEventListener('abort', () => void stage.stop(isKept ? 120_000 : 2_000));
  try {
    const rows = await (options.only.includes('partitions')
      ? partitionTrial(stage, options, say)
      : measureAll(stage, options, signal));
    print(rows, options);
  } catch (error) {
    // Making a database is waited for at a standstill: a Ctrl-C that ended it is heard a moment later.
    await sleep(20);
    signal.throwIfAborted();
    throw error;
  }
}

await runProcess(main, { graceMs: 130_000 });
