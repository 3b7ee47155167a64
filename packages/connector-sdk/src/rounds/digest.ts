import { createHash } from 'node:crypto';

/** A few letters that stand for a text in a state, where the text itself would take too much room. */
export function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}
