import { bodyOf } from '../system/api.js';
import { batchesOf, sendBodies } from '../system/send.js';
import { percentile } from '../measure/percentile.js';
import { CopyOfEvents } from './copy.js';
import { type FreshEvents, freshEvents } from './fresh-events.js';
import { openTail } from './tail.js';
import type { Measurement, Suite } from './suite.js';

const perRound = 10_000;
const rounds = 4;
const perTransaction = 5_000;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const perSecond = (count: number, ms: number) => count / (ms / 1000);

const lastSeq = async ({ sql }: Suite) => {
  const { rows } = await sql.query<{ seq: string | null }>(
    'select max(seq) as seq from events where tenant_id = 1',
  );
  return Number(rows[0]?.seq ?? 0);
};

/** Sends new events in batches of 500 from two clients, and gives the time that it took in ms. */
async function sendBatches({ stage: { api } }: Suite, fresh: FreshEvents): Promise<number> {
  const bodies = batchesOf(fresh.take(perRound)).map((events) => bodyOf({ events }));
  const startedAt = performance.now();
  await sendBodies(api, bodies);
  return performance.now() - startedAt;
}

async function copyOfNewest(suite: Suite, first: number, perTransaction: number): Promise<number> {
  const copy = await CopyOfEvents.of(suite.sql, first, await lastSeq(suite), perTransaction);
  return copy.write();
}

/** Batches of 500 over HTTP from two clients; beside it COPY of the same rows into the same tables. */
const batches: Measurement = {
  name: 'ingest-batches',
  async run(suite) {
    const fresh = await freshEvents(suite);
    // COPY comes second in each round and finds the pages that the events before it have brought into memory.
    await sendBatches(suite, fresh);
    const [sent, copied]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const before = await lastSeq(suite);
      sent.push(await sendBatches(suite, fresh));
      copied.push(await copyOfNewest(suite, before + 1, perTransaction));
    }
    return [
      {
        name: 'ingest-batches',
        value: perSecond(perRound * rounds, sum(sent)),
        reference: perSecond(perRound * rounds, sum(copied)),
        unit: 'events/s',
        goal: { ratioAtLeast: 0.5 },
      },
    ];
  },
};

/** One event per request, one client; beside it COPY of one event per transaction. */
const singles: Measurement = {
  name: 'ingest-singles',
  async run(suite) {
    const count = 300;
    const fresh = await freshEvents(suite);
    const before = await lastSeq(suite);
    const times: number[] = [];
    for (const event of fresh.take(count)) {
      times.push((await suite.stage.api.post('/events', bodyOf(event))).ms);
    }
    const copied = await copyOfNewest(suite, before + 1, 1);
    return [
      {
        name: 'ingest-singles',
        value: perSecond(count, sum(times)),
        reference: perSecond(count, copied),
        unit: 'events/s',
      },
      { name: 'ingest-singles p95', value: percentile(times, 0.95), unit: 'ms' },
    ];
  },
};

/** The same batches while somebody watches the live tail, beside nobody watching. */
const watched: Measurement = {
  name: 'ingest-watched',
  async run(suite) {
    const fresh = await freshEvents(suite);
    const [alone, seen]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      alone.push(await sendBatches(suite, fresh));
      const tail = await openTail(suite.stage.api, () => undefined);
      seen.push(await sendBatches(suite, fresh));
      tail.close();
    }
    return [
      {
        name: 'ingest-watched',
        value: perSecond(perRound * rounds, sum(seen)),
        reference: perSecond(perRound * rounds, sum(alone)),
        unit: 'events/s',
      },
    ];
  },
};

export const ingest: Measurement[] = [batches, singles, watched];
