import type { Chance } from '../chance.js';
import type { Fault } from '../memory-backend.js';
import type { UpstreamFault } from './server.js';

/** Something breaks at every fiftieth request, always something else. */
export function weather(chance: Chance): () => UpstreamFault | undefined {
  const faults: [UpstreamFault, ...UpstreamFault[]] = [
    { kind: 'status', status: 502 },
    { kind: 'status', status: 500 },
    { kind: 'truncated' },
    { kind: 'slow', ms: 150 },
    { kind: 'cut' },
  ];
  return () => (chance.happens(0.02) ? chance.pick(faults) : undefined);
}

/** Requests to the backend are lost before or after they were carried out, or refused for a while. */
export function badLine(chance: Chance): () => Fault | undefined {
  const faults: [Fault, ...Fault[]] = [{ kind: 'drop' }, { kind: 'cut' }, { kind: 'status', status: 503 }];
  return () => (chance.happens(0.02) ? chance.pick(faults) : undefined);
}
