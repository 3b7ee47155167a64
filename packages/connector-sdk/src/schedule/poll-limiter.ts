import type { Connector } from '../connector.js';
import { Limiter } from './limiter.js';

const usually = { process: 8, integration: 6 };

/** What lets the polls of a connector's sources run, a few at a time, in turns between integrations. */
export function pollLimiter({ pollsAtATime = usually }: Pick<Connector<unknown>, 'pollsAtATime'>): Limiter {
  return new Limiter(pollsAtATime.process, pollsAtATime.integration);
}
