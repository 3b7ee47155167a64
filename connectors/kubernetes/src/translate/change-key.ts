import type { JsonValue } from '@painchain/connector-sdk';
import { digestOf } from './digest.js';
import type { ClusterFacts } from './facts.js';
import type { Metadata } from './metadata.js';
import type { Author } from './who.js';

/** Two versions of one object, and what of them a change is made of. */
export interface Versions {
  before: { metadata: Metadata; content: JsonValue };
  after: { metadata: Metadata; content: JsonValue };
}

/**
 * One generation is one change, in whatever steps it is seen. What makes no generation, such as a label, is known by
 * from what to what it went and by when it was written.
 */
export function changeKey(
  { before, after }: Versions,
  author: Author | undefined,
  cluster: ClusterFacts,
): string[] {
  const { uid, generation } = after.metadata;
  if (generation !== undefined && generation !== before.metadata.generation) {
    return [cluster.uid, uid, String(generation), 'changed'];
  }
  const digest = digestOf([before.content, after.content]);
  return [cluster.uid, uid, String(generation ?? ''), 'edited', digest, author?.time ?? ''];
}
