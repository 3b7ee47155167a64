import type { JsonObject } from '@painchain/connector-sdk';

/** The cluster that an object is of. */
export interface ClusterFacts {
  /** As configured: the project is `<name>/<namespace>`, or `<name>` of what has no namespace. */
  name: string;
  /** The uid of its namespace kube-system. */
  uid: string;
  /** By configuration; absent where it says nothing. */
  environment?: string | undefined;
}

/** An object as it is kept: without noise, with of its status only what tells of an outcome. */
export type Kept = JsonObject;

/** One step of an object's life. A `before` of null is its creation, an `after` of null its end. */
export interface Step {
  before: Kept | null;
  after: Kept | null;
  /** Who owns which field since when, of the object as it is now: from its managedFields. Says who did it. */
  managers: readonly FieldManager[];
}

/** An entry of managedFields. */
export interface FieldManager {
  manager: string;
  operation: string;
  subresource?: string | undefined;
  /** RFC 3339. */
  time?: string | undefined;
  /** As the API gives it: `{"f:spec": {"f:replicas": {}}}`. */
  fields: JsonObject;
}

/** How a step came to be seen. */
export interface Sighting {
  /** When it was seen, RFC 3339, by the server's clock. */
  at: string;
  /**
   * Found by comparing after a time in which nobody watched: when it was last seen before. Its instant is then the time
   * of the changed fields' managers where they tell one, else it is a `gap` in this interval.
   */
  since?: string | undefined;
}
