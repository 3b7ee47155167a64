import type { Cluster, KubernetesObject, Scope } from '../cluster/cluster.js';

/** How far a scope has been seen. */
export interface Position {
  /** A watch goes on behind it. Absent: it has to be listed. */
  version?: string | undefined;
  /** Everything up to this instant has been told, in milliseconds since 1970 by the server's clock. */
  heard: number;
}

/**
 * What a reflector tells of one kind, in order per scope. After `listing` come all objects that there are, then
 * `listed`: what is known of the scope and was not among them is gone. Behind it each object as it changes.
 *
 * With what has a `heard`, everything up to that instant has been told. What has none may have happened at any time
 * since the last one: it is found by a list, or by a watch that still catches up.
 */
export type Reflected = { scope: string } & (
  | { kind: 'listing' }
  | { kind: 'object'; object: KubernetesObject; heard?: number | undefined }
  | { kind: 'listed'; resourceVersion: string; heard: number }
  | { kind: 'deleted'; object: KubernetesObject; heard?: number | undefined }
  /** Everything up to this version has been told. Also a sign of life, at least once a minute. */
  | { kind: 'reached'; resourceVersion: string; heard: number }
);

/** Time and chance, so that tests can hold both in their hands. */
export interface Rhythm {
  /** Milliseconds by a clock that nobody sets: for how long something takes, never for when it was. */
  now(): number;
  /** Rejects as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
}

/** What reflecting needs. */
export interface Mirror {
  cluster: Cluster;
  rhythm: Rhythm;
  signal: AbortSignal;
}

/** The name of a scope among those of its kind: its namespace, or nothing for the whole cluster. */
export function scopeName({ namespace }: Scope): string {
  return namespace ?? '';
}
