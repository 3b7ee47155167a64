import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../measure/percentile.js';
import type { Measured } from '../measure/row.js';
import { type Asked, type Fact, Forge, type ForgeKind } from '../system/forge.js';
import { residentOf } from '../system/memory.js';
import type { Measurement, Suite } from './suite.js';

const minuteMs = 60_000;
/** Seconds between two looks at a repository where things happen, as configured by default. */
const interval = 60;
const watched = { owners: 4, repositories: 25 };
/** Of all repositories, those where something happens within a minute. */
const share = 0.1;
const minutes = 4;
/** What comes after the first look is asked otherwise: the second is not taken for the rule either. */
const settleMs = 1.75 * interval * 1_000;
const patienceMs = 6 * minuteMs;

/** How many sources have been looked at from end to end. */
async function lookedAt({ sql }: Suite, type: string): Promise<number> {
  const { rows } = await sql.query<{ count: string }>(
    `select count(*) as count from sources s join integrations i using (tenant_id) where i.id = s.integration_id
       and i.type = $1 and s.watermark is not null`,
    [type],
  );
  return Number(rows[0]?.count);
}

async function untilLookedAt(suite: Suite, { kind }: Forge, count: number, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (let said = performance.now(); ; await sleep(500)) {
    const done = await lookedAt(suite, kind.type);
    if (done >= count) return;
    if (performance.now() > deadline) throw new Error(`${done} of ${count} repositories have been looked at`);
    if (performance.now() - said < 10_000) continue;
    said = performance.now();
    suite.say(`${done} of ${count} repositories have been looked at`);
  }
}

interface Change {
  at: number;
  fact: Fact;
}

/** Lets something happen in a tenth of the repositories in each minute, evenly. */
async function changes(forge: Forge, endsAt: number): Promise<Change[]> {
  const made: Change[] = [];
  const pauseMs = minuteMs / (watched.owners * watched.repositories * share);
  for (let turn = 0; Date.now() < endsAt; turn += 1, await sleep(pauseMs)) {
    const [owner, repository] = [turn % watched.owners, (turn * 7) % watched.repositories];
    const at = Date.now();
    const facts = await forge.change(owner, repository);
    made.push(...facts.map((fact) => ({ at, fact })));
  }
  return made;
}

/** Seconds from each change until it was stored. @throws when one never is. */
async function latencies({ sql, say }: Suite, made: readonly Change[]): Promise<number[]> {
  const deadline = Date.now() + patienceMs;
  const found = new Map<Change, number>();
  for (;;) {
    for (const change of made.filter((each) => !found.has(each))) {
      const { type, subject, project } = change.fact;
      const { rows } = await sql.query<{ at: Date }>(
        `select min(received_at) as at from events where project = $1 and subject = $2 and type = $3
           and received_at >= $4`,
        [project, `${project}/${subject}`, type, new Date(change.at)],
      );
      const at = rows[0]?.at;
      if (at) found.set(change, (at.getTime() - change.at) / 1_000);
    }
    if (found.size === made.length) return [...found.values()];
    if (Date.now() > deadline) throw new Error(`${made.length - found.size} changes were never stored`);
    say(`${found.size} of ${made.length} changes are stored`);
    await sleep(5_000);
  }
}

/** Which addresses the counted requests went to, the most asked first. */
function kindsOf(before: Asked, after: Asked): string {
  const counts = Object.entries(after.counts).map(
    ([kind, count]) => [kind, count - (before.counts[kind] ?? 0)] as const,
  );
  return counts
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

const hoursSince = (instant: number) => (Date.now() - instant) / (60 * minuteMs);

/** Requests an hour for one repository, and what came of the changes. */
interface Observed {
  counted: number;
  all: number;
  naive: number;
  latencies: number[];
}

async function observe(suite: Suite, kind: ForgeKind): Promise<Observed> {
  const forge = await Forge.start(suite.stage, kind);
  try {
    const count = watched.owners * watched.repositories;
    await forge.watch(watched.owners, watched.repositories);
    await untilLookedAt(suite, forge, count, patienceMs);
    const naive = await forge.naiveRound();
    await sleep(settleMs);
    const [startedAt, before] = [Date.now(), await forge.asked()];
    const made = await changes(forge, startedAt + minutes * minuteMs);
    const changing = hoursSince(startedAt);
    const stored = await latencies(suite, made);
    const [whole, after] = [hoursSince(startedAt), await forge.asked()];
    suite.say(`${made.length} facts; asked at a cost: ${kindsOf(before, after)}`);
    return {
      // All that the changes have cost, also where they were found after the last of them.
      counted: (after.counted - before.counted) / count / changing,
      all: (after.all - before.all) / count / whole,
      naive: naive * (3_600 / interval),
      latencies: stored,
    };
  } finally {
    await forge.stop();
  }
}

/** Both rows are measured in the same minutes. */
const observed = new WeakMap<Suite, Map<ForgeKind, Promise<Observed>>>();
function observedOnce(suite: Suite, kind: ForgeKind): Promise<Observed> {
  const all = observed.get(suite) ?? new Map<ForgeKind, Promise<Observed>>();
  const known = all.get(kind) ?? observe(suite, kind);
  observed.set(suite, all.set(kind, known));
  return known;
}

/** @param most counted requests an hour */
function requests(kind: ForgeKind, most: number | undefined): Measurement {
  const name = `${kind.type}-requests`;
  return {
    name,
    needsLoad: false,
    async run(suite) {
      const { counted, all, naive } = await observedOnce(suite, kind);
      const row = { reference: naive, unit: 'an hour', judgedAlways: true } satisfies Partial<Measured>;
      if (!kind.isUnchangedFree) return [{ ...row, name, value: all }];
      const goal = most === undefined ? {} : { goal: { atMost: most } };
      return [
        { ...row, name: `${name} counted`, value: counted, ...goal },
        { ...row, name: `${name} all`, value: all },
      ];
    },
  };
}

function latency(kind: ForgeKind): Measurement {
  const name = `${kind.type}-latency`;
  return {
    name,
    needsLoad: false,
    async run(suite) {
      const { latencies: seconds } = await observedOnce(suite, kind);
      return [0.5, 0.95].map((share) => ({
        name: `${name} p${share * 100}`,
        value: percentile(seconds, share),
        reference: interval * share,
        unit: 's',
      }));
    },
  };
}

/** With the one before them, ten thousand repositories and a few of two hundred integrations. */
const many = { owners: 199, repositories: 51 };

/** What the connector's process has in memory once it has looked at ten thousand repositories; at one. */
function memory(kind: ForgeKind): Measurement {
  const name = `${kind.type}-memory`;
  return {
    name,
    needsLoad: false,
    async run(suite) {
      const forge = await Forge.start(suite.stage, kind);
      try {
        await forge.watch(1, 1);
        await untilLookedAt(suite, forge, 1, patienceMs);
        const reference = residentOf(forge.pid);
        await forge.watch(many.owners, many.repositories);
        await untilLookedAt(suite, forge, 1 + many.owners * many.repositories, 20 * minuteMs);
        const value = residentOf(forge.pid);
        return [{ name, value, reference, unit: 'MiB', goal: { atMost: 512 }, judgedAlways: true }];
      } finally {
        await forge.stop();
      }
    },
  };
}

/** What a connector asks of a forge, how soon it tells, and the room that it takes. */
export function forgeRows(kind: ForgeKind, most?: number): Measurement[] {
  return [requests(kind, most), latency(kind), memory(kind)];
}
