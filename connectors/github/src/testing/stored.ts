import type { SourceEvent } from '@painchain/connector-sdk';
import { storedEvents } from '@painchain/connector-sdk/testing';

/** Events as the backend would get them. @throws when one doesn't satisfy the contract. */
export function stored(events: readonly SourceEvent[]) {
  return storedEvents('github', events);
}
