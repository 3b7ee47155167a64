import type { Translation } from '@painchain/connector-sdk';
import type { KubernetesObject, Resource } from '../cluster/cluster.js';
import type { ClusterFacts, Kept, Sighting, Step } from '../translate/facts.js';
import type { Fold } from './fold.js';

/** One kind of object that is watched, and what its changes mean. */
export interface Kind {
  /** `Deployment`; the word under `kinds:` of the configuration. */
  name: string;
  /** By which names clusters serve it, the newest first: 1.20 to 1.36. */
  resources: readonly Resource[];
  labelSelector?: string;
  fieldSelector?: string;
  /** What is kept of its objects stands under `metadata`: nothing else is asked for. */
  metadataOnly?: boolean;
  /** Watched unless the configuration says otherwise. */
  usual: boolean;
  /**
   * What is kept of an object, to compare with: everything that a change is made of and nothing else, so that two
   * versions that differ in noise only are kept alike. Undefined: the object is none of ours. `before` is what is kept
   * of it so far, where something of that is remembered from step to step.
   */
  keep(object: KubernetesObject, before?: Kept): Kept | undefined;
  /**
   * What a step means. Pure: no clock, no memory. A step that is no change for a human is ignored with the name of the
   * rule that says so, which is counted.
   */
  translate(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation;
  /** Where what happens is told over time and not step by step. */
  fold?: Fold;
}
