import type { Kept } from '../translate/facts.js';

/** What is known of one object. */
export interface Known {
  uid: string;
  /** `namespace/name`, or `name`. */
  path: string;
  kept: Kept;
}
