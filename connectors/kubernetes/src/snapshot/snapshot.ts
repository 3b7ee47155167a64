import type { Kept } from '../translate/facts.js';

/** What is known of one object. */
export interface Known {
  uid: string;
  /** `namespace/name`, or `name`. */
  path: string;
  kept: Kept;
}

/**
 * What is known of all objects of one kind in one cluster: compact in memory (a digest to compare, the rest
 * compressed), and in a file that is replaced atomically. It is written only after what was told of it is stored.
 */
export interface Snapshot {
  readonly size: number;
  get(uid: string): Known | undefined;
  /** Whether this is exactly what is known. Cheap: by digest. */
  holds(uid: string, kept: Kept): boolean;
  set(known: Known): void;
  delete(uid: string): void;
  uids(): Iterable<string>;
  /** Writes the file when something has changed, at most every few seconds unless forced. */
  save(force?: boolean): Promise<void>;
}
