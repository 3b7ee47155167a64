import { createHash } from 'node:crypto';
import { limits } from '@painchain/contract';
import { cutText, isBlank, storableText } from './storable-text.js';

const digestLength = 64;

const escapePart = (part: string) => part.replaceAll('%', '%25').replaceAll(':', '%3A');

/**
 * The idempotency key of a fact: its parts joined by `:`, so that different parts never give the same key.
 * What is too long, or would not survive storing as it is, ends in a SHA-256 of the whole instead. Undefined
 * without parts: the backend then hashes the event.
 */
export function eventKey(parts: readonly string[]): string | undefined {
  if (parts.length === 0) return undefined;
  const whole = parts.map(escapePart).join(':');
  const clean = storableText(whole);
  if (clean === whole && whole.length <= limits.key && !isBlank(whole)) return whole;
  // JSON escapes lone surrogates, which UTF-8 would make all alike.
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${cutText(clean, limits.key - digestLength - 1)}~${digest}`;
}
