import type { JsonValue } from '@painchain/connector-sdk';
import { digestOf as digestOfText } from '@painchain/connector-sdk/wording';

/** JSON in which the order of an object's keys makes no difference, and an absent key is like a null. */
export function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined && member !== null) text += `${JSON.stringify(key)}:${canonical(member)},`;
  }
  return `${text}}`;
}

/**
 * A value in 14 characters, to tell the versions of one thing apart. Not for anything that somebody could gain by
 * making two of them alike, and not for secrets.
 */
export function digestOf(value: JsonValue | undefined): string {
  return digestOfText(canonical(value));
}
