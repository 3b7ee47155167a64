import type { KubernetesObject } from '../cluster/cluster.js';

/**
 * What a reflector tells of one kind, in order. After `listing` come all objects that there are, then `listed`: what is
 * known and was not among them is gone. Behind it each object as it changes.
 */
export type Reflected =
  | { kind: 'listing' }
  | { kind: 'object'; object: KubernetesObject }
  | { kind: 'listed'; resourceVersion: string }
  | { kind: 'deleted'; object: KubernetesObject }
  /** Everything up to this version has been told. Also a sign of life, at least once a minute. */
  | { kind: 'reached'; resourceVersion: string };
