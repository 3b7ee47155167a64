import type { JsonValue } from '@painchain/connector-sdk';
import { digestOf } from './digest.js';

/** What stands for a value that is too long to be kept, so that whoever reads it knows that it is none. */
export function shownDigest(value: JsonValue | undefined): string {
  return `digest:${digestOf(value)}`;
}

/** Whether a text stands for a value that isn’t shown, or holds such a one. */
export function isHidden(text: string): boolean {
  return /(?:hmac|digest):/.test(text);
}
