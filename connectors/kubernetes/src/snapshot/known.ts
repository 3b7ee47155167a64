import type { Kept } from '../translate/facts.js';

/** What is known of one object. */
export interface Known {
  uid: string;
  /** `namespace/name`, or `name`. */
  path: string;
  kept: Kept;
}

/** Whether an object of this path is of a scope: of a namespace, or of the whole cluster, whose name is empty. */
export function isWithin(path: string, scope: string): boolean {
  return scope === '' || path.startsWith(`${scope}/`);
}
