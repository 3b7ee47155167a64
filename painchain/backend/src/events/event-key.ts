import { createHash } from 'node:crypto';
import type { NewEvent } from '@painchain/contract';
import canonicalize from 'canonicalize';

// Its types describe an ES module, but it is a CommonJS one.
const canonicalJson = canonicalize as unknown as (value: unknown) => string;

/**
 * The key of an event that came without one: a hash of its five required fields as RFC 8785 writes them. The
 * timestamp counts as the text that was given, not as an instant, so that a sender can compute the key with any
 * canonical JSON library and none of our rules; who retries sends the same text.
 */
export function hashedKey({ title, connector, project, timestamp, data }: NewEvent): string {
  const text = canonicalJson({ title, connector, project, timestamp, data });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
