import { type Api, bodyOf } from './api.js';

const batchSize = 500;

export function batchesOf<T>(items: readonly T[], size = batchSize): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, batch) =>
    items.slice(batch * size, (batch + 1) * size),
  );
}

/** Sends bodies from several clients at once; each takes the next one that is left. */
export async function sendBodies(api: Api, bodies: readonly Buffer[], clients = 2): Promise<void> {
  const left = [...bodies];
  const client = async () => {
    for (let body = left.shift(); body; body = left.shift()) {
      const { text } = await api.post('/events', body);
      if (text.includes('"rejected"')) throw new Error(`An event was rejected: ${text.slice(0, 500)}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

export async function sendAll(api: Api, events: readonly unknown[]): Promise<void> {
  await sendBodies(
    api,
    batchesOf(events).map((batch) => bodyOf({ events: batch })),
  );
}
