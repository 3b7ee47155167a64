import type { JsonValue } from '@painchain/contract';

/** A text or a number as a trimmed text; empty for all else. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
