import type { When } from '../wording.js';

/** How a webhook came in: a payload says what has happened, but often not when, nor which time of several. */
export interface Delivery {
  /** `Idempotency-Key`: the same when it is delivered again. */
  id: string;
  /** RFC 3339. */
  receivedAt: string;
}

/** All that is known of a fact without an instant of its own is that it had happened by then. */
export function whenReceived({ receivedAt }: Delivery): When {
  return { timestamp: receivedAt, time_precision: 'gap' };
}
