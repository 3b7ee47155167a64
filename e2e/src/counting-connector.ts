import { type SourceEvent, defineConnector, runConnector } from '@painchain/connector-sdk';
import { z } from 'zod';

const largestPage = 120;
const pauseMs = 15;

/** Facts are known by their number alone: asked twice, the source tells the same. */
function fact(start: number, number: number): SourceEvent {
  return {
    key_parts: ['counting.test', String(number)],
    title: `Fact ${number}`,
    project: 'counting/facts',
    timestamp: new Date(start + number * 1_000).toISOString(),
    data: { number, filler: 'x'.repeat(300) },
  };
}

// Emits `total` numbered facts in pages of changing size, as a busy source would.
const connector = defineConnector({
  manifest: new URL('../counting/connector.yaml', import.meta.url),
  version: '1.0.0',
  configSchema: z.object({ total: z.number().int(), start: z.string() }),
  sources: ({ total, start }) => [
    {
      name: 'facts',
      project: 'counting/facts',
      intervalSeconds: 1,
      async *collect({ cursor, sleep }) {
        let next = typeof cursor === 'number' ? cursor : 0;
        while (next < total) {
          const end = Math.min(total, next + 1 + (next % largestPage));
          const events = Array.from({ length: end - next }, (_, index) =>
            fact(Date.parse(start), next + index),
          );
          yield { events, cursor: end };
          next = end;
          await sleep(pauseMs);
        }
      },
    },
  ],
});

await runConnector(connector);
