import { setTimeout as sleep } from 'node:timers/promises';
import { bodyOf } from '../system/api.js';
import { percentile } from '../measure/percentile.js';
import { freshEvents } from './fresh-events.js';
import type { Measurement } from './suite.js';
import { openTail } from './tail.js';

const patienceMs = 15_000;

/** From sending an event until somebody who watches has it; beside it, until the sender has its answer. */
const latency = (name: string, count: number, pauseMs: number): Measurement => ({
  name,
  async run(suite) {
    const { api } = suite.stage;
    const fresh = await freshEvents(suite);
    const heardAt = new Map<string, number>();
    const tail = await openTail(api, (heard) => {
      if (heard.kind === 'rows') for (const id of heard.ids) heardAt.set(id, performance.now());
    });
    const [values, references]: [number[], number[]] = [[], []];
    for (const event of fresh.take(count)) {
      const startedAt = performance.now();
      const { ms, text } = await api.post('/events', bodyOf(event));
      references.push(ms);
      const { event_id: id } = JSON.parse(text) as { event_id: string };
      while (!heardAt.has(id) && performance.now() - startedAt < patienceMs) await sleep(1);
      values.push((heardAt.get(id) ?? Number.POSITIVE_INFINITY) - startedAt);
      await sleep(pauseMs);
    }
    tail.close();
    return [0.5, 0.95].map((share) => ({
      name: `${name} p${share * 100}`,
      value: percentile(values, share),
      reference: percentile(references, share),
      unit: 'ms',
    }));
  },
});

/** How many events of four writers at once never reach a watcher; beside it, how many they wrote. */
const missed: Measurement = {
  name: 'live-missed',
  async run(suite) {
    const { api } = suite.stage;
    const fresh = await freshEvents(suite);
    const seen = new Set<string>();
    let resets = 0;
    const tail = await openTail(api, (heard) => {
      if (heard.kind === 'reset') resets++;
      else for (const id of heard.ids) seen.add(id);
    });
    const written: string[] = [];
    const until = performance.now() + 8_000;
    // Batches of many sizes, so that transactions which began earlier end later.
    const write = async (writer: number) => {
      for (let turn = 0; performance.now() < until; turn++) {
        const events = fresh.take(1 + ((writer * 131 + turn * 57) % 400));
        const { text } = await api.post('/events', bodyOf({ events }));
        const { results } = JSON.parse(text) as { results: { event_id: string }[] };
        written.push(...results.map(({ event_id }) => event_id));
      }
    };
    await Promise.all([0, 1, 2, 3].map(write));
    const deadline = performance.now() + patienceMs;
    const unseen = () => written.filter((id) => !seen.has(id)).length;
    while (unseen() > 0 && performance.now() < deadline) await sleep(100);
    tail.close();
    if (resets > 0) suite.say(`live-missed: the watcher was told to begin anew ${resets} times`);
    return [
      {
        name: 'live-missed',
        value: unseen(),
        reference: written.length,
        unit: 'events',
        goal: { atMost: 0 },
      },
    ];
  },
};

// One now and then, and one after the other, which the tail may send several at a time.
export const live: Measurement[] = [
  latency('live-latency', 40, 400),
  latency('live-latency-busy', 60, 0),
  missed,
];
