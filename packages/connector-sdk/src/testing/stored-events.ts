import type { NewEvent } from '@painchain/contract';
import type { SourceEvent } from '../connector.js';
import { runSourceOnce } from './run-source-once.js';

/** Events of a connector as the backend would get them. @throws when one doesn't satisfy the contract. */
export async function storedEvents(connector: string, events: readonly SourceEvent[]): Promise<NewEvent[]> {
  const run = await runSourceOnce(
    {
      name: 'test',
      project: 'test',
      intervalSeconds: 60,
      async *collect() {
        yield await Promise.resolve({ events });
      },
    },
    { connector },
  );
  return run.events;
}
