import type { SourceEvent } from '@painchain/connector-sdk';
import { type SourceRun, runSourceOnce } from '@painchain/connector-sdk/testing';

/** Events as the backend would get them. @throws when one doesn't satisfy the contract. */
export async function stored(events: readonly SourceEvent[]): Promise<SourceRun['events']> {
  const run = await runSourceOnce(
    {
      name: 'test',
      project: 'test',
      intervalSeconds: 60,
      async *collect() {
        yield await Promise.resolve({ events });
      },
    },
    { connector: 'gitlab' },
  );
  return run.events;
}
