import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../measure/percentile.js';
import { type Change, FakeCluster } from '../system/fake-cluster.js';
import { residentOf } from '../system/memory.js';
import type { Measurement, Suite } from './suite.js';

const objects = 10_000;
const pace = { perSecond: 100, seconds: 30 };
/** What has changed while nobody watched. */
const missed = 1_000;
const patienceMs = 120_000;
/** The kinds with the most objects: once these are watched, so is all that is counted. */
const plurals = ['pods', 'configmaps', 'deployments', 'services', 'ingresses', 'roles', 'rolebindings'];

async function untilWatched({ sql }: Suite, { name }: FakeCluster): Promise<void> {
  const sources = plurals.map((plural) => `${name}/${plural}`);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await sql.query<{ count: string }>(
      `select count(distinct source) as count from sources where source = any($1) and watermark is not null`,
      [sources],
    );
    if (Number(rows[0]?.count) === sources.length) return;
    if (performance.now() > deadline)
      throw new Error(`${rows[0]?.count} of ${sources.length} kinds are watched`);
    await sleep(100);
  }
}

/** When each path was heard of, in order. */
function timesOf(heard: readonly Change[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const { path, at } of heard) times.set(path, [...(times.get(path) ?? []), at]);
  return times;
}

/** When each change was heard of first. */
function heardOf(changes: readonly Change[], heard: readonly Change[]): number[] {
  const times = timesOf(heard);
  const first = ({ path, at }: Change) => times.get(path)?.find((time) => time >= at);
  return changes.map(first).filter((time) => time !== undefined);
}

/** When each change was stored, in milliseconds since 1970. @throws when one never is. */
async function storedAt(
  { sql }: Suite,
  { name }: FakeCluster,
  changes: readonly Change[],
): Promise<number[]> {
  const since = new Date(Math.min(...changes.map(({ at }) => at)));
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await sql.query<{ subject: string; at: Date }>(
      `select subject, received_at as at from events where connector = 'kubernetes' and received_at >= $1
         order by received_at`,
      [since],
    );
    const heard = rows.map(({ subject, at }) => ({ path: subject.slice(name.length + 1), at: at.getTime() }));
    const times = heardOf(changes, heard);
    if (times.length === changes.length) return times;
    if (performance.now() > deadline)
      throw new Error(`${times.length} of ${changes.length} changes are stored`);
    await sleep(250);
  }
}

interface Observed {
  lags: number[];
  memory: number | null;
  restartMs: number;
  /** The same of client-node's informers, which keep nothing and tell nobody. */
  reference: { lags: number[]; memory: number | null; listMs: number };
}

/** Both in the same order. */
const lagsOf = (changes: readonly Change[], times: readonly number[]): number[] =>
  changes.map(({ at }, index) => (times[index] ?? Number.NaN) - at);

async function observeInformer(cluster: FakeCluster): Promise<Observed['reference']> {
  let memory: number | null = null;
  let made: Change[] = [];
  const { seen, listMs } = await cluster.inform(async (pid) => {
    made = await cluster.change(pace.perSecond * pace.seconds, pace.perSecond);
    await sleep(500);
    memory = residentOf(pid);
  });
  return { lags: lagsOf(made, heardOf(made, seen)), memory, listMs };
}

async function observe(suite: Suite): Promise<Observed> {
  const cluster = await FakeCluster.start(suite.stage, objects);
  try {
    const reference = await observeInformer(cluster);
    await cluster.watch();
    await untilWatched(suite, cluster);
    const made = await cluster.change(pace.perSecond * pace.seconds, pace.perSecond);
    const lags = lagsOf(made, await storedAt(suite, cluster, made));
    const memory = residentOf(cluster.pid);
    await cluster.stopWatching();
    const unseen = await cluster.change(missed);
    await cluster.compact();
    await cluster.watch();
    const ends = await storedAt(suite, cluster, unseen);
    const restartMs = Math.max(...ends) - (await cluster.began());
    suite.say(`${made.length} changes while it watched, ${unseen.length} while it did not: all are stored`);
    return { lags, memory, restartMs, reference };
  } finally {
    await cluster.stop();
  }
}

/** All rows are measured in the same minutes. */
const observed = new WeakMap<Suite, Promise<Observed>>();
function observedOnce(suite: Suite): Promise<Observed> {
  const known = observed.get(suite) ?? observe(suite);
  observed.set(suite, known);
  return known;
}

const lag: Measurement = {
  name: 'kubernetes-lag',
  needsLoad: false,
  async run(suite) {
    const { lags, reference } = await observedOnce(suite);
    return [0.5, 0.99].map((share) => ({
      name: `kubernetes-lag p${share * 100}`,
      value: percentile(lags, share),
      reference: percentile(reference.lags, share),
      unit: 'ms',
      judgedAlways: true,
      ...(share === 0.99 && { goal: { atMost: 1_000 } }),
    }));
  },
};

const memory: Measurement = {
  name: 'kubernetes-memory',
  needsLoad: false,
  async run(suite) {
    const { memory: value, reference } = await observedOnce(suite);
    const goal = { atMost: 150 };
    return [
      {
        name: 'kubernetes-memory',
        value,
        reference: reference.memory,
        unit: 'MiB',
        goal,
        judgedAlways: true,
      },
    ];
  },
};

const restart: Measurement = {
  name: 'kubernetes-restart',
  needsLoad: false,
  async run(suite) {
    const { restartMs, reference } = await observedOnce(suite);
    const [value, listed] = [restartMs / 1_000, reference.listMs / 1_000];
    return [
      {
        name: 'kubernetes-restart',
        value,
        reference: listed,
        unit: 's',
        goal: { atMost: 5 },
        judgedAlways: true,
      },
    ];
  },
};

export const kubernetes: Measurement[] = [lag, memory, restart];
